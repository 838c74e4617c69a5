from datetime import date

from survey.indexes.queries import targets
from survey.indexes.queries.targets import Key
from tests import factories

JAN, FEB, NEXT = date(2026, 1, 1), date(2026, 2, 1), date(2027, 1, 1)


def test_targets_are_listed_by_place_for_a_year(app):
    top, [east, west], _points = factories.company(2, 1)
    questionnaire = factories.version().questionnaire
    keys = [
        Key(top.id, 0, "index", FEB),
        Key(top.id, 0, "index", JAN),
        Key(east.id, questionnaire.id, "nps", JAN),
        Key(west.id, 0, "index", NEXT),
    ]
    targets.save((key, 10.0 * number) for number, key in enumerate(keys))
    targets.save([])
    found = targets.listed(None, 2026, 0, 10)
    assert [(row.Place.id, row.Questionnaire, row.month, row.value) for row in found] == [
        (top.id, None, JAN, 10),
        (top.id, None, FEB, 0),
        (east.id, questionnaire, JAN, 20),
    ]
    assert len(targets.listed(None, 2026, 1, 1)) == 1
    assert targets.count_listed(None, 2026) == 3
    assert targets.count_listed(east, 2026) == 1
    assert targets.count_listed(west, 2027) == 1
    assert targets.remove(keys[:2]) == 2
    assert targets.remove(keys[:1]) == 0
    assert targets.count_listed(None, 2026) == 1
