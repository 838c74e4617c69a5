"""Questionnaires to walk through."""

from __future__ import annotations

from typing import Any

from survey.questionnaires import publication
from survey.questionnaires.models import Version
from tests.factories import PUBLISHED_ON


def in_both(text: str) -> dict[str, str]:
    """Return ``text`` in Chinese and English."""
    return {"zh": f"{text}（中）", "en": text}


def item(code: str, kind: str = "rating", **settings: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "texts": in_both(code.capitalize())} | settings


def page(code: str, **settings: Any) -> dict[str, Any]:
    return {"code": code, "kind": "page", "texts": in_both(code.capitalize())} | settings


def options(*codes: str, **settings: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"code": code, "texts": in_both(code.upper())} | settings.get(code, {}) for code in codes]


def when(question: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"question": question, "is": operator} | ({} if value is None else {"value": value})


def publish(*items: dict[str, Any], slug: str = "asked", **document: Any) -> Version:
    whole = {"title": in_both("Survey"), "languages": ["zh", "en"], "questions": list(items)} | document
    return publication.publish(slug, whole["title"], whole, PUBLISHED_ON)


EVERY_KIND = (
    item("intro", "statement", help=in_both("Please read")),
    item("numbers", labels=[in_both(word) for word in ("Bad", "Fair", "Good", "Fine", "Best")]),
    item("stars", look="stars", not_applicable=True),
    item("faces", look="faces", scale=7, labels=[in_both(f"{n} of 7") for n in range(1, 8)]),
    item("words", look="words", labels=[in_both(word) for word in ("Never", "Some", "Always")], scale=3),
    item("likely", "nps", labels=[in_both("Not at all"), in_both("Surely")]),
    item("pick", "single_choice", options=options("a", "b", "c", c={"other": True}), not_applicable=True),
    item("pick_why", "text", about="pick"),
    item("several", "multiple_choice", options=options("a", "b", "z", z={"exclusive": True}), maximum=2),
    item("solved", "yes_no", not_applicable=True),
    item("car", "short_text"),
    item("comment", "text", maximum=500),
    item("minutes", "number", minimum=0, maximum=120, unit=in_both("minutes"), not_applicable=True),
    item("day", "date", minimum="2026-01-01"),
    item("order", "ranking", options=options("x", "y", "z")),
    item("agree", "consent"),
    item("call", "contact"),
)
"""A questionnaire with a question of every type."""

ANSWERED = {
    "numbers": "4",
    "stars": "na",
    "faces": "6",
    "words": "3",
    "likely": "10",
    "pick": "c",
    "pick~other~text": "停车",
    "pick_why": "快",
    "several~a": "1",
    "several~b": "1",
    "solved": "1",
    "car": "粤B12345",
    "comment": "很好",
    "minutes": "12",
    "day": "2026-02-28",
    "order~x": "3",
    "order~y": "1",
    "order~z": "2",
    "agree": "1",
    "call~name": "王芳",
    "call~phone": "138 0013 8000",
}
STORED = {
    "numbers": 4,
    "stars": "na",
    "faces": 6,
    "words": 3,
    "likely": 10,
    "pick": "c",
    "pick~other": "停车",
    "pick_why": "快",
    "several": ["a", "b"],
    "solved": 1,
    "car": "粤B12345",
    "comment": "很好",
    "minutes": 12,
    "day": "2026-02-28",
    "order": ["y", "z", "x"],
    "agree": 1,
}
"""The answers stored for ANSWERED; the contact is stored apart."""
