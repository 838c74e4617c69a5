"""A day."""

from datetime import date

from survey.questionnaires.definition import Question

from .kind import Plain, Refused


class Date(Plain):
    name = "date"

    def parse(self, question: Question, raw: str) -> str | None:
        spelled = raw.strip()
        if not spelled:
            return None
        try:
            day = date.fromisoformat(spelled)
        except ValueError:
            raise Refused("date") from None
        if not (question.minimum or "0001-01-01") <= day.isoformat() <= (question.maximum or "9999-12-31"):
            raise Refused("bounds")
        return day.isoformat()


KIND = Date()
