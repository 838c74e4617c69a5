"""What somebody commits while acting is written down, in the same transaction."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from survey.audit import recording
from survey.audit.models import AuditLine
from survey.audit.queries import lines
from survey.audit.queries.lines import LineFilter
from survey.audit.verification import verify
from survey.db import db
from survey.places.models import Place
from survey.rewards.models.campaigns import Campaign
from survey.transaction import transaction
from tests import factories
from tests.processes import at_once

ACT = recording.act(7, "administrator", "places.edit", {"code": "P1"})


def written() -> list[AuditLine]:
    db.session.rollback()
    return list(reversed(lines.lines(LineFilter(), 0, 1000)))


def test_a_change_is_told_with_who_and_what_before_and_after(app):
    place = factories.place(code="P1", name="老店")
    with recording.acting(ACT), transaction() as session:
        changed = session.get_one(Place, place.id)
        changed.code, changed.name = "P2", "新店"
    (line,) = written()
    assert (line.number, line.staff_id, line.role, line.act) == (1, 7, "administrator", "places.edit")
    assert line.subject == {"code": "P1"}
    assert line.changes == [
        {
            "table": "place",
            "did": "changed",
            "key": {"id": place.id},
            "values": {"code": ["P1", "P2"]},
            "withheld": ["name"],
        }
    ]


def test_no_free_text_is_written_whoever_wrote_it(app):
    with recording.acting(ACT):
        place = factories.place(name="王芳的店")
        factories.campaign(10, title={"zh": "找王芳", "en": "Ask Wang Fang"})
    assert "王芳" not in str([line.changes for line in written()])
    with recording.acting(ACT), transaction() as session:
        session.delete(session.get_one(Place, place.id))
    assert "王芳" not in str([line.changes for line in written()])


def test_what_is_added_is_told_with_its_key(app):
    with recording.acting(ACT):
        place = factories.place("group", code="NEW")
    (line,) = written()
    (change,) = line.changes
    assert change["did"] == "added"
    assert change["key"] == {"id": place.id}
    assert change["values"]["code"] == [None, "NEW"]


def test_commits_without_an_act_leave_no_line(app):
    factories.place()
    assert written() == []


def test_an_act_that_changes_nothing_leaves_no_line(app):
    with recording.acting(ACT), transaction() as session:
        session.scalar(select(func.count()).select_from(Place))
    assert written() == []


def test_a_change_that_is_rolled_back_leaves_no_line(app):
    def fail() -> None:
        with transaction() as session:
            session.add(Place(kind="group", code="A", name="a", name_en="", path="/"))
            session.flush()
            raise ZeroDivisionError

    with recording.acting(ACT):
        with pytest.raises(ZeroDivisionError):
            fail()
        with transaction() as session:
            session.scalar(select(Place.id))
    assert written() == []


def test_a_statement_that_changes_many_rows_is_counted(app):
    factories.company(2, 2)
    with recording.acting(ACT), transaction() as session:
        session.execute(update(Place).where(Place.kind == "point").values(name="x"))
    (line,) = written()
    assert line.changes == [{"table": "place", "did": "changed", "rows": 4}]


def test_the_first_of_very_many_rows_are_told_and_the_others_counted(app):
    with recording.acting(ACT), transaction() as session:
        for number in range(60):
            session.add(Place(kind="group", code=f"G{number}", name="g", name_en="", path=f"/{number}/"))
    (line,) = written()
    assert len(line.changes) == 51
    assert line.changes[-1] == {"table": "place", "did": "added", "rows": 10}


def test_no_name_secret_or_number_is_written(app):
    with recording.acting(ACT):
        person = factories.staff(username="wang.fang")
    secrets = (person.password_hash, person.session_key, "wang.fang")
    with recording.acting(ACT):
        factories.customer("+8613912345678")
    told = str([line.changes for line in written()])
    assert not any(secret in told for secret in (*secrets, "13912345678"))
    (staff,) = written()[0].changes
    assert staff["withheld"] == ["name", "password_hash", "session_key", "username"]
    assert staff["values"]["role"] == [None, "administrator"]


def test_reading_can_be_an_act(app):
    recording.record(recording.act(None, recording.NOBODY, "sign-in failed", {"name": "ab" * 8}))
    (line,) = written()
    assert (line.role, line.act, line.changes) == ("nobody", "sign-in failed", [])


@pytest.mark.parametrize("statement", ["UPDATE audit_line SET act = 'x'", "DELETE FROM audit_line"])
def test_the_database_refuses_to_change_a_line(app, statement):
    recording.record(ACT)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))


def act_often(number: int, times: int) -> int:
    for _ in range(times):
        with (
            recording.acting(recording.act(number, "marketing", "campaigns.edit", {})),
            transaction() as session,
        ):
            session.get_one(Campaign, number).valid_months += 1
    return times


def test_lines_of_many_at_once_are_one_chain_without_a_gap(app, tmp_path):
    made = [factories.campaign(points).id for points in range(1, 5)]
    done = at_once(app.config["SETTINGS"], act_often, [(number, 10) for number in made])
    assert done == [10] * 4
    assert [line.number for line in written()] == list(range(1, 41))
    assert verify().fault == ""
