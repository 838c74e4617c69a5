"""Whose answers are withheld from the employees who are assessed, where versions of a questionnaire differ.

Answers were given under the promise of their version. So a version that withholds a question keeps back its
own answers and all older ones, and a newer version that lifts this shows what is answered under itself.
"""

from collections.abc import Iterable, Sequence

from survey.questionnaires.definition import Definition


def withheld_codes(definitions: Iterable[Definition]) -> list[frozenset[str]]:
    """Return, for each of these versions (the newest first), the codes of the questions that it or a newer
    one withholds."""
    withheld: frozenset[str] = frozenset()
    by_version = []
    for definition in definitions:
        withheld |= _withheld(definition)
        by_version.append(withheld)
    return by_version


def lifted_codes(new: Definition, earlier: Sequence[Definition]) -> list[str]:
    """Return the codes of the questions that ``new`` does not withhold, and that the newest of the
    ``earlier`` versions (the newest first) that asks them does."""
    newest: dict[str, bool] = {}
    for definition in earlier:
        for question in definition.questions:
            newest.setdefault(question.code, question.withheld)
    return [
        question.code
        for question in new.questions
        if newest.get(question.code, False) and not question.withheld
    ]


def _withheld(definition: Definition) -> frozenset[str]:
    return frozenset(question.code for question in definition.questions if question.withheld)
