"""Questions as their templates show them: in one language, with names put in and the answers so far."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from survey.questionnaires.definition import NOT_APPLICABLE, Option, Question, Texts
from survey.questionnaires.kinds import KINDS, asks


@dataclass(frozen=True)
class QuestionView:
    """A question on a page, for its template.

    ``say`` returns a text in the page's language. ``number`` counts the questions that show, from 1; it is
    None for a statement. ``wrong`` says why the answer was refused, or is "". ``opinions`` are the comments
    that are asked for below it.
    """

    question: Question
    say: Callable[[Texts], str]
    fields: Mapping[str, str]
    number: int | None = None
    wrong: str = ""
    opinions: tuple["QuestionView", ...] = ()

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
        """Return the text of the option with a line to write on, or None."""
        return next((self.say(option.texts) for option in self.question.options if option.other), None)

    def value(self, part: str = "") -> str:
        """Return what was typed into the field of this ``part`` (what follows "~") or the only field."""
        return self.fields.get(f"{self.code}~{part}" if part else self.code, "")

    def is_chosen(self, value: object) -> bool:
        return self.fields.get(self.code) == str(value)

    @property
    def longest(self) -> int:
        """Return how many characters the text may have."""
        most = KINDS[self.question.kind].longest
        return min(most, self.question.maximum or most)

    @property
    def points(self) -> range:
        return range(1, self.question.scale + 1)

    def words(self, *usual: str) -> list[str]:
        """Return the label of each scale point, the lowest first.

        Without labels of its own a question has the ``usual`` words where there are as many as points, and
        otherwise the first and the last of them at the ends.
        """
        scale = self.question.scale
        if self.labels or not usual:
            return (self.labels + [""] * scale)[:scale]
        usual_words = list(usual) if self.question.best == "high" else list(reversed(usual))
        if len(usual_words) == scale:
            return usual_words
        return [usual_words[0], *[""] * (scale - 2), usual_words[-1]]

    def smile(self, point: int) -> int:
        """Return how far the mouth of a face is bent, from -6 (unhappy) to 6 (happy)."""
        bend = round(12 * (point - 1) / (self.question.scale - 1)) - 6
        return bend if self.question.best == "high" else -bend

    @property
    def not_applicable(self) -> str:
        return NOT_APPLICABLE if self.question.not_applicable else ""


def make_views(
    questions: Iterable[Question],
    shown: Collection[str],
    first: int,
    say: Callable[[Texts], str],
    fields: Mapping[str, str],
    errors: Mapping[str, str],
) -> list[QuestionView]:
    """Return the views of a page's ``questions`` in ``shown``, numbered from ``first``.

    A comment is part of the view of its question, where that shows. ``errors`` are by question code.
    """
    visible = [question for question in questions if question.code in shown]
    codes = {question.code for question in visible}
    opinions: dict[str | None, list[QuestionView]] = {}
    for question in visible:
        if question.about in codes:
            opinion = QuestionView(question, say, fields, wrong=errors.get(question.code, ""))
            opinions.setdefault(question.about, []).append(opinion)
    views = []
    for question in visible:
        if question.about in codes:
            continue
        number = first if asks(question.kind) else None
        first += number is not None
        wrong = errors.get(question.code, "")
        own_opinions = tuple(opinions.get(question.code, ()))
        views.append(QuestionView(question, say, fields, number, wrong, own_opinions))
    return views


def count_numbered(questions: Iterable[Question], shown: Collection[str]) -> int:
    """Return how many of ``questions`` make_views() numbers."""
    visible = [question for question in questions if question.code in shown]
    codes = {question.code for question in visible}
    return sum(asks(question.kind) and question.about not in codes for question in visible)


def field_names(views: Iterable[QuestionView]) -> set[str]:
    """Return the names of the fields that the page has for these views."""
    return {
        name
        for view in views
        for drawn in (view, *view.opinions)
        for name in KINDS[drawn.question.kind].names(drawn.question)
    }
