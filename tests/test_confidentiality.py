"""No way leads from an answer to the person who gave it: by the schema, and by a submission's data."""

import re
from datetime import date

from sqlalchemy import DateTime, Time, inspect, text

from survey.db import db
from tests import factories

ANSWERS = {"response", "waiting", "late", "tally"}
PERSONS = {
    "claim",
    "customer",
    "identity",
    "invitation",
    "account",
    "transfer",
    "entry",
    "adjustment",
    "review",
    "device_day",
    "contact",
    "redemption",
    "coupon_code",
}
# What a customer does knowingly: she asks for a call, or fetches a gift at a place of her choice and time.
KNOWINGLY = {"contact": {"place_id"}, "redemption": {"place_id", "fulfilled_place_id", "fulfilled_at"}}
# Columns that say of many rows the same, and so join nothing: numbers of points, days, states.
LONG = 6  # from here on a value may be an identity


def foreign_keys(table: str) -> set[str]:
    return {key.column.table.name for key in db.metadata.tables[table].foreign_keys}


def reachable(table: str) -> set[str]:
    """The tables that foreign keys lead to from ``table``, followed to the end."""
    found: set[str] = set()
    todo = [table]
    while todo:
        for target in foreign_keys(todo.pop()) - found:
            found.add(target)
            todo.append(target)
    return found


def test_no_key_leads_from_an_answer_to_a_person_or_back():
    assert set(db.metadata.tables) >= ANSWERS | {"claim"}
    for table in ANSWERS:
        assert not reachable(table) & PERSONS
    for table in PERSONS & set(db.metadata.tables):
        assert not reachable(table) & ANSWERS


def test_no_column_of_an_answer_is_named_for_a_person():
    named = re.compile("claim|wallet|customer|phone|invitation|openid|address|email|ip|agent|staff")
    for table in ANSWERS:
        assert [c.name for c in db.metadata.tables[table].columns if named.search(c.name)] == []
    for table in PERSONS & set(db.metadata.tables):
        names = [c.name for c in db.metadata.tables[table].columns]
        named = re.compile("response|submission|place|employee|link|answer")
        assert {n for n in names if named.search(n)} - KNOWINGLY.get(table, set()) == set()


def test_neither_keeps_a_time_of_day():
    for table in ANSWERS | (PERSONS & set(db.metadata.tables)):
        timed = [c.name for c in db.metadata.tables[table].columns if isinstance(c.type, DateTime | Time)]
        assert set(timed) - KNOWINGLY.get(table, set()) == set(), table
        clocks = [c.name for c in db.metadata.tables[table].columns if re.search("_at$|time|created", c.name)]
        assert set(clocks) - KNOWINGLY.get(table, set()) == set(), table


def test_what_knows_the_minute_of_a_code_knows_no_wallet():
    """They are forgotten when they end: after minutes, after hours."""
    for table in ("one_time_code", "code_count"):
        assert foreign_keys(table) == set()
        assert not [c.name for c in db.metadata.tables[table].columns if "customer" in c.name]


def test_an_answer_has_no_number_that_tells_when_it_came():
    for table in ("response", "waiting", "claim"):
        key = db.metadata.tables[table].primary_key
        assert not any(column.autoincrement is True or column.name == "number" for column in key)


def values(table: str) -> set[str]:
    """Every value of the rows of ``table`` that is long enough to be an identity, as text."""
    columns = [c["name"] for c in inspect(db.engine).get_columns(table)]
    found: set[str] = set()
    for row in db.session.execute(text(f"SELECT {', '.join(columns)} FROM {table}")):
        for value in row:
            plain = value.hex() if isinstance(value, bytes) else str(value)
            if not isinstance(value, int | date) and len(plain.replace("-", "")) >= LONG:
                found.add(plain.replace("-", ""))
    return found


def test_after_a_submission_an_answer_and_its_claim_share_no_value(app, client):
    link = factories.link(points=10)
    page = client.get(f"/s/{link.code}").text
    fields = dict(re.findall(r'<input type="?hidden"? name="?(\w+)"? value="?([^"\s>]+)', page))
    assert fields, "the page carries its tokens"
    reply = client.post(f"/s/{link.code}", data={**fields, "overall": "5", "comment": "很满意，谢谢您"})
    assert reply.status_code == 303
    response, claim = values("response"), values("claim")
    assert response
    assert claim
    days = re.compile(r"\d{8}$")
    shared = {value for value in response & claim if not days.match(value)}
    assert shared == set()
    for value in claim:
        assert not any(value in other or other in value for other in response if not days.match(other))
