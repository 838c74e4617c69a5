"""Files that are not code are found in a checkout and in an installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.resources import default_instance, is_installed, resource_folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    package = tmp_path / "survey"
    package.mkdir()
    return package


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    package = tmp_path / "site-packages/survey"
    (package / "_resources").mkdir(parents=True)
    return package


def test_a_checkout_uses_the_folders_beside_the_package(checkout):
    assert not is_installed(checkout)
    assert resource_folder("templates", checkout) == checkout.parent / "templates"
    assert default_instance({}, checkout) == checkout.parent / "instance"


def test_an_installation_uses_the_folders_inside_the_package(installation):
    assert is_installed(installation)
    assert resource_folder("static", installation) == installation / "_resources/static"


def test_an_installation_keeps_its_data_among_the_users_own(installation):
    folder = default_instance({"XDG_DATA_HOME": "/data"}, installation)
    assert folder == Path("/data/huiyin")
    assert default_instance({}, installation) == Path.home() / ".local/share/huiyin"


@pytest.mark.parametrize("name", ["templates", "static", "translations"])
def test_the_tests_run_in_a_checkout(name):
    assert resource_folder(name).is_dir()
    assert not is_installed()
