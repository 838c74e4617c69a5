"""What deploy/ says is true: its settings and commands exist, and no setting is left out of the lists."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from survey import source_code
from survey.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
ONLY_COMPOSE = {"POSTGRES_PASSWORD"}
"""Of .env.example, read by compose.yaml and not by the product."""


def settings() -> set[str]:
    """The names of the environment that survey/settings.py reads."""
    tree = ast.parse((ROOT / "survey/settings.py").read_text())
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"os.environ.get", "os.getenv"}
        and isinstance(call.args[0], ast.Constant)
    }


def example() -> dict[str, str]:
    """The lines of .env.example, those that are commented out too."""
    text = (DEPLOY / ".env.example").read_text()
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def ours(compose: dict) -> dict[str, dict]:
    """The services of compose.yaml that run the product."""
    return {name: service for name, service in compose["services"].items() if service["image"] == "huiyin"}


@pytest.fixture
def check_command(embedded_app):
    """Raises UsageError when the command line does not understand the words."""

    def check(words: list[str]) -> None:
        command: click.Command = embedded_app.cli
        context = click.Context(command, info_name="huiyin")
        while isinstance(command, click.Group):
            name, *words = words
            subcommand = command.get_command(context, name)
            assert subcommand is not None, name
            command = subcommand
        command.make_context(command.name, list(words), parent=context)

    return check


def test_the_example_of_an_environment_has_every_setting_and_no_other():
    assert len(settings()) > 15
    assert example().keys() - ONLY_COMPOSE == settings()


def test_the_table_of_settings_has_every_setting_and_no_other():
    page = (ROOT / "docs/operating.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", page, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"[A-Z_]+", row)} == settings()


def test_defaults_in_the_example_are_those_of_the_product(monkeypatch, tmp_path):
    for name in settings():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    before = Settings.from_environment()
    for name in ("TRUSTED_PROXIES", "MINIMUM_GROUP", "TIMEZONE", "LOG_LEVEL", "FLOOD_ANSWERS", "WECHAT_API"):
        monkeypatch.setenv(name, example()[name])
    assert Settings.from_environment() == before


def test_compose_sets_only_what_the_product_or_the_example_knows(compose):
    for name, service in ours(compose).items():
        assert service["environment"].keys() <= settings(), name
        assert service["env_file"] == ".env"
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked <= example().keys()


def test_compose_has_two_web_servers_a_worker_and_what_they_need(compose):
    services = compose["services"]
    assert services.keys() == {"migrate", "web", "worker", "database", "valkey", "caddy"}
    assert services["web"]["deploy"]["replicas"] == 2
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= services.keys(), name
        volumes = {volume.partition(":")[0] for volume in service.get("volumes", ())}
        assert {volume for volume in volumes if not volume.startswith(".")} <= compose["volumes"].keys(), name
    hosts = re.findall(r"://(?:[^@/]*@)?([a-z]+)[:/]", str(services["web"]["environment"]))
    assert set(hosts) <= services.keys()


def test_web_servers_are_reached_where_they_listen(compose):
    web = compose["services"]["web"]
    port = web["environment"]["PORT"]
    assert f"dynamic a web {port}" in (DEPLOY / "Caddyfile").read_text()
    assert f"http://127.0.0.1:{port}/readyz" in web["healthcheck"]["test"][-1]
    assert "0.0.0.0" in web["command"]


def test_the_commands_of_compose_are_understood(compose, check_command):
    for service in ours(compose).values():
        check_command(service["command"])


def test_the_image_serves_and_keeps_its_data_where_compose_has_its_volume(compose, check_command):
    text = (DEPLOY / "Dockerfile").read_text()
    command = re.search(r"^CMD (.*)$", text, re.MULTILINE)
    assert command is not None
    check_command(ast.literal_eval(command[1]))
    for service in ours(compose).values():
        folder = service["environment"]["INSTANCE_DIR"]
        assert f"VOLUME {folder}\n" in text
        assert f"instance:{folder}" in service["volumes"]


def test_the_image_gets_what_the_wheel_is_made_of():
    kept = set(re.findall(r"^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages | {"templates", "static", "translations", "wsgi.py", "requirements.lock"} <= kept
    assert set(source_code.BUILD_FILES) <= kept


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_runs_a_command_of_the_product_with_its_settings(name: str, check_command):
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOY / name).read_text())
    service = unit["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program == "/opt/huiyin/bin/huiyin"
    check_command(words)
    setting, _, folder = service["Environment"].partition("=")
    assert setting in settings()
    assert folder == f"/var/lib/{service['StateDirectory']}"


def test_there_is_a_unit_for_the_pages_and_one_for_the_worker():
    assert UNITS == ["huiyin-web.service", "huiyin-worker.service"]


def test_a_command_that_does_not_exist_would_be_noticed(check_command):
    with pytest.raises(click.UsageError):
        check_command(["serve", "--workers", "2"])
    with pytest.raises(AssertionError):
        check_command(["bake"])
