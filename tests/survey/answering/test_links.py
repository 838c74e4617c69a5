"""Links are cached briefly, and unknown codes never."""

from survey.answering.links import LinkCache
from survey.db import db
from tests import factories


def test_a_link_is_remembered_for_its_seconds_and_then_looked_up_again(app):
    link = factories.link()
    now = [0.0]
    links = LinkCache(5, lambda: now[0])
    assert links.find(link.code).open
    link.retired_on = factories.PUBLISHED_ON
    db.session.commit()
    assert links.find(link.code).open
    now[0] = 5.0
    assert not links.find(link.code).open


def test_an_unknown_code_is_not_remembered(app):
    links = LinkCache(5)
    assert links.find("22222222") is None
    link = factories.link()
    link.code = "22222222"
    db.session.commit()
    assert links.find("22222222") is not None
