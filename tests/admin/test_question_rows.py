"""Tests of the numbering in the list of a draft's questions."""

from admin.question_rows import question_rows
from tests.admin.builder import begun


def test_questions_are_numbered_and_their_comments_are_not(embedded_app):
    with embedded_app.test_request_context():
        listed = question_rows(begun().document)
    asked = [row for row in listed if row.number]
    assert [row.number for row in asked] == [str(number) for number in range(1, len(asked) + 1)]
    assert all(row.number == "" for row in listed if row.item.get("about"))
    assert [row.at for row in listed] == list(range(len(listed)))
