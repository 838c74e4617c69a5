from flask_babel import force_locale

from admin.labels.versions import compare_items, compare_settings
from survey.questionnaires.rules.comparing import compare
from tests.catalogue import zh

BEFORE = {
    "title": {"zh": "旧"},
    "languages": ["zh"],
    "questions": [
        {"code": "a", "kind": "rating", "dimension": "value", "texts": {"zh": "甲"}},
        {"code": "b", "kind": "text", "texts": {"zh": "乙"}},
    ],
}
AFTER = {
    "title": {"zh": "新"},
    "languages": ["zh", "en"],
    "weights": {"value": 2},
    "questions": [
        {"code": "a", "kind": "rating", "scale": 7, "dimension": "value", "texts": {"zh": "甲"}},
        {"code": "c", "kind": "text", "texts": {"zh": "丙"}},
    ],
}


def test_differences_have_a_label_and_the_old_and_new_text(embedded_app):
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        comparison = compare(BEFORE, AFTER)
        rows = compare_items(comparison, BEFORE, AFTER)
        states = [("甲", zh("Changed")), ("乙", zh("Removed")), ("丙", zh("Added"))]
        assert [(row.name, row.state) for row in rows] == states
        assert any("5" in old and "7" in new for _label, old, new in rows[0].lines)
        assert all(old and not new for _label, old, new in rows[1].lines)
        settings = list(compare_settings(comparison, BEFORE, AFTER))
        assert (zh("Title (%(language)s)", language="中文"), "旧", "新") in settings
        assert (zh("Weight of “%(dimension)s”", dimension=zh("Value")), "1", "2") in settings
