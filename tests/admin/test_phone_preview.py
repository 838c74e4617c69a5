"""Tests of what the phones of a draft and of the library have in common."""

from admin import phone_preview
from survey.answering.links import preview_link
from survey.questionnaires import library_catalogue


def test_a_forged_form_leads_back_to_the_first_page(embedded_app):
    definition = library_catalogue.entry("r5").definition
    link = preview_link(definition, definition.title, phone_preview.PLACE)
    with embedded_app.test_request_context("/?lang=en", method="POST", data={"nobody": "1"}):
        page = phone_preview.next_page(link)
    assert page.status_code == 200
    assert "The draft has changed. This is its beginning." in page.get_data(as_text=True)
    assert "Sample service point" in page.get_data(as_text=True)
