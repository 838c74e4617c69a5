from datetime import date

import pytest

from survey.places import layout
from survey.refusal import Refused
from survey.targets import queries
from survey.targets.setting import set_targets
from tests import factories

JAN, MAR = date(2026, 1, 15), date(2026, 3, 2)


def values(place, questionnaire_id=0) -> dict[date, float]:
    targets = queries.of_places([place.id], questionnaire_id, "index", date(2025, 1, 1), date(2027, 1, 1))
    return {key.month: value for key, value in targets.items()}


def test_targets_are_set_changed_and_removed_by_month(app):
    place = factories.place()
    assert set_targets(place, None, "index", JAN, MAR, 80) == 3
    assert set_targets(place, None, "index", MAR, MAR, 82.5) == 1
    assert values(place) == {date(2026, 1, 1): 80, date(2026, 2, 1): 80, date(2026, 3, 1): 82.5}
    assert set_targets(place, None, "index", date(2025, 1, 1), JAN, None) == 1
    assert values(place) == {date(2026, 2, 1): 80, date(2026, 3, 1): 82.5}


def test_a_questionnaire_has_its_own_targets(app):
    place, version = factories.place(), factories.version()
    set_targets(place, version.questionnaire, "index", JAN, JAN, 70)
    assert values(place) == {}
    assert values(place, version.questionnaire_id) == {date(2026, 1, 1): 70}


@pytest.mark.parametrize(
    ("figure", "first", "last", "value"),
    [
        ("index", MAR, JAN, 80),
        ("index", JAN, JAN, 101),
        ("index", JAN, JAN, float("nan")),
        ("question:quality", JAN, JAN, 80),
        ("index", date(2000, 1, 1), date(2020, 1, 1), 80),
    ],
)
def test_an_impossible_target_is_rejected(app, figure, first, last, value):
    place = factories.place()
    with pytest.raises(Refused):
        set_targets(place, None, figure, first, last, value)
    assert values(place) == {}


def test_a_place_with_targets_cannot_be_deleted(app):
    place = factories.place()
    set_targets(place, None, "index", JAN, JAN, 80)
    with pytest.raises(Refused, match="It has targets"):
        layout.delete(place)
    set_targets(place, None, "index", JAN, JAN, None)
    layout.delete(place)
