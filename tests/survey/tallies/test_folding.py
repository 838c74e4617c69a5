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


def waiting() -> int:
    return db.session.scalar(select(func.count()).select_from(Waiting))


def tallied(view: str, at, grain: str = "day", employee=None) -> dict[date, int]:
    """n by start."""
    statement = select(Tally.start, Tally.n).filter_by(
        view=view, grain=grain, place_id=at.id, part_id=0, employee_id=employee.id if employee else 0
    )
    return dict(db.session.execute(statement).all())


@pytest.fixture
def version(app):
    return factories.version()


def test_fewer_than_k_keep_waiting(version):
    point = factories.place()
    give(point, version, *[ALIKE] * 4)
    assert folding.fold() == 0
    assert waiting() == 4
    assert not folding.is_due()


def test_a_queue_of_k_is_counted_at_the_place_and_above(version):
    top, [region], [point] = factories.company(1, 1)
    give(point, version)
    assert folding.is_due()
    assert folding.fold() == 5
    assert waiting() == 0
    for place in (point, region, top):
        assert tallied("exact", place) == tallied("released", place) == {DAY: 5}
        assert tallied("released", place, "month") == {date(2026, 11, 1): 5}
    assert folding.fold() == 0


def test_days_are_released_together_and_exact_by_themselves(version):
    point = factories.place()
    first, second, third, fourth = days(4)
    for day, number in ((first, 3), (second, 3), (third, 5), (fourth, 2)):
        give(point, version, *[ALIKE] * number, day=day)
    folding.fold()
    assert tallied("exact", point) == {first: 3, second: 3, third: 5, fourth: 2}
    assert tallied("released", point) == {second: 6, fourth: 7}


def test_queues_of_employees_and_versions_wait_apart(version):
    point = factories.place()
    wang, li = factories.employee(point), factories.employee(point)
    give(point, version, *[ALIKE] * 5, served_by=wang)
    give(point, version, *[ALIKE] * 4, served_by=li)
    give(point, version, *[ALIKE] * 4)
    give(point, factories.version(), *[ALIKE] * 4)
    assert folding.fold() == 5
    assert waiting() == 12
    assert tallied("released", point, employee=wang) == tallied("released", point) == {DAY: 5}
    assert tallied("released", point, employee=li) == {}


def test_any_number_of_small_folds_counts_everything_once(version):
    top, _regions, points = factories.company(2, 3)
    for i, point in enumerate(points):
        for day in days(3):
            give(point, version, *some(4 + i, seed=i), day=day)
    counted = 0
    while one := folding.fold(limit=1):
        counted += one
    assert counted == sum(3 * (4 + i) for i in range(6))
    assert waiting() == 0
    assert sum(tallied("exact", top).values()) == counted
    assert list(verification.verify()) == []


def test_later_answers_are_added(version):
    point = factories.place()
    for seed in range(3):
        give(point, version, *some(6, seed))
        folding.fold()
    assert tallied("exact", point) == tallied("released", point) == {DAY: 18}
    assert list(verification.verify()) == []


def test_more_than_a_page_of_waiting_responses_is_counted(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 7)
    places = [factories.place() for _ in range(3)]
    for place in places:
        give(place, version, *some(10))
    assert folding.fold() == 30
    assert list(verification.verify()) == []


def test_a_queue_too_long_for_one_fold_is_counted_in_several_each_a_group(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 7)
    point = factories.place()
    employee = factories.employee(point)
    give(point, version, *some(40))
    give(point, version, *some(9), served_by=employee)
    folds = []
    while counted := folding.fold(limit=10):
        folds.append(counted)
        shown = [*tallied("released", point).values(), *tallied("released", point, "day", employee).values()]
        assert min(shown) >= 5
    assert len(folds) > 2
    assert sum(folds) + waiting() == 49
    assert waiting() < 10
    assert list(verification.verify()) == []


def test_an_interrupted_fold_leaves_everything_as_it_was(version, monkeypatch):
    point = factories.place()
    give(point, version)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("survey.tallies.storing.save", interrupt)
        with pytest.raises(KeyboardInterrupt):
            folding.fold()
    assert gc.isenabled()
    assert waiting() == 5
    assert tallied("exact", point) == {}
    assert folding.fold() == 5


def test_answers_without_a_number_count_as_respondents(version):
    point = factories.place()
    give(point, version, *[{"comment": "好"}] * 5)
    folding.fold()
    assert tallied("released", point) == {DAY: 5}


def late() -> dict[date, int]:
    """How many responses are noted as shown in a month later than their own."""
    statement = select(Late.month, func.count()).group_by(Late.month)
    found = dict(db.session.execute(statement).all())
    db.session.rollback()
    return found


OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def test_answers_that_are_shown_as_of_a_later_month_are_noted_once(version):
    point = factories.place()
    wang = factories.employee(point)
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 31))
    folding.fold()
    assert late() == {}
    give(point, version, *[ALIKE] * 5, day=date(2026, 10, 31), served_by=wang)
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 1))
    folding.fold_all()
    assert tallied("released", point, "month") == {OCTOBER: 5, NOVEMBER: 5}
    assert late() == {NOVEMBER: 3}
    list(rebuilding.rebuild())
    assert late() == {NOVEMBER: 3}
    assert tallied("released", point, "month") == {OCTOBER: 5, NOVEMBER: 5}


def test_what_waits_again_is_late_no_more(version, app, monkeypatch):
    point = factories.place()
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 31))
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 1))
    folding.fold()
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], minimum_group=6))
    list(rebuilding.rebuild())
    assert (late(), waiting()) == ({}, 5)
    give(point, version, ALIKE, day=date(2026, 12, 1))
    folding.fold()
    assert late() == {date(2026, 12, 1): 5}


def parts(at, grain: str = "day") -> dict[tuple[str, str], int]:
    """n of what is released of a place, by channel and language."""
    statement = select(Part.channel, Part.language, func.sum(Tally.n)).join(Tally, Tally.part_id == Part.id)
    statement = statement.filter(Tally.place_id == at.id, Tally.grain == grain, Tally.employee_id == 0)
    return {
        (c, lang): n for c, lang, n in db.session.execute(statement.group_by(Part.channel, Part.language))
    }


LONG_AGO = date(2026, 3, 1)


def test_what_is_released_is_also_kept_by_channel_and_language(version):
    top, _regions, [point] = factories.company(1, 1)
    give(point, version, *some(7), day=LONG_AGO)
    give(point, version, *some(6), day=LONG_AGO, channel="sms")
    give(point, version, *some(3), day=LONG_AGO, language="en")
    give(point, version, *some(2), day=LONG_AGO, channel="sms", language="en")
    assert folding.fold() == 18
    for place in (point, top):
        for grain in ("day", "month"):
            assert parts(place, grain) == {("qr", "zh"): 7, ("sms", "zh"): 6, ("", "en"): 5}
        assert sum(tallied("released", place).values()) == 18
    assert list(verification.verify()) == []


def test_few_by_another_channel_wait_for_their_like(version, app):
    point = factories.place()
    today = app.config["SETTINGS"].today()
    give(point, version, day=today)
    give(point, version, *[ALIKE] * 4, day=today, channel="sms")
    assert folding.fold() == 5
    assert (waiting(), folding.is_due()) == (4, False)
    give(point, version, ALIKE, day=today, channel="sms")
    assert folding.fold() == 5
    assert parts(point) == {("qr", "zh"): 5, ("sms", "zh"): 5}


def test_of_a_queue_too_long_for_one_fold_rare_channels_wait_for_the_next(version, monkeypatch):
    monkeypatch.setattr("survey.tallies.queries.waiting.PAGE", 9)
    point = factories.place()
    give(point, version, *some(40), day=LONG_AGO)
    give(point, version, *some(7), day=LONG_AGO, channel="sms")
    while folding.fold(limit=10):
        assert min(parts(point).values()) >= 5
        assert list(verification.verify()) == []
    assert waiting() < 5
