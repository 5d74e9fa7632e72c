"""deployments/prefect.yaml: every key is one that Prefect knows, and a schedule gets its runs."""

import json
import os
import subprocess
import sys
import time
import types
from typing import Union, get_args, get_origin, get_type_hints

import pytest
import yaml
from conftest import ROOT
from pydantic import BaseModel

from broadsheet import __version__
from flows.serving.api import Api
from flows.serving.deploying import POOL, demo_file, make_pool

FILE = ROOT / "deployments" / "prefect.yaml"
TOLD = yaml.safe_load(FILE.read_text(encoding="utf-8"))
DEPLOYMENTS = {each["name"]: each for each in TOLD["deployments"]}


def unknown(value, kind, at=""):
    """The keys of a value that the type, with what it holds, has no field for. Prefect itself passes them silently."""
    if isinstance(value, list):
        return [key for each in value for key in unknown(each, kind, f"{at}[]")]
    models = [each for each in members(kind) if isinstance(each, type) and issubclass(each, BaseModel)]
    if not isinstance(value, dict) or not models:
        return []
    fields = {name: annotation for model in models for name, annotation in fields_of(model)}
    bad = [f"{at}.{key}" for key in value if key not in fields]
    return bad + [key for name, each in value.items() for key in unknown(each, fields.get(name), f"{at}.{name}")]


def fields_of(model):
    """The keys of a model, with their types."""
    hints = get_type_hints(model)
    return [(field.alias or name, hints[name]) for name, field in model.model_fields.items()]


def members(kind):
    """The types that a union, list or optional is made of."""
    if get_origin(kind) in {Union, types.UnionType, list}:
        return [each for part in get_args(kind) for each in members(part)]
    return [kind]


def test_prefect_has_a_field_for_every_key():
    from prefect.cli.deploy._models import PrefectYamlModel

    assert unknown(TOLD, PrefectYamlModel) == []


@pytest.mark.parametrize(
    "where, key",
    [
        ((), "deployment"),
        (("deployments", 0), "shedules"),
        (("deployments", 0, "work_pool"), "nam"),
        (("deployments", 0, "schedules", 0), "crom"),
        (("deployments", 0, "concurrency_limit"), "strategy"),
    ],
)
def test_a_key_that_prefect_does_not_know_is_found(where, key):
    from prefect.cli.deploy._models import PrefectYamlModel

    told = json.loads(json.dumps(TOLD))
    place = told
    for step in where:
        place = place[step]
    place[key] = "x"
    assert [found.rpartition(".")[2] for found in unknown(told, PrefectYamlModel)] == [key]


def test_the_values_are_such_as_prefect_takes():
    from prefect.cli.deploy._models import PrefectYamlModel
    from prefect.client.schemas.objects import ConcurrencyLimitStrategy
    from prefect.workers.process import ProcessJobConfiguration, ProcessVariables

    PrefectYamlModel.model_validate(TOLD)
    variables = set(ProcessVariables.model_fields) | set(ProcessJobConfiguration.model_fields)
    for each in DEPLOYMENTS.values():
        assert each["concurrency_limit"]["collision_strategy"] in {str(kind.value) for kind in ConcurrencyLimitStrategy}
        assert set(each["work_pool"]["job_variables"]) <= variables


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_each_names_a_flow_by_module_and_says_what_it_is(name):
    from prefect.flows import load_flow_from_entrypoint

    told = DEPLOYMENTS[name]
    flow = load_flow_from_entrypoint(told["entrypoint"])
    assert (flow.name, told["entrypoint"]) == (name, f"flows.{name}:{name}")
    assert told["version"] == __version__
    assert told["tags"] == ["broadsheet", name]
    assert told["description"].startswith("**")
    assert set(told.get("parameters", {})) <= set(flow.parameters.properties)


def test_ingest_and_maintain_have_schedules_and_one_run_catches_up():
    crons = {name: [each["cron"] for each in told["schedules"]] for name, told in DEPLOYMENTS.items()}
    assert crons == {"ingest": ["*/15 * * * *"], "maintain": ["20 3 * * *"], "reextract": [], "backfill": []}
    for name in ("ingest", "maintain"):
        assert DEPLOYMENTS[name]["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def test_the_demo_has_the_same_deployments_at_thirty_seconds(tmp_path):
    told = yaml.safe_load(demo_file(tmp_path).read_text(encoding="utf-8"))
    assert [each["name"] for each in told["deployments"]] == list(DEPLOYMENTS)
    assert [each["schedules"] for each in told["deployments"]] == [[{"interval": 30, "slug": "demo"}], [], [], []]


@pytest.mark.heavy
def test_prefect_deploys_the_file_and_every_schedule_gets_runs(prefect_server):
    api = Api(f"{prefect_server}/api")
    make_pool(api)
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    command += ["--prefect-file", "deployments/prefect.yaml"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PREFECT_API_URL": api.url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {each["name"]: each for each in api.every("/deployments/filter", {})}
    assert {name: found[name]["job_variables"]["working_dir"] for name in DEPLOYMENTS} == dict.fromkeys(
        DEPLOYMENTS, str(ROOT)
    )
    assert {found[name]["work_pool_name"] for name in DEPLOYMENTS} == {POOL}
    assert found["ingest"]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert found["ingest"]["global_concurrency_limit"]["limit"] == 1
    until = time.monotonic() + 60
    while not all(scheduled(api, found[name]["id"]) for name in ("ingest", "maintain")):
        assert time.monotonic() < until, "no scheduled run is created: which SQLAlchemy is installed?"
        time.sleep(0.5)


def scheduled(api, deployment):
    wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "deployments": {"id": {"any_": [deployment]}}}
    return api.post("/flow_runs/count", wanted)
