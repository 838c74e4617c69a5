"""The name and phone number of a customer who asks for a callback, stored apart from the answers."""

import re

from survey.questionnaires.definition import Answers, Question

from .kind import ASKED, N_, FormFields, InvalidAnswer, Kind
from .text import REFUSALS, clean
from .wordings import bilingual

LONGEST_NAME = 80
PHONE = re.compile(r"\+?[0-9]{5,15}", re.ASCII)


def name_field(question: Question) -> str:
    return f"{question.code}~name"


def phone_field(question: Question) -> str:
    return f"{question.code}~phone"


class ContactKind(Kind):
    """The contact details of a customer who asks for a callback."""

    name = "contact"
    title = N_("Contact details")
    example = N_("For a callback; stored separately from the answers")
    order = 13
    begins = {
        "texts": bilingual(
            "希望我们回电吗？请留下姓名和电话。", "Would you like a call? Leave your name and number."
        )
    }
    settings = ASKED
    apart = True
    refusals = REFUSALS | {"phone": N_("please enter a phone number of 5 to 15 digits")}

    def names(self, question: Question) -> tuple[str, ...]:
        return (name_field(question), phone_field(question))

    def read(self, question: Question, fields: FormFields) -> Answers:
        """Return {"name": …, "phone": …} under the question's code; a phone number is required for a call."""
        name = clean(fields.get(name_field(question), ""), LONGEST_NAME)
        phone = re.sub(r"[\s().-]", "", fields.get(phone_field(question), ""))
        if not name and not phone:
            return {}
        if not PHONE.fullmatch(phone):
            raise InvalidAnswer("phone")
        return {question.code: {"name": name or "", "phone": phone}}


KIND = ContactKind()
