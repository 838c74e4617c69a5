"""A box to tick: "I agree that …"."""

from survey.questionnaires.definition import Question

from .kind import Plain, Refused


class Consent(Plain):
    name = "consent"

    def parse(self, question: Question, raw: str) -> int:
        if raw != "1":
            raise Refused("range")
        return 1


KIND = Consent()
