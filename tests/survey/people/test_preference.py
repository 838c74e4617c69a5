from __future__ import annotations

from flask import Flask

from survey.db import db
from survey.people.preference import prefer_locale
from tests import factories


def test_a_language_is_remembered_for_the_person_alone(app: Flask):
    wang, li = factories.staff(), factories.staff()
    before = li.locale
    prefer_locale(wang, "en")
    db.session.rollback()
    db.session.expire_all()
    assert (wang.locale, li.locale) == ("en", before)
