"""Tests of the words for items, conditions and drafts."""

import pytest

from admin import question_rows
from admin.drafts import question_form_context, question_forms
from admin.labels import conditions, items
from survey.questionnaires.rules.starting import new_item
from tests.admin.builder import begun

SOLVED = new_item("yes_no", "solved")
HOW = new_item("single_choice", "how")
DOCUMENT = {"languages": ["zh", "en"], "questions": [SOLVED, HOW]}


@pytest.fixture(autouse=True)
def english(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ({"question": "solved", "is": "equal", "value": 0}, "“Was your problem solved?” is No"),
        (
            {"question": "how", "is": "one_of", "value": ["o1", "o2"]},
            "“How did you hear about us?” is one of A friend, The internet",
        ),
        ({"context": "language", "is": "equal", "value": "en"}, "Language is English"),
        ({"question": "gone", "is": "answered"}, "“gone” is answered"),
        (
            {
                "any": [
                    {"not": {"question": "solved", "is": "answered"}},
                    {
                        "all": [
                            {"context": "channel", "is": "equal", "value": "qr"},
                            {"context": "employee", "is": "different", "value": "E"},
                        ]
                    },
                ]
            },
            (
                "not (“Was your problem solved?” is answered) or (Channel is QR code and Employee "
                "(number) is not E)"
            ),
        ),
    ],
)
def test_a_condition_is_described_in_words(show, words):
    assert conditions.describe_condition(show, DOCUMENT) == words


def test_two_edits_of_an_item_are_compared_setting_by_setting():
    mine = new_item("rating", "a") | {"required": True, "scale": 5}
    theirs = new_item("rating", "a") | {"dimension": "quality", "texts": {"zh": "别的", "en": "Other"}}
    differences = {label: (mine, theirs) for label, mine, theirs in items.differences(mine, theirs, DOCUMENT)}
    assert differences["Required"] == ("Yes", "")
    assert differences["Dimension"] == ("", "Quality")
    assert differences["Question text (English)"] == ("How satisfied are you with our service?", "Other")
    assert "Style" not in differences


def test_a_summary_names_type_scale_dimension_and_condition():
    item = new_item("rating", "a") | {
        "dimension": "环境",
        "show": {"question": "solved", "is": "equal", "value": 1},
    }
    assert items.summary(item, DOCUMENT) == [
        "Rating 1–5",
        "环境",
        "if “Was your problem solved?” is Yes",
    ]
    assert items.summary(HOW, DOCUMENT) == ["Single choice", "3 options"]


def test_questions_are_numbered_and_comments_are_not():
    rows = question_rows.question_rows(begun().document)
    assert [row.number for row in rows] == ["1", "", "2", "", "3", "", "4", "", "5", "6", "7"]


def test_a_form_offers_the_dimensions_of_the_questionnaire():
    document = DOCUMENT | {"questions": [new_item("rating", "a") | {"dimension": "环境"}]}
    form = question_forms.stored_form(document["questions"][0], document)
    values = question_form_context.form_values(document, form, "a", "", fixed=False)
    assert [name for _code, name in values["dimensions"]][-1] == "环境"
    assert len(values["labels"]) == 5
