"""What the questions of a well-formed document say about each other: conditions and opinions."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from survey.questionnaires.definition import PAGE, Definition, Question
from survey.questionnaires.kinds import KINDS, asks
from survey.questionnaires.kinds.kind import SAME
from survey.questionnaires.rules.conditions import ANSWERED, Comparison, comparisons, parse
from survey.questionnaires.rules.possible import never_shown

from .problem import DocumentProblem, excerpt
from .values import Problems

OF_CONTEXT: Mapping[str, Sequence[str]] = {
    "place": ("contains", *SAME),
    "employee": (*SAME, ANSWERED),
    "channel": SAME,
    "language": SAME,
}


def check_logic(document: Mapping[str, Any]) -> Problems:
    """Problems of a document without errors."""
    items = _Items(document["questions"])
    astray = set()
    for place, item in enumerate(items.items):
        found = [*items.about(place), *items.asks(place)]
        yield from found
        if found:
            astray.add(item["code"])
    if any(item.get("show") for item in items.items):
        yield from _never(Definition.parse(document), items, astray)


def _never(definition: Definition, items: "_Items", astray: set[str]) -> Problems:
    """Of what never shows, that whose own condition says so."""
    hidden = never_shown(definition)
    for page in definition.pages:
        inside = [question.code for question in page.questions]
        for code in [page.code] if page.code in hidden else [code for code in inside if code in hidden]:
            place = items.places[code]
            if items.items[place].get("show") and code not in astray:
                yield DocumentProblem(f"questions[{place}].show", "never", {"other": code}, code)


@dataclass
class _Items:
    items: Sequence[Mapping[str, Any]]

    @cached_property
    def places(self) -> dict[str, int]:
        return {item["code"]: place for place, item in enumerate(self.items)}

    @cached_property
    def pages(self) -> list[int]:
        """For each item, the number of its page."""
        number, found = 0, []
        for item in self.items:
            number += item["kind"] == PAGE
            found.append(number)
        return found

    @cached_property
    def asked(self) -> list[list[Comparison]]:
        """The comparisons of each item's condition."""
        shows = [item.get("show") for item in self.items]
        return [list(comparisons(parse(show))) if show else [] for show in shows]

    @cached_property
    def needs(self) -> list[list[int]]:
        """For each item, those that decide whether it shows: its page too."""
        heads: dict[int, int] = {}
        found = []
        for place, item in enumerate(self.items):
            if item["kind"] == PAGE:
                heads[self.pages[place]] = place
            codes = [one.subject for one in self.asked[place] if not one.of_context]
            places = [self.places[code] for code in (*codes, item.get("about")) if code in self.places]
            head = heads.get(self.pages[place], place)
            found.append(list(dict.fromkeys([*places, *([head] if head != place else [])])))
        return found

    def about(self, place: int) -> Problems:
        code, other = self.items[place]["code"], self.items[place].get("about")
        if other is None:
            return
        at = self.places.get(other)
        if at is None:
            reason = "about unknown"
        elif at >= place:
            reason = "about later"
        elif not asks(self.items[at]["kind"]) or self.items[at].get("about"):
            reason = "about kind"
        elif self.pages[at] != self.pages[place]:
            reason = "about elsewhere"
        else:
            return
        yield DocumentProblem(f"questions[{place}].about", reason, {"other": other}, code)

    def asks(self, place: int) -> Problems:
        """What is wrong with the condition of an item; each question it asks about is named once."""
        named = set()
        for one in self.asked[place]:
            if one.subject in named:
                continue
            problem = self._context(one, place) if one.of_context else self._question(one, place)
            if problem:
                named.add(one.subject)
                yield problem

    def _problem(self, place: int, reason: str, other: str, **detail: str) -> DocumentProblem:
        code = self.items[place]["code"]
        return DocumentProblem(f"questions[{place}].show", reason, {"other": other, **detail}, code)

    def _question(self, one: Comparison, place: int) -> DocumentProblem | None:
        at = self.places.get(one.subject)
        if at is None:
            return self._problem(place, "asks unknown", one.subject)
        if at == place:
            return self._problem(place, "asks itself", one.subject)
        if at > place:
            circle = self._circle(place, at)
            if circle:
                codes = " → ".join(self.items[step]["code"] for step in circle)
                return self._problem(place, "cycle", one.subject, codes=codes)
            return self._problem(place, "asks later", one.subject)
        item = self.items[at]
        kind = KINDS.get(item["kind"])
        if kind is None or not kind.comparisons:
            return self._problem(place, "asks nothing", one.subject)
        if one.operator not in kind.comparisons:
            return self._problem(place, "incomparable", one.subject, operator=one.operator)
        question = Question.parse(item)
        return self._value(one, place, lambda value: kind.is_answer(question, value))

    def _context(self, one: Comparison, place: int) -> DocumentProblem | None:
        if one.operator not in OF_CONTEXT[one.subject]:
            return self._problem(place, "incomparable", one.subject, operator=one.operator)
        return self._value(one, place, lambda value: isinstance(value, str))

    def _value(self, one: Comparison, place: int, fits: Callable[[Any], bool]) -> DocumentProblem | None:
        if one.operator == ANSWERED:
            return None
        compared = one.value if isinstance(one.value, tuple) else (one.value,)
        wrong = next((value for value in compared if not fits(value)), None)
        return None if wrong is None else self._problem(place, "value", one.subject, value=excerpt(wrong))

    def _circle(self, start: int, then: int) -> list[int]:
        """The way from ``start`` by ``then`` back to it; [] when there is none."""
        came: dict[int, int] = {then: start}
        waiting = deque([then])
        while waiting:
            at = waiting.popleft()
            if at == start:
                way = [start]
                while way[-1] != then:
                    way.append(came[way[-1]])
                return [start, *reversed(way)]
            for needed in self.needs[at]:
                if needed not in came:
                    came[needed] = at
                    waiting.append(needed)
        return []
