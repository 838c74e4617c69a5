from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from flask import Flask

from survey.comments import queries
from survey.comments.rules.samples import WHOLE
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, RATINGS, give, release_all

EVERY = (0, WHOLE - 1)


def test_only_responses_with_comments_are_read(app: Flask):
    version = factories.version()
    top, _, (point, other) = factories.company(1, 2)
    give(point, version, *[ALIKE] * 5)
    give(point, version, *[dict.fromkeys(RATINGS, 3)] * 3, day=DAY + timedelta(1))
    give(other, version, ALIKE | {"comment": '100% "good" \\ _'}, day=date(2026, 1, 1))
    release_all()
    give(point, version, ALIKE, day=DAY + timedelta(1))  # waits for others
    counts: Counter[tuple[int, date]] = Counter()
    for place_id, day, n in queries.respondents(top, [version.id]):
        counts[place_id, day] += n
    assert counts == {(point.id, DAY): 5, (point.id, DAY + timedelta(1)): 4, (other.id, date(2026, 1, 1)): 1}
    rows = queries.responses(top, [version.id], ["comment"], (DAY, DAY + timedelta(30)), EVERY)
    assert [answers["comment"] for *_, answers in rows] == ["好"] * 6
    days = date(2026, 1, 1), DAY
    rows = queries.responses(other, [version.id], ["comment", "value_opinion"], days, EVERY)
    assert [answers["comment"] for *_, answers in rows] == ['100% "good" \\ _']
    assert not queries.respondents(top, [])
