"""What the command line does is in the audit log."""

import pytest

from survey.audit.queries import lines
from survey.audit.queries.lines import LineFilter
from survey.cli import COMMANDS, UNATTENDED
from survey.cli.acting import WHOLE, watch_command
from survey.db import db
from tests import factories


@pytest.fixture
def flask(app):
    def run(*arguments: str, **options):
        return app.test_cli_runner().invoke(args=arguments, catch_exceptions=False, **options)

    return run


def written() -> list:
    db.session.rollback()
    return lines.lines(LineFilter(), 0, 100)


def test_a_command_that_changes_something_is_an_act_told_without_its_options(flask):
    flask("staff", "add", "wang", "--name", "王芳", "--password", "a long password")
    (line,) = written()
    assert (line.staff_id, line.role, line.act, line.subject) == (
        None,
        "command",
        "staff add",
        {},
    )
    assert "long password" not in str(line.changes)
    assert "王芳" not in str(line.changes)
    assert "wang" not in str(line.changes)
    assert line.changes[0]["key"] == {"id": db.session.scalar(db.select(factories.Staff.id))}


def test_a_command_that_only_reads_is_no_act(flask):
    factories.version()
    flask("audit", "verify")
    assert written() == []


def test_a_command_that_writes_many_rows_leaves_one_line(flask):
    flask("tallies", "rebuild")
    assert [(line.act, line.changes) for line in written()] == [("tallies rebuild", [])]


def test_a_file_is_told_by_its_name(flask, tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("code,name,name_en,kind,parent\nG1,集团,Group,group,\n")
    flask("places", "import", str(path))
    assert list(written()[0].subject.values()) == ["places.csv"]


def test_after_the_command_nobody_acts(flask):
    flask("staff", "add", "wang", "--name", "王芳", "--password", "a long password")
    factories.place()
    assert len(written()) == 1


def test_every_command_but_the_unattended_is_watched():
    assert [command.name for command in UNATTENDED] == ["serve", "worker"]
    assert {command.name for command in COMMANDS} > WHOLE
    assert watch_command is not None
