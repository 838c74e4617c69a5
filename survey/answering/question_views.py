"""A question as its template draws it: in one language, with names put in and what was answered so far."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from survey.questionnaires.definition import NOT_APPLICABLE, Option, Question, Texts
from survey.questionnaires.kinds import KINDS, asks


@dataclass(frozen=True)
class Asked:
    """``say`` gives a text in the page's language. ``number`` counts the questions that show, from 1; None
    for what asks nothing. ``wrong`` says why its answer was refused, "" when it was not."""

    question: Question
    say: Callable[[Texts], str]
    fields: Mapping[str, str]
    number: int | None = None
    wrong: str = ""
    opinions: tuple["Asked", ...] = ()

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def text(self) -> str:
        return self.say(self.question.texts)

    @property
    def help(self) -> str:
        return self.say(self.question.help)

    @property
    def labels(self) -> list[str]:
        return [self.say(texts) for texts in self.question.labels]

    @property
    def options(self) -> list[tuple[Option, str]]:
        return [(option, self.say(option.texts)) for option in self.question.options]

    @property
    def other(self) -> str | None:
        """What the option that brings a line says, None when there is none."""
        return next((self.say(option.texts) for option in self.question.options if option.other), None)

    def value(self, part: str = "") -> str:
        """What was typed into one of its fields: "" or the part after "~"."""
        return self.fields.get(f"{self.code}~{part}" if part else self.code, "")

    def is_chosen(self, value: object) -> bool:
        return self.fields.get(self.code) == str(value)

    @property
    def longest(self) -> int:
        """The characters that a text may have."""
        most = KINDS[self.question.kind].longest
        return min(most, self.question.maximum or most)

    @property
    def points(self) -> range:
        return range(1, self.question.scale + 1)

    def words(self, *usual: str) -> list[str]:
        """What each point of a rating says, the lowest first: its labels, else the ``usual`` words when
        there are as many, else the first and the last of them at the ends."""
        scale = self.question.scale
        if self.labels or not usual:
            return (self.labels + [""] * scale)[:scale]
        said = list(usual) if self.question.best == "high" else list(reversed(usual))
        return said if len(said) == scale else [said[0], *[""] * (scale - 2), said[-1]]

    def smile(self, point: int) -> int:
        """How far the mouth of a face is bent: from -6, unhappy, to 6."""
        bent = round(12 * (point - 1) / (self.question.scale - 1)) - 6
        return bent if self.question.best == "high" else -bent

    @property
    def not_applicable(self) -> str:
        return NOT_APPLICABLE if self.question.not_applicable else ""


def asked(
    questions: Iterable[Question],
    shown: Collection[str],
    first: int,
    say: Callable[[Texts], str],
    fields: Mapping[str, str],
    errors: Mapping[str, str],
) -> list[Asked]:
    """Those of a page's ``questions`` that show, numbered from ``first``; an opinion within its question."""
    here = [question for question in questions if question.code in shown]
    codes = {question.code for question in here}
    opinions: dict[str | None, list[Asked]] = {}
    for question in here:
        if question.about in codes:
            opinion = Asked(question, say, fields, wrong=errors.get(question.code, ""))
            opinions.setdefault(question.about, []).append(opinion)
    found = []
    for question in here:
        if question.about in codes:
            continue
        number = first if asks(question.kind) else None
        first += number is not None
        wrong = errors.get(question.code, "")
        about_it = tuple(opinions.get(question.code, ()))
        found.append(Asked(question, say, fields, number, wrong, about_it))
    return found


def count(questions: Iterable[Question], shown: Collection[str]) -> int:
    """How many numbers asked() gives to these."""
    here = [question for question in questions if question.code in shown]
    codes = {question.code for question in here}
    return sum(asks(one.kind) and one.about not in codes for one in here)


def names(asked: Iterable[Asked]) -> set[str]:
    """The names of the fields that are drawn."""
    return {
        name
        for one in asked
        for drawn in (one, *one.opinions)
        for name in KINDS[drawn.question.kind].names(drawn.question)
    }
