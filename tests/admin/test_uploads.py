from admin import uploads
from tests import factories


def test_a_file_is_sealed_for_one_person_and_one_kind_of_import(embedded_app, monkeypatch):
    wang, li = factories.staff(), factories.staff()
    monkeypatch.setattr(uploads, "me", lambda: wang)
    with embedded_app.test_request_context():
        file = uploads.sign("a,b", "places import")
    with embedded_app.test_request_context(method="POST", data={"file": file}):
        assert uploads.read_signed("places import") == "a,b"
        assert uploads.read_signed("targets import") is None
        monkeypatch.setattr(uploads, "me", lambda: li)
        assert uploads.read_signed("places import") is None
