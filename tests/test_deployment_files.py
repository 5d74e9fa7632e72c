"""The files for running it for real: systemd units, the image, the compose file.

No container was built and no compose file brought up where these ran: what can be held without Docker's daemon is.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

FILES = ROOT / "deployments"
UNITS = sorted((FILES / "systemd").glob("*.service"))
VARIABLE = re.compile(r"\$\{(\w+)(:[?-])?([^}]*)\}")
SERVICE_KEYS = {
    "image", "build", "restart", "init", "environment", "volumes", "healthcheck", "command", "entrypoint", "ports",
    "depends_on", "stop_grace_period",
}  # fmt: skip


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((FILES / "compose.yaml").read_text(encoding="utf-8"))


def instructions():
    """The Dockerfile's instructions, each on one line."""
    text = (FILES / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_each_unit_once_the_command_is_where_it_says(unit, tmp_path):
    text = unit.read_text(encoding="utf-8")
    command = re.search(r"ExecStart=(\S+)", text)[1]
    assert command == "/opt/broadsheet/.venv/bin/broadsheet"
    copy = tmp_path / unit.name
    copy.write_text(text.replace(command, str(Path(sys.executable).with_name("broadsheet"))), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_commands_of_units_are_ones_that_there_are(unit):
    from flows.cli.app import app

    words = re.search(r"ExecStart=\S+ (\w+)", unit.read_text(encoding="utf-8"))[1]
    assert words in {command.name or command.callback.__name__ for command in app.registered_commands}


def test_services_have_known_keys_and_each_can_tell_whether_it_is_well(compose):
    for name, service in compose["services"].items():
        assert service.keys() <= SERVICE_KEYS, name
        assert service["healthcheck"].keys() >= {"test", "interval", "timeout", "retries"}, name
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert "image" in service, name


def test_whoever_waits_for_health_waits_for_a_service_that_there_is(compose):
    services = compose["services"]
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            assert how["condition"] in {"service_healthy", "service_started"}
    assert services["server"]["depends_on"].keys() == {"postgres", "redis"}
    assert services["worker"]["depends_on"]["server"]["condition"] == "service_healthy"


def test_every_volume_is_declared_and_what_must_last_is_in_one(compose):
    named = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert named == compose["volumes"].keys() == {"data", "postgres", "redis"}


def test_secrets_come_from_the_environment_alone_and_a_missing_one_is_named(compose):
    text = (FILES / "compose.yaml").read_text(encoding="utf-8")
    required = {name for name, how, _ in VARIABLE.findall(text) if how == ":?"}
    assert required == {"POSTGRES_PASSWORD", "PREFECT_AUTH", "BROADSHEET_CONTACT"}
    assert all(how for _, how, _ in VARIABLE.findall(text))
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|AUTH|NOTIFY|CONNECTION_URL", name):
                assert VARIABLE.search(value), name


def test_the_example_environment_names_every_variable_and_no_secret(compose):
    text = (FILES / "example.env").read_text(encoding="utf-8")
    named = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))
    assert named.keys() == {name for name, _, _ in VARIABLE.findall((FILES / "compose.yaml").read_text("utf-8"))}
    assert [name for name, value in named.items() if value and name != "PREFECT_UI_API_URL"] == []
    ignored = subprocess.run(["git", "check-ignore", "deployments/.env"], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode in {0, 128}  # 128: the tests of a source archive


def test_nothing_is_served_to_the_outside(compose):
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_health_checks_that_are_python_can_be_parsed(compose):
    for service in compose["services"].values():
        test = service["healthcheck"]["test"]
        if test[1] == "python":
            compile(test[3], "healthcheck", "exec")


def test_the_image_holds_every_package_and_is_made_from_the_lock():
    copied = {words.split()[1] for words in instructions() if words.startswith("COPY") and "--from" not in words}
    packages = {"broadsheet", "extractors", "flows", "press", "sql", "deployments", "pyproject.toml"}
    assert packages <= copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not copied & set(ignored)
    assert any("--require-hashes -r requirements/server.lock" in line for line in instructions())
    assert all((ROOT / each).exists() for each in copied - {"README.md", "LICENSE"} if "*" not in each)


def test_the_image_does_not_work_as_root():
    users = [line.split()[1] for line in instructions() if line.startswith("USER")]
    assert users == ["broadsheet"]


def test_the_servers_lock_has_the_pins_of_the_other_and_no_address():
    locks = {name: (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8") for name in ("run", "server")}
    pins = {name: dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)) for name, text in locks.items()}
    assert pins["server"].items() >= {"prefect": "3.8.8"}.items()
    assert {"prefect-redis", "redis", "asyncpg"} <= pins["server"].keys()
    assert {name for name, pin in pins["run"].items() if pins["server"].get(name) != pin} == set()
    assert "://" not in locks["server"]


@pytest.mark.skipif(not os.environ.get("DOCKER_COMPOSE"), reason="`docker compose` is not at hand")
def test_docker_compose_reads_the_file():
    given = {"POSTGRES_PASSWORD": "x", "PREFECT_AUTH": "a:b", "BROADSHEET_CONTACT": "https://example.org/"}
    command = [*os.environ["DOCKER_COMPOSE"].split(), "-f", str(FILES / "compose.yaml"), "config", "--quiet"]
    subprocess.run(command, env=os.environ | given, check=True)
