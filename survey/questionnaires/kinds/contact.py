"""A name and a telephone number of who wants to be called back: stored apart from the answers."""

import re

from survey.questionnaires.definition import Answers, Question

from .kind import Fields, Plain, Refused
from .text import clean

LONGEST_NAME = 80
PHONE = re.compile(r"\+?[0-9]{5,15}", re.ASCII)


def name_field(question: Question) -> str:
    return f"{question.code}~name"


def phone_field(question: Question) -> str:
    return f"{question.code}~phone"


class Contact(Plain):
    name = "contact"
    apart = True

    def names(self, question: Question) -> tuple[str, ...]:
        return (name_field(question), phone_field(question))

    def read(self, question: Question, fields: Fields) -> Answers:
        """{"name": …, "phone": …} under the question's code. A name alone cannot be called."""
        name = clean(fields.get(name_field(question), ""), LONGEST_NAME)
        phone = re.sub(r"[\s().-]", "", fields.get(phone_field(question), ""))
        if not name and not phone:
            return {}
        if not PHONE.fullmatch(phone):
            raise Refused("phone")
        return {question.code: {"name": name or "", "phone": phone}}

    def exported(self, question: Question) -> tuple[str, ...]:
        return ()


KIND = Contact()
