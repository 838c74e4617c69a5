from datetime import date

from survey.targets import queries
from survey.targets.queries import TargetKey
from tests import factories

JAN, FEB, NEXT = date(2026, 1, 1), date(2026, 2, 1), date(2027, 1, 1)


def test_targets_are_listed_by_place_for_a_year(app):
    top, [east, west], _points = factories.company(2, 1)
    questionnaire = factories.version().questionnaire
    keys = [
        TargetKey(top.id, 0, "index", FEB),
        TargetKey(top.id, 0, "index", JAN),
        TargetKey(east.id, questionnaire.id, "nps", JAN),
        TargetKey(west.id, 0, "index", NEXT),
    ]
    queries.save((key, 10.0 * number) for number, key in enumerate(keys))
    queries.save([])
    listed = queries.series(None, 2026, 0, 10)
    assert [(series.place.id, series.questionnaire, series.figure, series.values) for series in listed] == [
        (top.id, None, "index", {1: 10, 2: 0}),
        (east.id, questionnaire, "nps", {1: 20}),
    ]
    assert [series.place.id for series in queries.series(None, 2026, 1, 1)] == [east.id]
    assert queries.count_series(None, 2026) == 2
    assert queries.count_series(east, 2026) == 1
    assert queries.count_series(west, 2027) == 1
    assert queries.remove(keys[:2]) == 2
    assert queries.remove(keys[:1]) == 0
    assert queries.count_series(None, 2026) == 1
