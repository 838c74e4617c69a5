"""Conditions under which a question or a page is asked. The format: docs/questionnaires.md. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

ANSWERED = "answered"
CONTEXTS = ("place", "employee", "channel", "language")


@dataclass(frozen=True)
class Context:
    """Where an answer is given. ``place``: the codes on the way from the root to the service point.
    ``language``: the questionnaire's own key of the language in which it is read."""

    place: tuple[str, ...] = ()
    employee: str | None = None
    channel: str = ""
    language: str = ""


def _within(answer: Any, value: Any) -> bool:
    return value in answer


def _one_of(answer: Any, values: Any) -> bool:
    return answer in values


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    ANSWERED: lambda _answer, _value: True,
    "equal": eq,
    "different": ne,
    "less": lt,
    "at_most": le,
    "more": gt,
    "at_least": ge,
    "contains": _within,
    "one_of": _one_of,
}


@dataclass(frozen=True)
class Comparison:
    """An answer, or a part of the context, compared with a value. Without an answer it is false whatever
    the operator; so it is where the two cannot be compared, as a draft may ask."""

    subject: str
    operator: str
    value: Any = None
    of_context: bool = False

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        answer = getattr(context, self.subject) if self.of_context else answers.get(self.subject)
        return answer is not None and self.matches(answer)

    def matches(self, answer: Any) -> bool:
        """Whether it holds for this answer. A place is the point at the end of its way; only "contains"
        looks at the whole of it."""
        if self.of_context and self.subject == "place" and self.operator != "contains":
            if not answer:
                return False
            answer = answer[-1]
        try:
            return OPERATORS[self.operator](answer, self.value)
        except TypeError:
            return False


@dataclass(frozen=True)
class AllOf:
    """Holds when every part does."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        for part in self.parts:  # noqa: SIM110 a generator would double the time
            if not part.holds(answers, context):
                return False
        return True


@dataclass(frozen=True)
class AnyOf:
    """Holds when at least one part does."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        for part in self.parts:  # noqa: SIM110 a generator would double the time
            if part.holds(answers, context):
                return True
        return False


@dataclass(frozen=True)
class Not:
    """Holds when its part does not, also where that asks for what was not answered."""

    part: "Condition"

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        return not self.part.holds(answers, context)


Condition = AllOf | AnyOf | Not | Comparison


def parse(show: Mapping[str, Any]) -> Condition:
    """The condition of a document that has passed checking.py."""
    if "all" in show:
        return AllOf(tuple(parse(part) for part in show["all"]))
    if "any" in show:
        return AnyOf(tuple(parse(part) for part in show["any"]))
    if "not" in show:
        return Not(parse(show["not"]))
    value = show.get("value")
    if isinstance(value, list):
        value = tuple(value)
    if "context" in show:
        return Comparison(show["context"], show["is"], value, of_context=True)
    return Comparison(show["question"], show["is"], value)


def holds(condition: Condition, answers: Mapping[str, Any], context: Context) -> bool:
    """Whether it does, given what is answered: neither hidden answers nor "not applicable" (NOT_APPLICABLE)
    may be among ``answers``; see visibility.visible, which sees to that."""
    return condition.holds(answers, context)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """All in it, in order."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
            yield from comparisons(part)


def questions(condition: Condition) -> frozenset[str]:
    """The codes of the questions it asks about."""
    return frozenset(one.subject for one in comparisons(condition) if not one.of_context)
