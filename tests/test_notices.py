"""The automation that tells of runs that fail, as it is asked of a Prefect server; that one sends is a heavy test's."""

import json

import pytest

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from flows.serving.api import Refused
from flows.serving.notices import BLOCK, NAME, PAYLOAD, make_notices, notices

HOOK = "https://hooks.example.org/x"
MAIL = "mailto://user:word@mail.example.org?to=you@example.org"


class Server:
    """A Prefect server that keeps what it is told."""

    url = "http://127.0.0.1:1/api"

    def __init__(self):
        self.automations = {}
        self.blocks = {}

    def every(self, path, _body):
        assert path == "/automations/filter"
        return [{"id": name, **each} for name, each in self.automations.items()]

    def get(self, path):
        kind, *block = path.removeprefix("/block_types/slug/").split("/block_documents/name/")
        if not block:
            return {"id": f"type-of-{kind}"}
        if kind not in self.blocks:
            raise Refused("absent", 404)
        return {"id": kind}

    def post(self, path, body):
        if path == "/automations/":
            self.automations[f"a{len(self.automations)}"] = body
        elif path == "/block_documents/":
            kind = body["block_type_id"].removeprefix("type-of-")
            assert body["name"] == BLOCK
            self.blocks[kind] = body["data"]
            return {"id": kind}
        return [{"id": "schema"}]

    def put(self, path, body):
        self.automations[path.rpartition("/")[2]] = body

    def patch(self, path, body):
        self.blocks[path.rpartition("/")[2]] = body["data"]

    def delete(self, path):
        (self.blocks if "block" in path else self.automations).pop(path.rpartition("/")[2])


def test_a_web_address_is_called_and_asked_for_once_however_often_it_is_said():
    server = Server()
    make_notices(server, HOOK)
    make_notices(server, HOOK + "2")
    assert server.blocks == {"webhook": {"url": HOOK + "2", "method": "POST"}}
    (made,) = server.automations.values()
    assert (made["name"], made["actions"][0]["type"], made["actions"][0]["block_document_id"]) == (
        NAME, "call-webhook", "webhook",
    )  # fmt: skip


@pytest.mark.parametrize("address", [MAIL, "https://hooks.slack.com/services/A/B/C"])
def test_mail_and_services_are_notified_through_apprise(address):
    server = Server()
    make_notices(server, HOOK)
    make_notices(server, address)
    assert server.blocks == {"slack-webhook": {"url": address}}
    (made,) = server.automations.values()
    assert made["actions"][0]["type"] == "send-notification"


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_apprise_takes_mail_addresses_as_the_block_hands_them_on():
    from prefect.blocks.notifications import SlackWebhook

    (service,) = SlackWebhook(url=MAIL)._apprise_client
    assert type(service).__name__ == "NotifyEmail"


@pytest.mark.parametrize("nobody", [None, ""])
def test_without_an_address_there_is_no_automation(nobody):
    server = Server()
    make_notices(server, HOOK)
    make_notices(server, nobody)
    assert server.automations == {}
    make_notices(server, nobody)


def test_what_is_no_address_is_refused_and_not_shown():
    with pytest.raises(ConfigError, match="BROADSHEET_NOTIFY_URL is no address") as caught:
        make_notices(Server(), "s3cret")
    assert "s3cret" not in str(caught.value)


def test_the_address_is_shown_by_no_print_of_the_settings():
    settings = read_settings(notify_url=HOOK)
    assert "hooks" not in repr(settings)
    assert settings.notify_url.get_secret_value() == HOOK


def test_only_runs_of_ours_that_end_badly_are_told():
    trigger = notices("block", is_web=True)["trigger"]
    assert trigger["expect"] == ["prefect.flow-run.Failed", "prefect.flow-run.Crashed"]
    assert trigger["match_related"]["prefect.resource.id"] == "prefect.tag.broadsheet"


def test_the_payload_is_json_whatever_a_message_says():
    from types import SimpleNamespace

    from prefect.server.utilities.user_templates import render_user_template_sync

    state = SimpleNamespace(name="Failed", message='said "no"\n\\ </script> {{ x }}')
    run = SimpleNamespace(name="all sources · 14 Mar", state=state)
    payload = PAYLOAD.replace("flow_run|ui_url", "flow_run.name")  # the filter wants a server
    assert json.loads(render_user_template_sync(payload, {"flow_run": run}))["message"] == state.message
