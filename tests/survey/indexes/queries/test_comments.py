from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from survey.indexes import folding
from survey.indexes.queries import comments
from tests import factories
from tests.survey.indexes.answers import ALIKE, DAY, RATINGS, give


def test_only_those_who_wrote_are_read(app: Flask):
    version = factories.version()
    top, _, (point, other) = factories.company(1, 2)
    give(point, version, *[ALIKE] * 5)
    give(point, version, *[dict.fromkeys(RATINGS, 3)] * 3, day=DAY + timedelta(1))
    give(other, version, ALIKE | {"comment": '100% "good" \\ _'}, day=date(2026, 1, 1))
    folding.fold_all()
    assert comments.answered(top, [version.id]) == 8
    counts = {(place_id, day): n for place_id, day, n in comments.respondents(top, [version.id])}
    assert counts == {(point.id, DAY): 5, (point.id, DAY + timedelta(1)): 3, (other.id, date(2026, 1, 1)): 1}
    found = comments.responses(top, [version.id], ["comment"], DAY, DAY + timedelta(30))
    assert [one.answers["comment"] for one in found] == ["好"] * 5
    found = comments.responses(other, [version.id], ["comment", "value_opinion"], date(2026, 1, 1), DAY)
    assert [one.answers["comment"] for one in found] == ['100% "good" \\ _']
    assert comments.answered(top, []) == 0
