import gc
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from survey.db import db
from survey.responses.models import Late, Waiting
from survey.tallies import folding, rebuilding, verification
from survey.tallies.models import Part, Tally
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, days, give, some


def number_waiting() -> int:
    return db.session.scalar(select(func.count()).select_from(Waiting))


def tallied_by_day(view: str, at, grain: str = "day", employee=None) -> dict[date, int]:
    """Return n by start of the tallies of a place."""
    statement = select(Tally.start, Tally.n).filter_by(
        view=view, grain=grain, place_id=at.id, part_id=0, employee_id=employee.id if employee else 0
    )
    return dict(db.session.execute(statement).all())


@pytest.fixture
def version(app):
    return factories.version()


def test_fewer_than_k_responses_keep_waiting(version):
    point = factories.place()
    give(point, version, *[ALIKE] * 4)
    assert folding.fold() == 0
    assert number_waiting() == 4
    assert not folding.is_due()


def test_a_queue_of_k_is_counted_at_the_place_and_above(version):
    top, [region], [point] = factories.company(1, 1)
    give(point, version)
    assert folding.is_due()
    assert folding.fold() == 5
    assert number_waiting() == 0
    for place in (point, region, top):
        assert tallied_by_day("exact", place) == tallied_by_day("released", place) == {DAY: 5}
        assert tallied_by_day("released", place, "month") == {date(2026, 11, 1): 5}
    assert folding.fold() == 0


def test_released_days_join_until_k_and_exact_days_stay_separate(version):
    point = factories.place()
    first, second, third, fourth = days(4)
    for day, number in ((first, 3), (second, 3), (third, 5), (fourth, 2)):
        give(point, version, *[ALIKE] * number, day=day)
    folding.fold()
    assert tallied_by_day("exact", point) == {first: 3, second: 3, third: 5, fourth: 2}
    assert tallied_by_day("released", point) == {second: 6, fourth: 7}


def test_queues_of_employees_and_versions_wait_apart(version):
    point = factories.place()
    wang, li = factories.employee(point), factories.employee(point)
    give(point, version, *[ALIKE] * 5, served_by=wang)
    give(point, version, *[ALIKE] * 4, served_by=li)
    give(point, version, *[ALIKE] * 4)
    give(point, factories.version(), *[ALIKE] * 4)
    assert folding.fold() == 5
    assert number_waiting() == 12
    assert tallied_by_day("released", point, employee=wang) == tallied_by_day("released", point) == {DAY: 5}
    assert tallied_by_day("released", point, employee=li) == {}


def test_any_number_of_small_folds_counts_everything_once(version):
    top, _regions, points = factories.company(2, 3)
    for i, point in enumerate(points):
        for day in days(3):
            give(point, version, *some(4 + i, seed=i), day=day)
    counted = 0
    while number := folding.fold(limit=1):
        counted += number
    assert counted == sum(3 * (4 + i) for i in range(6))
    assert number_waiting() == 0
    assert sum(tallied_by_day("exact", top).values()) == counted
    assert list(verification.verify()) == []


def test_later_answers_are_added(version):
    point = factories.place()
    for seed in range(3):
        give(point, version, *some(6, seed))
        folding.fold()
    assert tallied_by_day("exact", point) == tallied_by_day("released", point) == {DAY: 18}
    assert list(verification.verify()) == []


def test_more_than_a_page_of_waiting_responses_is_counted(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 7)
    places = [factories.place() for _ in range(3)]
    for place in places:
        give(place, version, *some(10))
    assert folding.fold() == 30
    assert list(verification.verify()) == []


def test_a_queue_too_long_for_a_fold_is_counted_in_several_folds_of_k_or_more(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 7)
    point = factories.place()
    employee = factories.employee(point)
    give(point, version, *some(40))
    give(point, version, *some(9), served_by=employee)
    folds = []
    while counted := folding.fold(limit=10):
        folds.append(counted)
        shown = [
            *tallied_by_day("released", point).values(),
            *tallied_by_day("released", point, "day", employee).values(),
        ]
        assert min(shown) >= 5
    assert len(folds) > 2
    assert sum(folds) + number_waiting() == 49
    assert number_waiting() < 10
    assert list(verification.verify()) == []


def test_an_interrupted_fold_changes_nothing(version, monkeypatch):
    point = factories.place()
    give(point, version)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("survey.tallies.storing.save", interrupt)
        with pytest.raises(KeyboardInterrupt):
            folding.fold()
    assert gc.isenabled()
    assert number_waiting() == 5
    assert tallied_by_day("exact", point) == {}
    assert folding.fold() == 5


def test_answers_without_a_number_count_as_respondents(version):
    point = factories.place()
    give(point, version, *[{"comment": "好"}] * 5)
    folding.fold()
    assert tallied_by_day("released", point) == {DAY: 5}


def late_by_month() -> dict[date, int]:
    """Return how many responses are shown in a later month than their own, by that month."""
    statement = select(Late.month, func.count()).group_by(Late.month)
    numbers = dict(db.session.execute(statement).all())
    db.session.rollback()
    return numbers


OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def test_answers_shown_as_of_a_later_month_are_stored_as_late_once(version):
    point = factories.place()
    wang = factories.employee(point)
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 31))
    folding.fold()
    assert late_by_month() == {}
    give(point, version, *[ALIKE] * 5, day=date(2026, 10, 31), served_by=wang)
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 1))
    folding.fold_all()
    assert tallied_by_day("released", point, "month") == {OCTOBER: 5, NOVEMBER: 5}
    assert late_by_month() == {NOVEMBER: 3}
    list(rebuilding.rebuild())
    assert late_by_month() == {NOVEMBER: 3}
    assert tallied_by_day("released", point, "month") == {OCTOBER: 5, NOVEMBER: 5}


def test_responses_that_wait_again_are_no_longer_late(version, app, monkeypatch):
    point = factories.place()
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 31))
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 1))
    folding.fold()
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], minimum_group=6))
    list(rebuilding.rebuild())
    assert (late_by_month(), number_waiting()) == ({}, 5)
    give(point, version, ALIKE, day=date(2026, 12, 1))
    folding.fold()
    assert late_by_month() == {date(2026, 12, 1): 5}


def released_by_part(at, grain: str = "day") -> dict[tuple[str, str], int]:
    """Return the released n of a place, by channel and language."""
    statement = select(Part.channel, Part.language, func.sum(Tally.n)).join(Tally, Tally.part_id == Part.id)
    statement = statement.filter(Tally.place_id == at.id, Tally.grain == grain, Tally.employee_id == 0)
    return {
        (c, lang): n for c, lang, n in db.session.execute(statement.group_by(Part.channel, Part.language))
    }


LONG_AGO = date(2026, 3, 1)


def test_released_counts_are_also_stored_by_channel_and_language(version):
    top, _regions, [point] = factories.company(1, 1)
    give(point, version, *some(7), day=LONG_AGO)
    give(point, version, *some(6), day=LONG_AGO, channel="sms")
    give(point, version, *some(3), day=LONG_AGO, language="en")
    give(point, version, *some(2), day=LONG_AGO, channel="sms", language="en")
    assert folding.fold() == 18
    for place in (point, top):
        for grain in ("day", "month"):
            assert released_by_part(place, grain) == {("qr", "zh"): 7, ("sms", "zh"): 6, ("", "en"): 5}
        assert sum(tallied_by_day("released", place).values()) == 18
    assert list(verification.verify()) == []


def test_too_few_responses_by_a_channel_wait_for_more_of_the_channel(version, app):
    point = factories.place()
    today = app.config["SETTINGS"].today()
    give(point, version, day=today)
    give(point, version, *[ALIKE] * 4, day=today, channel="sms")
    assert folding.fold() == 5
    assert (number_waiting(), folding.is_due()) == (4, False)
    give(point, version, ALIKE, day=today, channel="sms")
    assert folding.fold() == 5
    assert released_by_part(point) == {("qr", "zh"): 5, ("sms", "zh"): 5}


def test_rare_channels_of_a_queue_too_long_for_a_fold_wait_for_the_next_fold(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 9)
    point = factories.place()
    give(point, version, *some(40), day=LONG_AGO)
    give(point, version, *some(7), day=LONG_AGO, channel="sms")
    while folding.fold(limit=10):
        assert min(released_by_part(point).values()) >= 5
        assert list(verification.verify()) == []
    assert number_waiting() < 5
