"""How the questions of a draft are listed: numbered, unless they are not asked."""

from admin.question_rows import question_rows
from tests.admin.builder import begun


def test_questions_are_numbered_and_what_belongs_to_one_is_not(embedded_app):
    with embedded_app.test_request_context():
        listed = question_rows(begun().document)
    asked = [row for row in listed if row.number]
    assert [row.number for row in asked] == [str(number) for number in range(1, len(asked) + 1)]
    assert all(row.number == "" for row in listed if row.item.get("about"))
    assert [row.at for row in listed] == list(range(len(listed)))
