"""Rows of the list of a questionnaire's or a draft's questions."""

from dataclasses import dataclass

from admin.labels.items import summary, text_in_locale
from admin.labels.questions import item_name
from survey.questionnaires.definition import Document, Item
from survey.questionnaires.kinds import asks


@dataclass(frozen=True)
class QuestionRow:
    """An item in a list of questions.

    ``number`` is that of the question, "" for an item that is not numbered; ``notes`` are its type and
    settings; ``at`` is its position among the items, from 0.
    """

    item: Item
    number: str
    text: str
    notes: list[str]
    at: int

    @property
    def code(self) -> str:
        return str(self.item["code"])


def question_rows(document: Document) -> list[QuestionRow]:
    """Return a row for each item of ``document``. Comments on a question and pages are not numbered."""
    rows, number = [], 0
    for position, item in enumerate(document["questions"]):
        is_numbered = asks(item["kind"]) and not item.get("about")
        number += is_numbered
        text = text_in_locale(item) or item_name(document, item["code"])
        rows.append(
            QuestionRow(item, str(number) if is_numbered else "", text, summary(item, document), position)
        )
    return rows
