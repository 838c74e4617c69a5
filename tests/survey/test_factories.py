from tests import factories


def test_things_can_be_made(app, client, sign_in):
    link = factories.link()
    assert link.place.path == f"/{link.place_id}/"
    sign_in(client, factories.staff())
    assert client.get("/admin/account").status_code == 200
