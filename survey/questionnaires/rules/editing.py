"""Changes of a draft's document: each returns the changed document, and may modify its argument. Pure.

Items are identified by their codes, and their content when last seen by its hash, so that nobody overwrites
what somebody else wrote meanwhile, and changes to different items do not conflict.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from survey.questionnaires.definition import Document, Item, Texts
from survey.questionnaires.kinds import KINDS


class ItemChanged(ValueError):
    """The item is no longer as it was seen. ``now`` is the present item, or None if it was removed."""

    def __init__(self, code: str, now: Item | None) -> None:
        super().__init__(code)
        self.code = code
        self.now = now


class ItemReferenced(ValueError):
    """Other items, with the codes ``by``, have conditions on the item or are the comment on it."""

    def __init__(self, code: str, by: list[str]) -> None:
        super().__init__(code)
        self.code = code
        self.by = by


class CodeTaken(ValueError):
    """Another item of the document has this code."""


def digest(value: Any) -> str:
    """Return a short hash of a JSON value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find(document: Document, code: str) -> Item | None:
    """Return the item with this code, or None."""
    return next((item for item in document["questions"] if item.get("code") == code), None)


def codes(document: Document) -> set[str]:
    """Return the codes of all items, including pages."""
    return {item["code"] for item in document["questions"] if "code" in item}


def propose_code(kind: str, taken: Collection[str]) -> str:
    """Return an unused code, made from the type and a number.

    ``taken`` includes the codes of published versions, so that a new question never pools with a removed one.
    """
    stem = (KINDS[kind].stem if kind in KINDS else "") or kind
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def add(document: Document, item: Item, after: str | None = None) -> Document:
    """Add ``item`` after the item ``after`` and the comment on that, or at the end.

    Raises CodeTaken, and ItemChanged if ``after`` was removed.
    """
    if item["code"] in codes(document):
        raise CodeTaken(item["code"])
    items = document["questions"]
    place = len(items) if after is None else _place(document, after) + 1
    while after is not None and place < len(items) and items[place].get("about") == after:
        place += 1
    return document | {"questions": [*items[:place], item, *items[place:]]}


def replace(document: Document, code: str, seen_digest: str, item: Item) -> Document:
    """Replace the item ``code``, whose hash was ``seen_digest``. If the code changes, references follow.

    Raises ItemChanged, CodeTaken.
    """
    place = _place(document, code)
    items = document["questions"]
    if digest(items[place]) != seen_digest and items[place] != item:
        raise ItemChanged(code, items[place])
    if item["code"] != code and item["code"] in codes(document):
        raise CodeTaken(item["code"])
    items = [*items[:place], item, *items[place + 1 :]]
    if item["code"] != code:
        items = [_rename_references(other, code, item["code"]) for other in items]
    return document | {"questions": items}


def move(document: Document, code: str, before: str | None) -> Document:
    """Move the item, with the comment on it, before the item ``before`` or to the end. Raises ItemChanged."""
    items = document["questions"]
    _place(document, code)
    moved = [item for item in items if code in (item.get("code"), item.get("about"))]
    rest = [item for item in items if item not in moved]
    if before is None:
        return document | {"questions": rest + moved}
    if any(item.get("code") == before for item in moved):
        return document
    place = _place({"questions": rest}, before)
    return document | {"questions": [*rest[:place], *moved, *rest[place:]]}


def step(document: Document, code: str, up: bool, seen_place: int) -> Document:
    """Move the item up or down by one item that is no comment.

    It stays if it is the first or last, and if its place among all items (from 0) is no longer
    ``seen_place``: this makes repeated requests idempotent.
    """
    if _place(document, code) != seen_place:
        return document
    tops = [item.get("code") for item in document["questions"] if not item.get("about")]
    if code not in tops:
        tops = [item.get("code") for item in document["questions"]]
    place = tops.index(code)
    if up:
        return move(document, code, tops[place - 1]) if place else document
    if place + 1 >= len(tops):
        return document
    return move(document, code, tops[place + 2] if place + 2 < len(tops) else None)


def duplicate(document: Document, code: str, taken: Collection[str]) -> tuple[Document, str]:
    """Add a copy of the item after it; return the document and the code of the copy."""
    item = deepcopy(document["questions"][_place(document, code)])
    item["code"] = propose_code(item["kind"], {*taken, *codes(document)})
    return add(document, item, code), item["code"]


def referring(document: Document, code: str) -> list[str]:
    """Return the codes of the items that refer to the item ``code``."""
    return [
        item["code"]
        for item in document["questions"]
        if item.get("about") == code or code in _compared_codes(item.get("show"))
    ]


def remove(document: Document, code: str, cascade: bool = False) -> Document:
    """Remove the item. Raises ItemReferenced if others refer to it.

    With ``cascade``, comments on it are removed too, and conditions on the removed items are deleted.
    """
    place = _place(document, code)
    by = referring(document, code)
    if by and not cascade:
        raise ItemReferenced(code, by)
    items = document["questions"]
    rest = [item for item in [*items[:place], *items[place + 1 :]] if item.get("about") != code]
    removed_codes = codes(document) - codes({"questions": rest})
    return document | {"questions": [_lift_condition(item, removed_codes) for item in rest]}


def require(document: Document, required: Collection[str], among: Collection[str]) -> Document:
    """Make the questions ``required`` mandatory, and the others in ``among`` optional."""

    def set_required(item: Item) -> Item:
        code = item["code"]
        if code not in among or bool(item.get("required")) == (code in required):
            return item
        return item | {"required": code in required}

    return document | {"questions": [set_required(item) for item in document["questions"]]}


def weigh(document: Document, dimensions: Mapping[str, float], questions: Mapping[str, float]) -> Document:
    """Set the weights of dimensions in the index, and of questions in their dimension; 1 is not written."""

    def set_weight(item: Item) -> Item:
        weight = questions.get(item.get("code", ""))
        if weight is None or weight == item.get("weight", 1):
            return item
        rest = {name: value for name, value in item.items() if name != "weight"}
        return rest if weight == 1 else rest | {"weight": weight}

    weights = {name: weight for name, weight in dimensions.items() if weight != 1}
    changed = document | {
        "questions": [set_weight(item) for item in document["questions"]],
        "weights": weights,
    }
    return (
        changed if weights or "weights" in document else {k: v for k, v in changed.items() if k != "weights"}
    )


def retitle(document: Document, title: Texts) -> Document:
    """Set the title; ``title`` has all languages."""
    return document | {"title": dict(title)}


def _place(document: Document, code: str) -> int:
    for place, item in enumerate(document["questions"]):
        if item.get("code") == code:
            return place
    raise ItemChanged(code, None)


def _compared_codes(show: Any) -> set[str]:
    """Return the codes of the questions in a condition of a document that is not checked yet."""
    if not isinstance(show, dict):
        return set()
    parts = [*show.get("all", ()), *show.get("any", ()), *([show["not"]] if "not" in show else ())]
    own = {show["question"]} if "question" in show else set()
    return own.union(*(_compared_codes(part) for part in parts))


def _rename_references(item: Item, old: str, new: str) -> Item:
    if item.get("about") == old:
        item = item | {"about": new}
    return (
        item | {"show": _rename_in_condition(item["show"], old, new)}
        if old in _compared_codes(item.get("show"))
        else item
    )


def _rename_in_condition(show: Any, old: str, new: str) -> Any:
    if isinstance(show, list):
        return [_rename_in_condition(part, old, new) for part in show]
    if "question" in show:
        return show | {"question": new} if show["question"] == old else show
    return {
        key: _rename_in_condition(part, old, new) if key in ("all", "any", "not") else part
        for key, part in show.items()
    }


def _lift_condition(item: Item, removed_codes: set[str]) -> Item:
    if not removed_codes & _compared_codes(item.get("show")):
        return item
    return {name: value for name, value in item.items() if name != "show"}
