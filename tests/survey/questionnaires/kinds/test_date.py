import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["date"]
QUESTION = Question("day", "date")
BOUNDED = Question("day", "date", minimum="2026-01-01", maximum="2026-12-31")


@pytest.mark.parametrize(("raw", "day"), [("2026-02-28", "2026-02-28"), (" 2024-02-29 ", "2024-02-29")])
def test_a_day_is_stored_as_written(raw, day):
    assert KIND.read(QUESTION, {"day": raw}) == {"day": day}


@pytest.mark.parametrize("raw", ["", "  "])
def test_a_blank_field_is_no_answer(raw):
    assert KIND.read(QUESTION, {"day": raw}) == {}


@pytest.mark.parametrize("raw", ["2026-02-29", "2026-13-01", "23.11.2026", "today", "0000-01-01", "2026-1-1"])
def test_a_text_that_is_no_day_is_rejected(raw):
    with pytest.raises(InvalidAnswer, match="date"):
        KIND.read(QUESTION, {"day": raw})


@pytest.mark.parametrize("raw", ["2025-12-31", "2027-01-01"])
def test_a_day_out_of_bounds_is_rejected(raw):
    assert KIND.read(BOUNDED, {"day": "2026-01-01"}) == {"day": "2026-01-01"}
    assert KIND.read(BOUNDED, {"day": "2026-12-31"}) == {"day": "2026-12-31"}
    with pytest.raises(InvalidAnswer, match="bounds"):
        KIND.read(BOUNDED, {"day": raw})


def test_a_date_is_exported_and_not_counted():
    assert KIND.columns(QUESTION) == ()
    assert KIND.exported(QUESTION) == ("day",)
