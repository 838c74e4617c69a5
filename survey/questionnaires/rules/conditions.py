"""Display conditions of questions and pages, whose format docs/questionnaires.md describes. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

ANSWERED = "answered"
CONTEXTS = ("place", "employee", "channel", "language")


@dataclass(frozen=True)
class Context:
    """The context of a response. ``place`` are the codes from the root to the service point. ``language`` is
    the tag of the language that the customer reads."""

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
    """A comparison of an answer, or a part of the context, with a value.

    It is false without an answer, whatever the operator, and where the two cannot be compared, as is possible
    in a draft.
    """

    subject: str
    operator: str
    value: Any = None
    of_context: bool = False

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        answer = getattr(context, self.subject) if self.of_context else answers.get(self.subject)
        return answer is not None and self.matches(answer)

    def matches(self, answer: Any) -> bool:
        """Return whether the comparison holds for this answer.

        Of a place only the service point is compared, the last code; only "contains" uses all codes.
        """
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
    """A condition that holds if every part does."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        for part in self.parts:  # noqa: SIM110 a generator would double the time
            if not part.holds(answers, context):
                return False
        return True


@dataclass(frozen=True)
class AnyOf:
    """A condition that holds if at least one part does."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Mapping[str, Any], context: Context) -> bool:
        for part in self.parts:  # noqa: SIM110 a generator would double the time
            if part.holds(answers, context):
                return True
        return False


@dataclass(frozen=True)
class Not:
    """A condition that holds if its part does not, including a part about a question not answered."""

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
    """Return whether the condition holds, given ``answers``.

    These may not contain hidden answers or NOT_APPLICABLE; visibility.visible() leaves them out.
    """
    return condition.holds(answers, context)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield all comparisons in the condition, in order."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
            yield from comparisons(part)


def questions(condition: Condition) -> frozenset[str]:
    """Return the codes of the questions that the condition refers to."""
    return frozenset(comparison.subject for comparison in comparisons(condition) if not comparison.of_context)
