from admin.labels.answers import describe_answers
from survey.questionnaires.definition import Definition

OPTIONS = [{"code": "a", "texts": {"en": "Apples"}}, {"code": "b", "texts": {"en": "Pears"}, "other": True}]
DEFINITION = Definition.parse(
    {
        "languages": ["en"],
        "questions": [
            {
                "code": "r",
                "kind": "rating",
                "texts": {"en": "Rate"},
                "scale": 2,
                "labels": [{"en": "Bad"}, {"en": "Good"}],
            },
            {
                "code": "n",
                "kind": "nps",
                "texts": {"en": "Recommend"},
                "labels": [{"en": "No!"}, {"en": "Yes!"}],
            },
            {"code": "y", "kind": "yes_no", "texts": {"en": "Solved"}, "not_applicable": True},
            {"code": "c", "kind": "multiple_choice", "texts": {"en": "Fruit"}, "options": OPTIONS},
            {"code": "o", "kind": "ranking", "texts": {"en": "Order"}, "options": OPTIONS},
            {"code": "k", "kind": "consent", "texts": {"en": "Agree"}},
            {"code": "m", "kind": "number", "texts": {"en": "Minutes"}},
        ],
    }
)


def describe(app, **answers):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return describe_answers(DEFINITION, answers, "en")


def test_answers_have_the_order_and_the_words_of_the_questions(embedded_app):
    answers = {"m": 3.5, "k": 1, "o": ["b", "a"], "c": ["a", "b"], "c~other": "Plums", "y": 0, "n": 1, "r": 2}
    assert describe(embedded_app, **answers) == [
        ("Rate", "2 · Good"),
        ("Recommend", "1"),
        ("Solved", "No"),
        ("Fruit", "Apples, Pears (Plums)"),
        ("Order", "Pears › Apples"),
        ("Agree", "Yes"),
        ("Minutes", "3.5"),
    ]


def test_inapplicable_answers_and_deleted_questions_are_described_too(embedded_app):
    assert describe(embedded_app, y="na", gone=[1], c=["z"]) == [
        ("Solved", "Not applicable"),
        ("Fruit", "z"),
        ("gone", "[1]"),
    ]
