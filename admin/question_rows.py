"""The questions of a questionnaire or draft, as lists of them are shown."""

from dataclasses import dataclass

from admin.labels.items import summary, text_in_locale
from admin.labels.questions import item_name
from survey.questionnaires.definition import Document, Item
from survey.questionnaires.kinds import asks


@dataclass(frozen=True)
class QuestionRow:
    """``number``: the question's, "" for what is not numbered. ``notes`` say what kind it is and so on.
    ``at``: at which place it stands, from 0."""

    item: Item
    number: str
    text: str
    notes: list[str]
    at: int

    @property
    def code(self) -> str:
        return str(self.item["code"])


def question_rows(document: Document) -> list[QuestionRow]:
    found, number = [], 0
    for at, item in enumerate(document["questions"]):
        counts = asks(item["kind"]) and not item.get("about")
        number += counts
        text = text_in_locale(item) or item_name(document, item["code"])
        found.append(QuestionRow(item, str(number) if counts else "", text, summary(item, document), at))
    return found
