"""The forms that the Prefect UI makes of the flows' parameters, and what runs are called."""

from datetime import UTC, date, datetime, timedelta

import pytest

from broadsheet.model import Endpoint, EndpointKind, Reason
from broadsheet.pacing import EndpointState, is_due, made_due

FLOWS = ("ingest", "maintain")
ON_DEMAND = ("reextract", "backfill")


def flow_of(name):
    from importlib import import_module

    return getattr(import_module(f"flows.{name}"), name)


def form(name):
    return flow_of(name).parameters.model_dump()["properties"]


@pytest.mark.parametrize("name", [*FLOWS, *ON_DEMAND])
def test_every_field_of_a_form_says_what_it_means_and_none_must_be_filled_in(name):
    for field, schema in form(name).items():
        assert schema.get("description"), field
        assert "default" in schema or (name, field) == ("backfill", "paths"), field


@pytest.mark.parametrize("name", [*FLOWS, *ON_DEMAND])
def test_every_field_of_a_form_has_a_type(name):
    for field, schema in form(name).items():
        assert {"type", "anyOf", "$ref"} & schema.keys(), field


@pytest.mark.parametrize("name", [*FLOWS, *ON_DEMAND])
def test_a_flow_says_in_markdown_what_it_does_before_its_parameters(name):
    told, _, parameters = flow_of(name).description.partition("Args:")
    assert "**" in told
    assert parameters


def test_choices_are_lists_and_numbers_have_bounds():
    fields = form("ingest")
    assert fields["endpoints"]["enum"] == ["due", "all"]
    assert fields["most_pages"]["anyOf"][0] == {"type": "integer", "minimum": 1, "maximum": 100_000}
    assert fields["minutes"]["anyOf"][0] == {"type": "number", "exclusiveMinimum": 0, "maximum": 1440}
    assert fields["since"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert form("maintain")["archive"]["enum"] == ["tidy", "leave"]


@pytest.mark.parametrize(
    "given",
    [
        {"sources": ["No Name"]},
        {"sources": "paper"},
        {"since": "tomorrow"},
        {"endpoints": "some"},
        {"most_pages": 0},
        {"most_pages": 100_001},
        {"minutes": -1},
        {"minutes": 1441},
    ],
    ids=str,
)
def test_what_a_form_does_not_allow_is_refused_before_anything_is_done(given):
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError):
        flow_of("ingest").validate_parameters(given)


def test_endpoints_that_could_be_read_become_due_and_those_that_failed_wait():
    now = datetime(2026, 11, 24, 18, tzinfo=UTC)
    feeds = [Endpoint(f"https://paper.test/{n}", EndpointKind.FEED) for n in range(3)]
    later, before = now + timedelta(hours=1), now - timedelta(hours=1)
    states = [
        EndpointState("paper", feeds[0], before, later),
        EndpointState("paper", feeds[1], before, later, reason=Reason.RATE_LIMITED, failures=1),
        EndpointState("paper", feeds[2], before, before),
    ]
    due = made_due({state.key: state for state in states}, now)
    assert [is_due(state, now=now) for state in due.values()] == [True, False, True]
    assert due[states[2].key] == states[2]


def test_a_run_is_called_after_its_sources_and_its_window():
    from flows.runnames import sources_named, window

    assert sources_named([]) == "all sources"
    assert sources_named(["b", "a"]) == "b, a"
    assert sources_named(list("abcdefg")) == "a, b, c and 4 more"
    noon = datetime(2026, 3, 14, 12, 15, tzinfo=UTC)
    assert window(noon, None) == "14 Mar 12:15"
    assert window(noon, date(2026, 1, 31)) == "14 Mar 12:15, since 2026-01-31"
