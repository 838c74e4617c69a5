"""Files of the instance folder are for the account alone that runs the server."""

import os
import stat
from pathlib import Path

import flask_migrate
import pytest

from survey import private_files
from survey.db import db
from survey.demo.queries import exclusive_lock
from survey.settings import Settings
from tests import factories


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def start(folder: Path, new_application, monkeypatch: pytest.MonkeyPatch):
    """Start the application as an installation does, with SQLite in its instance folder."""

    def start():
        for name in ("DATABASE_URL", "SECRET_KEY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("INSTANCE_DIR", str(folder))
        return new_application(Settings.from_environment())

    return start


def test_a_new_instance_is_closed_to_other_accounts(start, folder):
    with start().app_context():
        flask_migrate.upgrade()
        factories.place()
        with exclusive_lock():
            pass
        (folder / "audit-head").unlink(missing_ok=True)
        private_files.write(folder / "audit-head", b"head")
        names = {path.name for path in folder.iterdir() if path.is_file()}
        assert names >= {"secret_key", "huiyin.db", "huiyin.db-wal", "huiyin.db-shm", "demonstration.lock"}
        assert {mode(folder / name) for name in names} == {0o600}
        db.session.remove()
    assert mode(folder) == 0o700


def test_what_was_open_is_closed_at_the_next_start_and_logged(start, folder, capfd):
    with start().app_context():
        flask_migrate.upgrade()
        open_paths = [folder, folder / "secret_key", folder / "huiyin.db"]
        for path in open_paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
        db.session.remove()
        db.engine.dispose()
    capfd.readouterr()
    start()
    assert [mode(path) for path in open_paths] == [0o700, 0o600, 0o600]
    said = capfd.readouterr().err
    for path in open_paths:
        assert f"closed to other accounts: {path.name}" in said
    start()
    assert "closed to other accounts" not in capfd.readouterr().err


def test_a_folder_that_everybody_shares_is_refused(folder):
    folder.mkdir()
    folder.chmod(0o1777)
    with pytest.raises(private_files.Exposed, match="open to other accounts"):
        private_files.protect(folder)
    assert mode(folder) == 0o1777


def test_what_belongs_to_another_account_and_is_open_is_refused(folder, monkeypatch):
    folder.mkdir(mode=0o755)

    def refuse(_path, _mode):
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(private_files.Exposed):
        private_files.protect(folder)


def test_a_file_is_written_whole_for_its_owner_alone(tmp_path):
    path = tmp_path / "statement.pdf"
    path.write_bytes(b"old")
    private_files.write(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [path]
