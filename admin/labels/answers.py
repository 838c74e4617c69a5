"""The answers of a response in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from survey.i18n import text_of
from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.kinds import KINDS

OTHER = "~other"


def describe_answers(
    definition: Definition, answers: Mapping[str, Any], language: str
) -> list[tuple[str, str]]:
    """Return pairs of question and answer, in the order of the questions.

    Answers to questions that the draft no longer has come last, with their codes instead of a text.
    """
    pairs = []
    for question in definition.questions:
        if question.code in answers:
            text = _describe_answer(question, answers[question.code], language)
            other = answers.get(question.code + OTHER, "")
            if other:
                text = _("%(text)s (%(detail)s)", text=text, detail=other)
            pairs.append((question.text(language), text))
    rest = [code for code in answers if code.partition("~")[0] not in definition.by_code]
    return pairs + [(code, str(answers[code])) for code in rest]


def _describe_answer(question: Question, answer: Any, language: str) -> str:
    if answer == NOT_APPLICABLE:
        return _("Not applicable")
    kind = KINDS[question.kind]
    texts = {value: text_of(of, language) for value, of in kind.words(question).items()}
    if kind.is_scale:
        return f"{answer} · {texts[answer]}" if texts.get(answer) else str(answer)
    given = answer if isinstance(answer, list) else [answer]
    return kind.between.join(texts.get(option) or str(option) for option in given)
