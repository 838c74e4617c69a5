"""Lines are added one after the other, and found again."""

from datetime import timedelta

import pytest

from survey.audit.queries import lines
from survey.audit.queries.lines import LineFilter
from survey.audit.rules.chain import START, Head
from survey.db import db
from survey.transaction import transaction


@pytest.fixture
def three(app):
    with transaction() as session:
        lines.append(session, 1, "manager", "places.edit", {"code": "A"}, [])
        lines.append(session, None, "command", "staff add", {}, [])
        return lines.append(session, 2, "auditor", "places.edit", {}, [])


def numbers(**wanted: object) -> list[int]:
    return [line.number for line in lines.lines(LineFilter(**wanted), 0, 10)]


def test_before_the_first_line_the_head_is_the_start(app):
    assert lines.head(db.session()) == Head(0, START)
    assert lines.digest_of(1) is None


def test_each_line_has_the_next_number_and_the_digest_of_the_line_before(three):
    chain = [line for line, _ in lines.all_lines()]
    assert [line.number for line in chain] == [1, 2, 3]
    assert chain[0].previous == START
    assert chain[2].previous == lines.digest_of(2)
    assert lines.head(db.session()) == three


def test_lines_are_found_by_who_what_and_when(three):
    assert numbers() == [3, 2, 1]
    assert numbers(staff_id=1) == [1]
    assert numbers(role="command") == [2]
    assert numbers(role="manager") == []  # the manager is a user, whose lines are found by staff_id
    assert numbers(act="places.edit") == [3, 1]
    at = lines.lines(LineFilter(), 0, 1)[0].at
    assert numbers(since=at + timedelta(1)) == []
    assert numbers(until=at + timedelta(1)) == [3, 2, 1]
    assert lines.count(LineFilter(act="places.edit")) == 2


def test_the_acts_there_are_can_be_chosen_from(three):
    assert lines.acts() == ["places.edit", "staff add"]
