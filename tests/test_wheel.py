"""The wheel is the whole product: installed outside the tree, it serves its pages in Chinese."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from survey import source_code
from tests.catalogue import zh

ROOT = Path(__file__).resolve().parents[1]
NOT_SOURCE = (".*", "instance", "build", "*.egg-info", "__pycache__", "*.mo", "node_modules")
NOT_SHIPPED = {"tests", "bench"}
PATIENCE = 90  # seconds; starting takes a few, on a busy machine more

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the source archive of a tree in which nothing is compiled."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    with tarfile.open(build("sdist", tree, folder)) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    return build("wheel", source, folder)


def build(kind: str, tree: Path, folder: Path) -> Path:
    """Return the file that pip's way into setuptools makes of ``tree``."""
    code = f"from setuptools import build_meta; build_meta.build_{kind}({str(folder)!r})"
    run(sys.executable, "-c", code, cwd=tree)
    (made,) = folder.glob({"sdist": "*.tar.gz", "wheel": "*.whl"}[kind])
    return made


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_that_the_packages_hold_is_left_out_of_the_wheel(wheel: Path):
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_SHIPPED
    assert packages >= {"admin", "survey"}
    expected = {"wsgi.py"}
    for folder in packages:
        expected |= {path.relative_to(ROOT).as_posix() for path in files(ROOT / folder)}
    for folder in ("templates", "static"):
        expected |= {f"survey/_resources/{path.relative_to(ROOT)}" for path in files(ROOT / folder)}
    for name in source_code.BUILD_FILES:
        expected.add(f"survey/_resources/build/{name}")
    for path in (ROOT / "translations").rglob("*.po"):
        expected.add(f"survey/_resources/{path.relative_to(ROOT)}")
        expected.add(f"survey/_resources/{path.relative_to(ROOT).with_suffix('.mo')}")
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert shipped == expected


def test_the_wheel_carries_its_licence_and_names_it(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = (name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()
        assert "License-Expression: AGPL-3.0-or-later" in archive.read(metadata).decode().splitlines()


def files(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in paths if path.suffix not in {".pyc", ".mo"}]


class Installation:
    """The wheel in an environment of its own, with the dependencies of this one; run from an empty folder."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.environment = folder / "venv"
        self.data = folder / "data"
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        venv.create(self.environment, with_pip=False)
        python = self.environment / "bin/python"
        options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
        run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel)
        (packages,) = self.environment.glob("lib/python*/site-packages")
        ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (packages / "dependencies.pth").write_text("\n".join(ours))

    @property
    def variables(self) -> dict[str, str]:
        """The environment of an operator who has set nothing but where data of users are."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {"XDG_DATA_HOME": str(self.data)}

    def command(self, *arguments: str) -> list[str | Path]:
        return [self.environment / "bin/huiyin", *arguments]

    def run(self, *arguments: str) -> str:
        return run(*self.command(*arguments), cwd=self.elsewhere, env=self.variables)


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("installed"), wheel)


@contextmanager
def serving(installation: Installation, *options: str) -> Iterator[tuple[str, Path]]:
    """The address at which `huiyin serve` serves, and the file with what it says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base, said = f"http://127.0.0.1:{port}", installation.elsewhere.with_name(f"said-{port}")
    command = installation.command("serve", "--port", str(port), *options)
    with said.open("w") as file:
        server = subprocess.Popen(
            command, cwd=installation.elsewhere, env=installation.variables, stderr=file
        )
    try:
        wait_for(f"{base}/readyz", server)
        yield base, said
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0, said.read_text()


@pytest.fixture(scope="module")
def demonstration(installation: Installation) -> Iterator[tuple[str, str]]:
    """The address of an installation that serves its demonstration, and of a customer's page in it."""
    installation.run("db", "upgrade")
    installation.run("demo", "load", "--responses", "0")
    with serving(installation, "--demonstration") as (base, _said):
        sign_ins = installation.run("demo", "sign-ins", "--base", base)
        page = re.search(rf"{base}/s/\S+", sign_ins)
        assert page is not None, sign_ins
        yield base, page[0]


def wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            get(address)
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError("the server took too long")


def get(address: str) -> str:
    request = urllib.request.Request(address, headers={"Accept-Language": "zh-CN"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return reply.read().decode()


def test_the_command_is_the_installed_product_and_knows_its_version(installation: Installation, wheel: Path):
    assert installation.run("--version").strip() == f"huiyin, version {wheel.name.split('-')[1]}"
    code = "import survey, admin, wsgi; print(survey.__file__, admin.__file__, wsgi.__file__)"
    module_paths = run(installation.environment / "bin/python", "-c", code, cwd=installation.elsewhere)
    assert all(path.startswith(str(installation.environment)) for path in module_paths.split())


def test_staff_sign_in_on_a_page_in_chinese(demonstration):
    base, _page = demonstration
    page = get(f"{base}/admin/sign-in")
    assert '<html lang="zh-Hans-CN"' in page
    assert f"<h1>{zh('Sign in')}</h1>" in page
    assert get(base + style_of(page))


def test_a_customer_answers_on_a_page_in_chinese_with_its_style(demonstration):
    base, address = demonstration
    page = get(address)
    assert "<html lang=zh-Hans-CN>" in page
    assert zh("Submit") in page
    assert "{" in get(base + style_of(page))


def test_the_source_code_that_the_server_offers_builds_the_same_wheel(
    demonstration, wheel: Path, tmp_path: Path
):
    base, _page = demonstration
    with urllib.request.urlopen(f"{base}/source", timeout=30) as reply:
        (tmp_path / "source.tar.gz").write_bytes(reply.read())
    with tarfile.open(tmp_path / "source.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    again = build("wheel", tmp_path / source_code.FOLDER, tmp_path)
    with zipfile.ZipFile(again) as rebuilt, zipfile.ZipFile(wheel) as original:
        assert rebuilt.namelist() == original.namelist()


def style_of(page: str) -> str:
    match = re.search(r"""href=["']?(/static/css/[^"'> ]+\.css)""", page)
    assert match is not None, page
    return match[1]


def test_data_are_kept_with_the_users_own_and_not_beside_the_code(demonstration, installation: Installation):
    assert (installation.data / "huiyin/huiyin.db").is_file()
    assert list(installation.elsewhere.iterdir()) == []
    assert list(installation.environment.rglob("instance")) == []


def test_a_new_installation_has_no_sign_in_but_a_link_for_its_first_administrator(
    installation: Installation, monkeypatch, tmp_path
):
    monkeypatch.setattr(installation, "data", tmp_path)
    installation.run("db", "upgrade")
    with serving(installation) as (base, said):
        link = re.search(rf"{base}/admin/first-administrator/\S+", said.read_text())
        assert link is not None, said.read_text()
        assert f"<h1>{zh('Create the first administrator')}</h1>" in get(link[0])
