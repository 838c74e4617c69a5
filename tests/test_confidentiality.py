"""No way leads from an answer to the person who gave it: by the schema, and by a submission's data."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, inspect, text

from survey.confidentiality import CLASSES, COMMON, KNOWINGLY, UNKEYED, Side
from survey.db import db
from survey.rewards import taking
from tests import factories, schema
from tests.factories import TODAY

ANSWERS = schema.on_side(Side.ANSWER)
PERSONS = schema.on_side(Side.PERSON)
# Columns that say of many rows the same, and so join nothing: numbers of points, days, states.
LONG = 6  # from here on a value may be an identity


def test_every_table_has_one_class():
    assert schema.unclassified(db.metadata) == []


def test_the_classes_of_answers_and_of_persons_are_what_they_always_were():
    assert {"response", "waiting", "tally"} <= ANSWERS
    earned = {"claim", "account", "transfer", "entry", "adjustment", "review", "device_day", "redemption"}
    assert earned | {"customer", "identity", "contact", "coupon_code"} <= PERSONS


def test_a_table_refers_only_to_classes_that_its_own_may_refer_to():
    assert schema.forbidden_keys(db.metadata) == []
    assert schema.unkeyed(db.metadata) == []


def test_answers_and_persons_never_refer_to_the_same_class():
    assert schema.met_by_both_sides() == []


def test_no_key_leads_from_an_answer_to_a_person_or_back():
    for table in ANSWERS:
        assert not schema.reachable(db.metadata, table) & PERSONS
    for table in PERSONS:
        assert not schema.reachable(db.metadata, table) & ANSWERS


def test_no_table_leads_to_both_an_answer_and_a_person():
    assert schema.bridges(db.metadata) == []


def test_no_walk_in_both_directions_joins_an_answer_to_a_person():
    assert schema.joined(db.metadata) == []


def test_no_column_of_an_answer_is_named_for_a_person_or_the_other_way_round():
    assert schema.misnamed(db.metadata) == []


def test_no_name_of_a_column_joins_an_answer_to_a_person():
    assert schema.shared_names(db.metadata) == []


def test_neither_answers_nor_persons_keep_a_time_of_day():
    assert schema.clocks(db.metadata) == []


def test_what_knows_the_minute_of_a_code_knows_no_wallet():
    """They are forgotten when they end: after minutes, after hours."""
    assert CLASSES["codes"].refers_to == frozenset()
    for table in CLASSES["codes"].tables:
        assert schema.reachable(db.metadata, table) == {table}
        assert not [c.name for c in db.metadata.tables[table].columns if "customer" in c.name]


def test_an_answer_has_no_number_that_tells_when_it_came():
    for table in CLASSES["answers"].tables | {"claim"}:
        assert not schema.numbered(db.metadata.tables[table]), table


def test_every_exception_is_of_a_column_that_exists_and_needs_it():
    existing = {schema.place_of(column) for column in schema.columns(db.metadata)}
    assert existing >= KNOWINGLY.keys() | UNKEYED.keys()
    for about in (ANSWERS, PERSONS):
        names = {column.name for table in about for column in db.metadata.tables[table].columns}
        assert names >= COMMON.keys()


# The guard itself: what would give somebody away is found in a schema that has it.


@pytest.fixture
def made_up() -> MetaData:
    """Our schema, to which a test adds what must not be."""
    copy = MetaData()
    for table in db.metadata.tables.values():
        table.to_metadata(copy)
    return copy


def with_cases(*tables: str):
    """Our classes and one of cases that may refer to anything."""
    cases = replace(CLASSES["log"], tables=frozenset(tables), refers_to=frozenset(CLASSES))
    return {**CLASSES, "cases": cases}


def key(name: str, target: str) -> Column:
    return Column(name, ForeignKey(target))


def number() -> Column:
    return Column("id", Integer, primary_key=True)


def test_a_table_that_nobody_classified_is_found(made_up):
    Table("case", made_up, number())
    assert schema.unclassified(made_up) == ["case has no class"]


def test_a_table_with_two_classes_and_one_that_is_gone_are_found(made_up):
    classes = {**CLASSES, "cases": replace(CLASSES["log"], tables=frozenset({"response", "gone"}))}
    assert schema.unclassified(made_up, classes) == ["gone does not exist", "response has two classes"]


def test_a_case_that_refers_to_a_response_and_a_customer_is_found(made_up):
    Table("case", made_up, number(), key("response_id", "response.id"), key("customer_id", "customer.id"))
    assert schema.forbidden_keys(made_up) == [
        "case.customer_id refers to customer",
        "case.response_id refers to response",
    ]
    classes = with_cases("case")
    assert schema.forbidden_keys(made_up, classes) == []
    assert schema.bridges(made_up, classes) == ["case"]
    assert len(schema.joined(made_up, classes)) == 1


def test_two_tables_that_meet_in_a_case_are_found_although_neither_leads_to_both(made_up):
    Table("case", made_up, number())
    Table("case_answer", made_up, key("about_id", "case.id"), key("said_id", "response.id"))
    Table("case_caller", made_up, key("about_id", "case.id"), key("caller_id", "customer.id"))
    classes = with_cases("case", "case_answer", "case_caller")
    assert schema.bridges(made_up, classes) == []
    ((*group,),) = schema.joined(made_up, classes)
    assert {"case", "case_answer", "case_caller", "customer", "response"} <= set(group)


def test_a_walk_goes_on_through_a_table_that_nobody_classified(made_up):
    Table("visit", made_up, number())
    made_up.tables["response"].append_column(key("visit_id", "visit.id"))
    made_up.tables["claim"].append_column(key("visit_id", "visit.id"))
    assert schema.forbidden_keys(made_up) == [
        "claim.visit_id refers to visit",
        "response.visit_id refers to visit",
    ]
    assert len(schema.joined(made_up)) == 1


def test_operation_that_refers_to_a_person_is_found(made_up):
    made_up.tables["link"].append_column(key("owner_id", "customer.id"))
    assert schema.forbidden_keys(made_up) == ["link.owner_id refers to customer"]


def test_points_that_refer_to_a_place_or_a_questionnaire_are_found(made_up):
    made_up.tables["claim"].append_column(key("where_id", "place.id"))
    made_up.tables["account"].append_column(key("what_id", "version.id"))
    assert schema.forbidden_keys(made_up) == [
        "account.what_id refers to version",
        "claim.where_id refers to place",
    ]


def test_a_reference_without_a_foreign_key_is_found(made_up):
    Table("case", made_up, number(), Column("response_id", String(32)), Column("customer_number", String(12)))
    assert schema.unkeyed(made_up) == [
        "case.customer_number refers to something without a foreign key",
        "case.response_id refers to something without a foreign key",
    ]
    assert schema.bridges(made_up) == ["case"]


def test_a_column_of_one_name_that_joins_an_answer_to_a_claim_is_found(made_up):
    for table in ("response", "claim"):
        made_up.tables[table].append_column(Column("ticket", String(32)))
    assert schema.shared_names(made_up) == ["ticket"]


def test_a_column_named_for_the_other_side_is_found(made_up):
    made_up.tables["response"].append_column(Column("phone", String(32)))
    made_up.tables["claim"].append_column(Column("submission", String(32)))
    assert schema.misnamed(made_up) == ["claim.submission", "response.phone"]


def test_a_time_of_day_is_found_by_its_type_and_by_its_name(made_up):
    made_up.tables["response"].append_column(Column("handed_in", DateTime))
    made_up.tables["claim"].append_column(Column("taken_at", Integer))
    assert schema.clocks(made_up) == ["claim.taken_at", "response.handed_in"]


def test_a_time_of_day_in_a_table_that_nobody_classified_is_found(made_up):
    Table("case", made_up, number(), Column("opened_at", DateTime))
    assert schema.clocks(made_up) == ["case.opened_at"]


def test_a_class_that_both_sides_may_refer_to_is_found():
    classes = {**CLASSES, "answers": replace(CLASSES["answers"], refers_to=frozenset({"staff"}))}
    assert schema.met_by_both_sides(classes) == ["staff"]


def test_rows_that_are_numbered_as_they_come_are_found(made_up):
    assert schema.numbered(Table("case", made_up, number()))
    assert schema.numbered(made_up.tables["audit_line"])


def values(table: str) -> set[str]:
    """Every value of the rows of ``table`` that is long enough to be an identity, as text."""
    columns = [c["name"] for c in inspect(db.engine).get_columns(table)]
    stored_values: set[str] = set()
    for row in db.session.execute(text(f"SELECT {', '.join(columns)} FROM {table}")):
        for value in row:
            plain = value.hex() if isinstance(value, bytes) else str(value)
            if not isinstance(value, int | date) and len(plain.replace("-", "")) >= LONG:
                stored_values.add(plain.replace("-", ""))
    return stored_values


def rows(table: str) -> int:
    return db.session.scalar(text(f"SELECT count(*) FROM {table}"))


def test_after_a_submission_an_answer_and_its_claim_share_no_value(app, client):
    link = factories.link(points=10)
    page = client.get(f"/s/{link.code}").text
    fields = dict(re.findall(r'<input type="?hidden"? name="?(\w+)"? value="?([^"\s>]+)', page))
    assert fields, "the page carries its tokens"
    reply = client.post(f"/s/{link.code}", data={**fields, "overall": "5", "comment": "很满意，谢谢您"})
    assert reply.status_code == 303
    thanks = client.get(reply.location).text
    code = re.search(r"/w/claims/([\w-]+)", thanks)
    assert code, "the page leads to the points"
    owner = factories.customer()
    taking.take(code[1], owner.id, TODAY, [("shared", 4)])
    for table in ("waiting", "claim", "customer", "identity", "account", "transfer", "entry", "review"):
        assert rows(table), table
    days = re.compile(r"\d{8}$")
    answered = set().union(*map(values, ANSWERS))
    earned = set().union(*map(values, PERSONS))
    shared = {value for value in answered & earned if not days.match(value)}
    assert shared == set()
    for value in earned:
        assert not any(value in other or other in value for other in answered if not days.match(other))
