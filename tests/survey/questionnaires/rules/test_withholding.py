"""Which answers are withheld where versions differ, and what lifts it."""

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.withholding import lifted_codes, withheld_codes
from tests.survey.answering.documents import item


def asked(*items):
    return Definition.parse({"questions": list(items)})


OPEN = asked(item("q"), item("coach"))
CLOSED = asked(item("q"), item("coach", withheld=True))
WITHOUT = asked(item("q"))


def test_a_version_withholds_its_own_and_all_older_answers():
    assert withheld_codes([OPEN, CLOSED, OPEN]) == [frozenset(), {"coach"}, {"coach"}]
    assert withheld_codes([WITHOUT, CLOSED]) == [frozenset(), {"coach"}]
    assert withheld_codes([CLOSED, OPEN]) == [{"coach"}, {"coach"}]
    assert withheld_codes([]) == []


def test_a_version_lifts_what_the_newest_that_asks_it_withholds():
    assert lifted_codes(OPEN, [CLOSED, OPEN]) == ["coach"]
    assert lifted_codes(OPEN, [WITHOUT, CLOSED]) == ["coach"]
    assert lifted_codes(OPEN, [OPEN, CLOSED]) == []
    assert lifted_codes(CLOSED, [CLOSED]) == []
    assert lifted_codes(WITHOUT, [CLOSED]) == []
    assert lifted_codes(OPEN, []) == []
