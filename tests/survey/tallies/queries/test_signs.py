from sqlalchemy import update

from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies.queries import signs
from survey.transaction import transaction
from tests import factories
from tests.survey.tallies.answers import give, release_all


def test_each_response_without_signs_is_found_once_page_after_page(app, monkeypatch):
    monkeypatch.setattr(signs, "PAGE", 2)
    point, elsewhere, version = factories.place(), factories.place(), factories.version()
    give(point, version)
    give(elsewhere, version)
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(signs=None))
    release_all()
    pages = []
    with transaction():
        for page in signs.unchecked_pages(point.id):
            pages.append(len(page))
            signs.save_signs((3, point.id, response.id) for response in page)
    assert pages == [2, 2, 1]
    assert {response.signs for response in db.session.query(Response).filter_by(place_id=point.id)} == {3}
    assert {response.signs for response in db.session.query(Response).filter_by(place_id=elsewhere.id)} == {
        None
    }
