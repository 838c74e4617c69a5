"""The use case "export counts": how many gave each answer, by service point and month.

It is what managers take away: sums of the same batches as their pages show, and no row of one response.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.i18n import text_of
from survey.periods import Period
from survey.places.models import Place
from survey.places.queries import roots
from survey.questionnaires.models import Version
from survey.responses.export.columns import Cell, value_labels
from survey.responses.export.words import words
from survey.tallies.queries import subjects
from survey.tallies.reading import monthly_rows, pool_of
from survey.tallies.rules.pooling import Pool, PooledQuestion
from survey.tallies.selection import Selection
from survey.transaction import snapshot


@dataclass(frozen=True)
class CountsExport:
    """A request: the counts of versions of one questionnaire, the newest first, at the service points in the
    part of the tree at ``top`` (None: everywhere), in the months of a period, in a language for texts.
    ``withheld``: with the questions that are withheld from whoever is assessed."""

    versions: Sequence[Version]
    period: Period
    top: Place | None
    language: str
    withheld: bool = False

    def records(self) -> Iterator[Mapping[str, object]]:
        """Yield a record, with the fields of COUNT_COLUMNS, for each answer that somebody gave; the first of
        a month has no question, and says how many responses there are."""
        pool = pool_of(self.versions, self.withheld)
        selection = Selection(self.versions, self.period)
        with snapshot():
            for point in self._points():
                rows = monthly_rows(pool, selection, point.key)
                about = {"place_code": point.code, "place_name": point.named(self.language)}
                for start, row in zip(self.period.months(), rows.tolist(), strict=True):
                    for record in self._month(pool, row):
                        yield {"month": f"{start:%Y-%m}"} | about | record

    def _month(self, pool: Pool, row: Sequence[int]) -> Iterator[dict[str, object]]:
        if row[0]:
            none = dict.fromkeys(("question", "option", "value", "value_label"), "")
            yield none | {"text": words(self.language)["responses"], "answers": row[0]}
        for question in pool.questions:
            numbers = row[question.start : question.end]
            for value, n in zip(question.bins, numbers, strict=True):
                if n:
                    yield self._answer(question, value, n)

    def _points(self) -> list[subjects.Subject]:
        tops = [self.top] if self.top else roots()
        return [
            point
            for top in tops
            for point in ([subjects.of_place(top)] if top.kind == "point" else subjects.below(top, "point"))
        ]

    def _answer(self, question: PooledQuestion, value: Cell, n: int) -> dict[str, object]:
        code, _dot, option = question.code.partition(".")
        return {
            "question": code,
            "option": option,
            "text": text_of(question.question.texts, self.language),
            "value": value,
            "value_label": value_labels(question.question, self.language).get(value, ""),
            "answers": n,
        }
