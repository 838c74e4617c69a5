from admin.drafts.text_labels import describe_position, item_labels
from survey.questionnaires.rules import translating

DOCUMENT = {
    "title": {"zh": "问卷"},
    "summary": {"zh": "简介"},
    "source": {"note": {"zh": "注"}},
    "languages": ["zh"],
    "questions": [
        {"code": "hello", "kind": "statement", "texts": {"zh": "您好"}},
        {"code": "all", "kind": "rating", "texts": {"zh": "总体"}, "labels": [{"zh": "差"}, {"zh": "好"}]},
        {"code": "why", "kind": "text", "about": "all", "texts": {"zh": "为何"}, "help": {"zh": "请写"}},
        {"code": "next", "kind": "page", "texts": {"zh": "后面"}},
        {
            "code": "wait",
            "kind": "number",
            "texts": {"zh": "多久"},
            "unit": {"zh": "分"},
        },
        {
            "code": "what",
            "kind": "ranking",
            "texts": {"zh": "什么"},
            "options": [{"code": "x", "texts": {"zh": "甲"}}, {"code": "a", "texts": {"zh": "乙"}}],
        },
    ],
}
POSITIONS = [
    "Title",
    "Summary",
    "Note on the source",
    "Statement",
    "Question 1",
    "Question 1 · Label 1",
    "Question 1 · Label 2",
    "Comment",
    "Comment · Help",
    "Page break",
    "Question 2",
    "Question 2 · Unit of measure",
    "Question 3",
    "Question 3 · Option 1",
    "Question 3 · Option 2",
]


def test_every_text_has_its_position_in_words(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        labels = item_labels(DOCUMENT)
        positions = [describe_position(piece, DOCUMENT, labels) for piece in translating.pieces(DOCUMENT)]
    assert positions == POSITIONS
