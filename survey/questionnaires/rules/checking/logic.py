"""The references between questions of a well-formed document: conditions and comments."""

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
    """Yield the problems of the logic of a document without errors."""
    items = _Items(document["questions"])
    reported = set()
    for place, item in enumerate(items.items):
        item_problems = [*items.about(place), *items.asks(place)]
        yield from item_problems
        if item_problems:
            reported.add(item["code"])
    if any(item.get("show") for item in items.items):
        yield from _check_never_shown(Definition.parse(document), items, reported)


def _check_never_shown(definition: Definition, items: "_Items", reported: set[str]) -> Problems:
    """Yield the items that never show because of their own condition."""
    hidden = never_shown(definition)
    for page in definition.pages:
        codes_on_page = [question.code for question in page.questions]
        for code in (
            [page.code] if page.code in hidden else [code for code in codes_on_page if code in hidden]
        ):
            place = items.places[code]
            if items.items[place].get("show") and code not in reported:
                yield DocumentProblem(f"questions[{place}].show", "never", {"other": code}, code)


@dataclass
class _Items:
    """The items of a document, by their places from 0."""

    items: Sequence[Mapping[str, Any]]

    @cached_property
    def places(self) -> dict[str, int]:
        return {item["code"]: place for place, item in enumerate(self.items)}

    @cached_property
    def pages(self) -> list[int]:
        """Return the number of each item's page."""
        number, numbers = 0, []
        for item in self.items:
            number += item["kind"] == PAGE
            numbers.append(number)
        return numbers

    @cached_property
    def comparisons(self) -> list[list[Comparison]]:
        """Return the comparisons in each item's condition."""
        shows = [item.get("show") for item in self.items]
        return [list(comparisons(parse(show))) if show else [] for show in shows]

    @cached_property
    def needs(self) -> list[list[int]]:
        """Return for each item the places of those that decide whether it shows, including its page."""
        heads: dict[int, int] = {}
        needed = []
        for place, item in enumerate(self.items):
            if item["kind"] == PAGE:
                heads[self.pages[place]] = place
            codes = [
                comparison.subject for comparison in self.comparisons[place] if not comparison.of_context
            ]
            places = [self.places[code] for code in (*codes, item.get("about")) if code in self.places]
            head = heads.get(self.pages[place], place)
            needed.append(list(dict.fromkeys([*places, *([head] if head != place else [])])))
        return needed

    def about(self, place: int) -> Problems:
        code, other = self.items[place]["code"], self.items[place].get("about")
        if other is None:
            return
        target = self.places.get(other)
        if target is None:
            reason = "about unknown"
        elif target >= place:
            reason = "about later"
        elif not asks(self.items[target]["kind"]) or self.items[target].get("about"):
            reason = "about kind"
        elif self.pages[target] != self.pages[place]:
            reason = "about elsewhere"
        else:
            return
        yield DocumentProblem(f"questions[{place}].about", reason, {"other": other}, code)

    def asks(self, place: int) -> Problems:
        """Yield the problems in the condition of an item, at most one for each question it refers to."""
        reported = set()
        for comparison in self.comparisons[place]:
            if comparison.subject in reported:
                continue
            problem = (
                self._context(comparison, place)
                if comparison.of_context
                else self._question(comparison, place)
            )
            if problem:
                reported.add(comparison.subject)
                yield problem

    def _problem(self, place: int, reason: str, other: str, **detail: str) -> DocumentProblem:
        code = self.items[place]["code"]
        return DocumentProblem(f"questions[{place}].show", reason, {"other": other, **detail}, code)

    def _question(self, comparison: Comparison, place: int) -> DocumentProblem | None:
        target = self.places.get(comparison.subject)
        if target is None:
            return self._problem(place, "asks unknown", comparison.subject)
        if target == place:
            return self._problem(place, "asks itself", comparison.subject)
        if target > place:
            cycle = self._cycle(place, target)
            if cycle:
                codes = " → ".join(self.items[step]["code"] for step in cycle)
                return self._problem(place, "cycle", comparison.subject, codes=codes)
            return self._problem(place, "asks later", comparison.subject)
        item = self.items[target]
        kind = KINDS.get(item["kind"])
        if kind is None or not kind.comparisons:
            return self._problem(place, "asks nothing", comparison.subject)
        if comparison.operator not in kind.comparisons:
            return self._problem(place, "incomparable", comparison.subject, operator=comparison.operator)
        question = Question.parse(item)
        return self._value(comparison, place, lambda value: kind.is_answer(question, value))

    def _context(self, comparison: Comparison, place: int) -> DocumentProblem | None:
        if comparison.operator not in OF_CONTEXT[comparison.subject]:
            return self._problem(place, "incomparable", comparison.subject, operator=comparison.operator)
        return self._value(comparison, place, lambda value: isinstance(value, str))

    def _value(
        self, comparison: Comparison, place: int, fits: Callable[[Any], bool]
    ) -> DocumentProblem | None:
        if comparison.operator == ANSWERED:
            return None
        compared = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
        wrong = next((value for value in compared if not fits(value)), None)
        return (
            None if wrong is None else self._problem(place, "value", comparison.subject, value=excerpt(wrong))
        )

    def _cycle(self, start: int, then: int) -> list[int]:
        """Return a cycle of places from ``start`` through ``then`` back to it; [] without one."""
        came_from: dict[int, int] = {then: start}
        queue = deque([then])
        while queue:
            place = queue.popleft()
            if place == start:
                cycle = [start]
                while cycle[-1] != then:
                    cycle.append(came_from[cycle[-1]])
                return [start, *reversed(cycle)]
            for needed in self.needs[place]:
                if needed not in came_from:
                    came_from[needed] = place
                    queue.append(needed)
        return []
