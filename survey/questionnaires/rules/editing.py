"""Changes of a draft's document: each takes the document, which it may keep, and gives the changed one. Pure.

Items are named by their codes; what was seen of one is named by its digest, so that nobody overwrites what
somebody else wrote meanwhile, and changes to different items do not disturb each other.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from survey.questionnaires.definition import Document, Item, Texts
from survey.questionnaires.kinds import KINDS


class ItemChanged(ValueError):
    """The item is no longer as it was seen. ``now`` is what it is; None when it is gone."""

    def __init__(self, code: str, now: Item | None) -> None:
        super().__init__(code)
        self.code = code
        self.now = now


class ItemReferenced(ValueError):
    """Others ask about the item, or are the opinion on it: ``by`` are their codes."""

    def __init__(self, code: str, by: list[str]) -> None:
        super().__init__(code)
        self.code = code
        self.by = by


class CodeTaken(ValueError):
    """Another item of the document has this code."""


def digest(thing: Any) -> str:
    """Short, and another for whatever differs."""
    spelled = json.dumps(thing, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()[:16]


def find(document: Document, code: str) -> Item | None:
    """The item with this code; None when the document has none."""
    return next((item for item in document["questions"] if item.get("code") == code), None)


def codes(document: Document) -> set[str]:
    """Of all items, pages too."""
    return {item["code"] for item in document["questions"] if "code" in item}


def propose_code(kind: str, taken: Collection[str]) -> str:
    """A code nobody has: the kind and a number. ``taken`` holds those of published versions too, so that
    a new question never pools with one that was removed."""
    stem = (KINDS[kind].stem if kind in KINDS else "") or kind
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def add(document: Document, item: Item, after: str | None = None) -> Document:
    """``item`` after the one of code ``after``, with the opinion on that one between; at the end without.
    Raises CodeTaken; Changed when ``after`` is gone."""
    if item["code"] in codes(document):
        raise CodeTaken(item["code"])
    items = document["questions"]
    place = len(items) if after is None else _place(document, after) + 1
    while after is not None and place < len(items) and items[place].get("about") == after:
        place += 1
    return document | {"questions": [*items[:place], item, *items[place:]]}


def replace(document: Document, code: str, seen: str, item: Item) -> Document:
    """``item`` instead of that of ``code``, which was as its digest ``seen``. Where the code is another, what
    refers to the old one follows. Raises Changed, CodeTaken."""
    place = _place(document, code)
    items = document["questions"]
    if digest(items[place]) != seen and items[place] != item:
        raise ItemChanged(code, items[place])
    if item["code"] != code and item["code"] in codes(document):
        raise CodeTaken(item["code"])
    items = [*items[:place], item, *items[place + 1 :]]
    if item["code"] != code:
        items = [_renamed(one, code, item["code"]) for one in items]
    return document | {"questions": items}


def move(document: Document, code: str, before: str | None) -> Document:
    """The item, with the opinion on it, before the one of code ``before``; None: to the end."""
    items = document["questions"]
    _place(document, code)
    moved = [one for one in items if code in (one.get("code"), one.get("about"))]
    rest = [one for one in items if one not in moved]
    if before is None:
        return document | {"questions": rest + moved}
    if any(one.get("code") == before for one in moved):
        return document
    place = _place({"questions": rest}, before)
    return document | {"questions": [*rest[:place], *moved, *rest[place:]]}


def step(document: Document, code: str, up: bool, at: int) -> Document:
    """The item one place further up or down, over the next item that is no opinion; at the end it stays, and
    where it is no longer at place ``at`` (from 0) of all items, as when the same step is asked for twice."""
    if _place(document, code) != at:
        return document
    tops = [one.get("code") for one in document["questions"] if not one.get("about")]
    if code not in tops:
        tops = [one.get("code") for one in document["questions"]]
    place = tops.index(code)
    if up:
        return move(document, code, tops[place - 1]) if place else document
    if place + 1 >= len(tops):
        return document
    return move(document, code, tops[place + 2] if place + 2 < len(tops) else None)


def duplicate(document: Document, code: str, taken: Collection[str]) -> tuple[Document, str]:
    """The item once more after itself, under a code of its own, which comes with the document."""
    item = deepcopy(document["questions"][_place(document, code)])
    item["code"] = propose_code(item["kind"], {*taken, *codes(document)})
    return add(document, item, code), item["code"]


def referring(document: Document, code: str) -> list[str]:
    """The codes of the items that need the one of ``code``."""
    return [
        one["code"]
        for one in document["questions"]
        if one.get("about") == code or code in _asked(one.get("show"))
    ]


def remove(document: Document, code: str, cascade: bool = False) -> Document:
    """Without the item. What refers to it holds it back (raises Referred), unless ``cascade``: then opinions
    on it go with it, and conditions on it are lifted."""
    place = _place(document, code)
    by = referring(document, code)
    if by and not cascade:
        raise ItemReferenced(code, by)
    items = document["questions"]
    rest = [one for one in [*items[:place], *items[place + 1 :]] if one.get("about") != code]
    gone = codes(document) - codes({"questions": rest})
    return document | {"questions": [_lifted(one, gone) for one in rest]}


def require(document: Document, required: Collection[str], among: Collection[str]) -> Document:
    """Of the questions ``among`` those of ``required`` must be answered, the others need not."""

    def told(item: Item) -> Item:
        code = item["code"]
        if code not in among or bool(item.get("required")) == (code in required):
            return item
        return item | {"required": code in required}

    return document | {"questions": [told(item) for item in document["questions"]]}


def weigh(document: Document, dimensions: Mapping[str, float], questions: Mapping[str, float]) -> Document:
    """The weights of dimensions in the index, and of questions within their dimension; 1 is not written."""

    def told(item: Item) -> Item:
        weight = questions.get(item.get("code", ""))
        if weight is None or weight == item.get("weight", 1):
            return item
        rest = {name: value for name, value in item.items() if name != "weight"}
        return rest if weight == 1 else rest | {"weight": weight}

    weights = {name: weight for name, weight in dimensions.items() if weight != 1}
    changed = document | {"questions": [told(item) for item in document["questions"]], "weights": weights}
    return (
        changed if weights or "weights" in document else {k: v for k, v in changed.items() if k != "weights"}
    )


def retitle(document: Document, title: Texts) -> Document:
    """The document with another title; ``title`` holds all languages."""
    return document | {"title": dict(title)}


def _place(document: Document, code: str) -> int:
    for place, item in enumerate(document["questions"]):
        if item.get("code") == code:
            return place
    raise ItemChanged(code, None)


def _asked(show: Any) -> set[str]:
    """The codes of the questions that a condition asks about, of a document not checked yet."""
    if not isinstance(show, dict):
        return set()
    parts = [*show.get("all", ()), *show.get("any", ()), *([show["not"]] if "not" in show else ())]
    own = {show["question"]} if "question" in show else set()
    return own.union(*(_asked(part) for part in parts))


def _renamed(item: Item, old: str, new: str) -> Item:
    if item.get("about") == old:
        item = item | {"about": new}
    return item | {"show": _renamed_in(item["show"], old, new)} if old in _asked(item.get("show")) else item


def _renamed_in(show: Any, old: str, new: str) -> Any:
    if isinstance(show, list):
        return [_renamed_in(part, old, new) for part in show]
    if "question" in show:
        return show | {"question": new} if show["question"] == old else show
    return {
        key: _renamed_in(part, old, new) if key in ("all", "any", "not") else part
        for key, part in show.items()
    }


def _lifted(item: Item, gone: set[str]) -> Item:
    if not gone & _asked(item.get("show")):
        return item
    return {name: value for name, value in item.items() if name != "show"}
