from admin.choosing import About, choose
from admin.showing import shown


def test_the_part_and_the_page_share_an_address(embedded_app):
    for headers, whole in (({}, True), ({"HX-Request": "true"}, False)):
        with embedded_app.test_request_context("/admin/indexes/", headers=headers):
            response = shown("show", About("Everything", []), choose(), k=5)
        assert ("<html" in response.get_data(as_text=True)) == whole
        assert response.headers["Vary"] == "HX-Request"
        assert "Everything" in response.get_data(as_text=True)
