"""Any of several options: each has a checkbox of its own."""

from survey.questionnaires.definition import Answers, Question

from .kind import Column, Fields, Plain, Refused
from .single_choice import other_key, shares, with_line, written


def option_field(question: Question, option: str) -> str:
    return f"{question.code}~{option}"


class MultipleChoice(Plain):
    name = "multiple_choice"

    def names(self, question: Question) -> tuple[str, ...]:
        return with_line(question, *(option_field(question, option.code) for option in question.options))

    def read(self, question: Question, fields: Fields) -> Answers:
        chosen = [o for o in question.options if self._ticked(fields.get(option_field(question, o.code), ""))]
        if not chosen:
            return {}
        if len(chosen) > 1 and any(option.exclusive for option in chosen):
            raise Refused("exclusive")
        alone = chosen[0].exclusive
        if len(chosen) < (question.minimum or 0) and not alone:
            raise Refused("too few")
        if len(chosen) > (question.maximum or len(chosen)):
            raise Refused("too many")
        return {question.code: [option.code for option in chosen]} | written(question, chosen, fields)

    def _ticked(self, raw: str) -> bool:
        if raw not in ("", "1"):
            raise Refused("range")
        return raw == "1"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return shares(question, lambda answer, code: code in answer)

    def exported(self, question: Question) -> tuple[str, ...]:
        keys = tuple(f"{question.code}.{option.code}" for option in question.options)
        return (*keys, *([other_key(question)] if any(o.other for o in question.options) else []))


KIND = MultipleChoice()
