"""What somebody answered, in words."""

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
    """(question, answer) in the order in which they are asked; what the draft no longer asks comes last."""
    found = []
    for question in definition.questions:
        if question.code in answers:
            said = _describe_answer(question, answers[question.code], language)
            other = answers.get(question.code + OTHER, "")
            if other:
                said = _("%(text)s (%(detail)s)", text=said, detail=other)
            found.append((question.text(language), said))
    rest = [code for code in answers if code.partition("~")[0] not in definition.by_code]
    return found + [(code, str(answers[code])) for code in rest]


def _describe_answer(question: Question, answer: Any, language: str) -> str:
    if answer == NOT_APPLICABLE:
        return _("Not applicable")
    kind = KINDS[question.kind]
    texts = {value: text_of(of, language) for value, of in kind.words(question).items()}
    if kind.is_scale:
        return f"{answer} · {texts[answer]}" if texts.get(answer) else str(answer)
    given = answer if isinstance(answer, list) else [answer]
    return kind.between.join(texts.get(one) or str(one) for one in given)
