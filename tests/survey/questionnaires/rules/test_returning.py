from copy import deepcopy

import pytest

from survey.questionnaires.rules import returning
from survey.questionnaires.rules.returning import TranslationRow
from survey.questionnaires.rules.translating import TextChanged

DOCUMENT = {
    "title": {"zh": "问卷", "en": "Survey"},
    "languages": ["zh", "en"],
    "questions": [
        {"code": "a", "kind": "nps", "texts": {"zh": "甲"}},
        {"code": "b", "kind": "nps", "texts": {"zh": "乙"}},
    ],
}


def check(*rows):
    return returning.check(
        DOCUMENT, "en", [TranslationRow(number, *row) for number, row in enumerate(rows, 2)]
    )


def test_only_texts_that_differ_are_changes():
    checked = check(("title", "问卷", "Survey"), ("a.texts", "甲", "First"), ("b.texts", "乙", ""))
    assert [(change.row, change.piece.key, change.before, change.after) for change in checked.changes] == [
        (3, "a.texts", "", "First")
    ]
    assert checked.problems == ()
    changed = returning.apply(deepcopy(DOCUMENT), "en", checked.changes)
    assert changed["questions"][0]["texts"] == {"zh": "甲", "en": "First"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("a.texts", "甲", "=1+1", True), "The cell contains a formula, not text."),
        (("", "甲", "First"), "The key is missing, so the text cannot be matched."),
        (("nothing.texts", "甲", "First"), "The questionnaire has no text “nothing.texts”."),
        (("x" * 100, "甲", "First"), f"The questionnaire has no text “{'x' * 60}…”."),
        (("title", "问卷", "Again"), "This text is already in row 2."),
        (("a.texts", "旧", "First"), "The original has changed to: “甲”."),
        (("a.texts", "甲", "x" * 2001), "At most 2000 characters."),
        (("a.texts", "甲", "a\u202eb"), "It contains characters that cannot be shown."),
    ],
)
def test_each_invalid_row_is_reported_by_its_number_and_valid_rows_remain(row, message):
    checked = check(("title", "问卷", "The survey"), row, ("b.texts", "乙", "Second"))
    (problem,) = checked.problems
    assert (problem.row, problem.text % problem.detail) == (3, message)
    assert [change.piece.key for change in checked.changes] == ["title", "b.texts"]


def test_a_text_written_meanwhile_is_not_overwritten():
    changes = check(("title", "问卷", "The survey")).changes
    other = deepcopy(DOCUMENT) | {"title": {"zh": "问卷", "en": "Hers"}}
    with pytest.raises(TextChanged):
        returning.apply(other, "en", changes)
