"""Data classes: what every table is about, and to which others its rows may refer.

No reference leads from an answer to the person who gave it (docs/architecture.md). A new table must be listed
here: tests/test_confidentiality.py walks the schema and fails on a table, a foreign key or a reference
without a key that this module does not allow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    """The subject of a table's rows.

    ANSWER and PERSON must never be joined. A row of a SHARED table (a service point, a campaign) stands for
    many customers, so two rows that refer to it are not thereby joined. All other tables are APART: a row
    there stands for one act or one person, and joins whatever refers to it.
    """

    ANSWER = "answer"
    PERSON = "person"
    SHARED = "shared"
    APART = "apart"


@dataclass(frozen=True)
class DataClass:
    """A class of data and the ``tables`` that hold it.

    Their rows may refer to rows of the classes ``refers_to``, and keep a time of day only when ``timed``.
    When ``told``, the audit log may tell values of their columns, as far as
    survey/audit/rules/allowlist.py declares them; otherwise it tells how many rows were written.
    """

    side: Side
    tables: frozenset[str]
    refers_to: frozenset[str]
    timed: bool = False
    told: bool = False


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLASSES: Mapping[str, DataClass] = {
    # Responses of customers, one row each.
    "answers": DataClass(
        Side.ANSWER,
        _names("response waiting"),
        refers_to=_names("batches organisation questionnaires queues"),
    ),
    # With which other answers they are released, and when.
    "batches": DataClass(
        Side.SHARED,
        _names("arrival batch carried"),
        refers_to=_names("batches organisation questionnaires queues"),
    ),
    # What is released together, and since when.
    "queues": DataClass(
        Side.SHARED,
        _names("queue"),
        refers_to=_names("organisation questionnaires"),
        told=True,
    ),
    # Aggregates of answers.
    "tallies": DataClass(
        Side.ANSWER,
        _names("tally part"),
        refers_to=_names("tallies organisation questionnaires"),
    ),
    # Points that wallets earned, hold and spent.
    "points": DataClass(
        Side.PERSON,
        _names("account adjustment claim coupon_code device_day entry redemption review transfer"),
        refers_to=_names("points identity rewards staff"),
        told=True,
    ),
    # Owners of wallets, and telephone numbers that earn no points.
    "identity": DataClass(
        Side.PERSON, _names("customer identity insider"), refers_to=_names("identity staff")
    ),
    # Customers who asked to be called back.
    "callbacks": DataClass(Side.PERSON, _names("contact"), refers_to=_names("callbacks")),
    # Codes sent to telephones. They hold a time of day and so refer to no table; they are deleted on expiry.
    "codes": DataClass(Side.PERSON, _names("code_count one_time_code"), refers_to=_names(""), timed=True),
    # Operational data in four classes: answers refer to the first two, points to the last two.
    "organisation": DataClass(
        Side.SHARED, _names("employee place total"), refers_to=_names("organisation"), told=True
    ),
    "questionnaires": DataClass(
        Side.SHARED,
        _names("draft_step link questionnaire target trial version"),
        refers_to=_names("organisation questionnaires"),
        timed=True,
        told=True,
    ),
    "rewards": DataClass(
        Side.SHARED,
        _names("campaign picture purse rate reward stock"),
        refers_to=_names("organisation questionnaires rewards"),
        told=True,
    ),
    "staff": DataClass(Side.SHARED, _names("staff"), refers_to=_names("organisation"), told=True),
    # The newest day on which due work was done.
    "clock": DataClass(Side.SHARED, _names("clock"), refers_to=_names(""), told=True),
    # Acts of staff.
    "log": DataClass(Side.APART, _names("audit_line"), refers_to=_names("staff"), timed=True),
}

KNOWINGLY: Mapping[str, str] = {
    "contact.place_id": "a customer who asks to be called back says where they were",
    "contact.questionnaire_id": "a customer who asks to be called back says what they were asked",
    "redemption.place_id": "a customer collects a gift at a service point of their choice",
    "redemption.fulfilled_place_id": "a reward is handed out at a counter",
    "redemption.fulfilled_at": "an act at the counter can be undone for some minutes",
}
"""Columns of persons that hold a place or a time, which their class does not allow, and why the customer
gives it knowingly."""

UNKEYED: Mapping[str, str] = {
    "audit_line.staff_id": "staff",  # the log outlives an invented company's staff
    "one_time_code.spent_by": "",  # a keyed hash of a device, of which no table knows more
    "arrival.employee_id": "employee",  # 0: none
    "tally.employee_id": "employee",  # 0: all
    "tally.part_id": "part",  # 0: all
    "target.questionnaire_id": "questionnaire",  # 0: all
    "total.place_id": "place",  # 0: a total of another attribute
}
"""Columns that refer to a table without a foreign key, and that table; "" for none, whatever their name
suggests."""

COMMON: Mapping[str, str] = {
    "day": "many customers share a day",
    "id": "ids of responses are random, those of others count their own table",
    "place_id": "many customers share a place",
}
"""Names of columns that both answers and persons have, and why equal values join no rows."""


def class_of(table: str) -> str | None:
    """Return the name of the class of ``table``, or None without a class."""
    return next((name for name, data_class in CLASSES.items() if table in data_class.tables), None)


def is_told(table: str) -> bool:
    """Return whether the audit log may tell values of ``table``; it may not without a class."""
    name = class_of(table)
    return name is not None and CLASSES[name].told
