"""Whatever is done to the log without following its rules shows."""

import pytest
from sqlalchemy import delete, insert, select, update

from survey.audit import recording
from survey.audit.models import AuditLine
from survey.audit.queries import lines, watching
from survey.audit.rules.chain import Head
from survey.audit.verification import verify
from survey.db import db, unprotected
from survey.transaction import transaction


@pytest.fixture(autouse=True)
def instance_of_its_own(app, tmp_path, monkeypatch):
    """The head that other tests left behind is another log's."""
    import dataclasses

    settings = dataclasses.replace(app.config["SETTINGS"], instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)


@pytest.fixture
def log(app):
    for number in range(1, 6):
        recording.record(
            recording.act(number, "administrator", "places.edit", {"code": f"P{number}", "n": 1.5})
        )


def tamper(*statements) -> None:
    db.session.rollback()
    with db.engine.begin() as connection, unprotected(connection):
        for statement in statements:
            connection.execute(statement)


def test_an_empty_log_is_in_order(app):
    assert verify().head == Head(0, bytes(32))
    assert verify().fault == ""


def test_a_log_that_nobody_touched_is_in_order(log):
    verdict = verify()
    assert (verdict.head.number, verdict.fault) == (5, "")


def test_a_line_that_tells_what_is_withheld_today_is_still_in_order(log):
    change = {"table": "place", "did": "changed", "key": {"id": 1}, "values": {"name": ["老店", "新店"]}}
    with transaction() as session:
        lines.append(session, 7, "administrator", "staff.edit", {"username": "wang.fang"}, [change])
    assert (verify().head.number, verify().fault) == (6, "")


def test_all_of_a_long_log_is_read(log, monkeypatch):
    monkeypatch.setattr(lines, "AT_A_TIME", 2)
    assert verify().head.number == 5


@pytest.mark.parametrize(
    "values",
    [
        {"staff_id": 9},
        {"role": "auditor"},
        {"act": "x"},
        {"subject": {}},
        {"changes": [1]},
        {"digest": bytes(32)},
    ],
)
def test_a_changed_line_is_named(log, values):
    tamper(update(AuditLine).where(AuditLine.number == 3).values(**values))
    verdict = verify()
    assert verdict.fault == "line 3 was changed"
    assert verdict.head.number == 2


def test_a_changed_time_is_noticed(log):
    at = db.session.scalar(select(AuditLine.at).filter_by(number=2))
    tamper(update(AuditLine).where(AuditLine.number == 2).values(at=at.replace(year=2020)))
    assert verify().fault == "line 2 was changed"


def test_a_removed_line_is_named(log):
    tamper(delete(AuditLine).where(AuditLine.number == 3))
    assert verify().fault == "line 3 is missing: the next is line 4"


def test_the_first_line_cannot_be_removed_unseen(log):
    tamper(delete(AuditLine).where(AuditLine.number == 1))
    assert verify().fault == "line 1 is missing: the next is line 2"


def test_a_line_put_in_the_place_of_a_removed_one_is_named(log):
    columns = ("number", "at", "staff_id", "role", "act", "subject", "changes")
    third = db.session.get(AuditLine, 3)
    values = {name: getattr(third, name) for name in columns} | {"previous": bytes(32), "digest": bytes(32)}
    tamper(delete(AuditLine).where(AuditLine.number == 3), insert(AuditLine).values(**values))
    assert verify().fault.startswith("line 3 does not follow the line before it")


def test_a_log_cut_off_at_the_end_is_noticed_by_the_head_that_is_kept_outside(log):
    tamper(delete(AuditLine).where(AuditLine.number > 3))
    assert verify().fault == "line 5 is missing: the log was cut off after line 3"


def test_a_log_cut_off_is_noticed_by_a_head_that_somebody_noted(log):
    head = verify().head
    tamper(delete(AuditLine).where(AuditLine.number > 3))
    watching.keep_head(Head(0, bytes(32)))  # whoever did it reached the file, too
    assert verify().fault == ""
    assert verify([head]).fault == "line 5 is missing: the log was cut off after line 3"


def test_a_log_written_anew_with_a_chain_of_its_own_is_noticed(log):
    noted = verify().head
    tamper(delete(AuditLine))
    for number in range(1, 6):
        recording.record(recording.act(number, "administrator", "places.edit", {}))
    assert verify([noted]).fault == "line 5 is not the one that was noted: the log was written anew"


def test_a_head_that_is_behind_is_still_a_line_that_must_be_there(log):
    watching.keep_head(Head(2, db.session.scalar(select(AuditLine.digest).filter_by(number=2))))
    assert verify().fault == ""
