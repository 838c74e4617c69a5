"""What the session writes is seen; and the head is noted outside the database."""

import dataclasses

import pytest
from sqlalchemy import delete, insert

from survey.audit.queries import watching
from survey.audit.queries.watching import PendingChanges
from survey.audit.recording import act, acting
from survey.audit.rules.chain import Head, head_from
from survey.audit.rules.telling import describe_change
from survey.db import db
from survey.places.models import Place
from survey.questionnaires.models import Trial
from survey.transaction import transaction
from tests import factories

ACT = act(1, "administrator", "x", {})


@pytest.fixture
def folder(app, tmp_path, monkeypatch):
    settings = dataclasses.replace(app.config["SETTINGS"], instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return tmp_path


def commit(work) -> list[dict]:
    """The changes that the line of ``work`` tells."""
    from survey.audit.models import AuditLine

    with acting(ACT), transaction() as session:
        work(session)
    return db.session.scalar(db.select(AuditLine.changes).order_by(AuditLine.number.desc()))


def test_a_removed_row_is_told_with_what_it_was(app):
    place = factories.place("group", code="GONE")
    (told,) = commit(lambda session: session.delete(session.get_one(Place, place.id)))
    assert (told["did"], told["values"]["code"]) == ("removed", ["GONE", None])


def test_a_value_set_to_what_it_was_is_no_change(app):
    place = factories.place("group", code="SAME")
    factories.place("group", code="OTHER")

    def work(session):
        session.get_one(Place, place.id).code = "SAME"
        session.add(Place(kind="group", code="A", name="a", name_en="", path="/"))

    (told,) = commit(work)
    assert told["values"]["code"] == [None, "A"]


def test_statements_are_counted_by_what_they_do(app):
    rows = [
        {"kind": "group", "code": f"G{n}", "name": "g", "name_en": "", "path": f"/{n}/"} for n in range(3)
    ]

    def work(session):
        session.execute(insert(Place), rows)
        session.execute(delete(Place).where(Place.code != "G0"))
        session.execute(delete(Trial))

    told = {(change["table"], change["did"]): change["rows"] for change in commit(work)}
    assert told[("place", "added")] == 3
    assert told[("place", "removed")] == 2


def test_a_row_written_twice_is_told_once():
    pending, row = PendingChanges(), object()
    pending.tell(row, describe_change("place", "added", {"id": 1}, [("code", None, "a")]))
    pending.tell(row, describe_change("place", "changed", {"id": 1}, [("code", "a", "b")]))
    assert [change["values"] for change in pending.changes()] == [{"code": [None, "b"]}]


def test_the_head_is_noted_after_each_act(folder):
    assert watching.kept_head() is None
    commit(lambda session: session.add(Place(kind="group", code="A", name="a", name_en="", path="/")))
    assert head_from(watching.kept_head()).number == 1


def test_an_act_is_done_although_the_head_cannot_be_noted(app, monkeypatch, caplog):
    settings = dataclasses.replace(app.config["SETTINGS"], instance=app.config["SETTINGS"].instance / "gone")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    watching.keep_head(Head(1, bytes(32)))
    assert "could not be noted" in caplog.text
