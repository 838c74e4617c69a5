import json
import time
import uuid

import pytest
from flask import Flask

from survey import settings
from survey.db import db
from survey.demo import clearing, loading
from survey.demo.answers import DAYS
from survey.demo.points import WALLETS
from survey.demo.refusal import DemonstrationRefused
from survey.demo.sign_ins import SIGN_INS, password
from survey.people.models import Customer
from survey.people.sign_in import authenticate
from survey.places import queries as places
from survey.questionnaires.models import Questionnaire, Trial, Version
from survey.responses.models import Contact, Response, Waiting
from survey.rewards import redemption, verification
from survey.rewards.models.books import Adjustment
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.redemptions import Redemption
from survey.rewards.models.reviews import Review
from survey.rewards.queries import books
from survey.rewards.taking import take
from tests import factories
from tests.factories import TODAY


def load(number: int = 600, force: bool = False) -> int:
    """Loads; returns how many responses progress was told of."""
    told: list[int] = []
    loading.load(number, TODAY, force, told.append)
    return sum(told)


def every_row() -> dict[str, set[tuple]]:
    rows = {
        table.name: {tuple(map(repr, row)) for row in db.session.execute(table.select())}
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return {name: stored for name, stored in rows.items() if stored}


def answers() -> list[tuple]:
    """Return what was answered, by id, released or not."""
    columns = (db.select(table.id, table.day, table.locale, table.answers) for table in (Response, Waiting))
    rows = db.session.execute(db.union_all(*columns).order_by("id")).all()
    return [tuple(row[1:]) for row in rows]


def test_a_company_with_a_year_of_answers_is_loaded(app: Flask):
    began = time.process_time()
    assert load(2000) == 2000
    assert time.process_time() - began < 30
    top = places.place("DEMO")
    assert len(places.children(top)) == 3
    assert len(places.subtree(top, "point")) == 60
    served = [len(places.employees(point)) for point in places.subtree(top, "point")]
    assert served.count(0) == 30
    assert set(served) <= {0, 2, 3, 4, 5}
    days = [day for day, _, _ in answers()]
    assert len(days) == 2000
    assert max(days) <= TODAY
    assert (TODAY - min(days)).days < DAYS


def test_everything_says_that_it_is_a_demonstration(embedded_app: Flask):
    load(50)
    for table in ("place", "employee", "staff", "questionnaire"):
        labelled = db.metadata.tables[table]
        assert set(db.session.scalars(db.select(labelled.c.demonstration))) == {True}


def test_the_same_day_has_the_same_answers(embedded_app: Flask):
    load(300)
    first = answers()
    clearing.clear()
    load(300)
    assert answers() == first


def test_service_points_differ_believably(embedded_app: Flask):
    load(6000)
    result = embedded_app.test_cli_runner().invoke(
        args=["indexes", "show", "--by", "point", "--format", "json"]
    )
    indexes = [place["index"] for place in json.loads(result.stdout) if place["n"] >= 30]
    assert len(indexes) > 40
    assert 15 <= max(indexes) - min(indexes) <= 45


def test_somebody_of_each_role_can_sign_in(embedded_app: Flask):
    load(20)
    secret = settings.current().secret_key
    for username, (role, _, code) in SIGN_INS.items():
        person = authenticate(username, password(secret, username))
        assert (person.role, person.place.code if person.place else "") == (role, code)
    assert password(secret, "admin") != password(secret + "x", "admin")


def test_clearing_removes_the_whole_demonstration(app: Flask):
    load()
    assert clearing.clear() == 600
    assert every_row() == {}


def test_clearing_leaves_everything_else(app: Flask):
    factories.link(factories.company()[2][0])
    factories.staff()
    before = every_row()
    load(force=True)
    assert every_row() != before
    clearing.clear()
    assert every_row() == before


def test_its_questionnaire_stays_when_somebody_uses_it(embedded_app: Flask):
    load(20)
    questionnaire = db.session.scalars(db.select(Questionnaire)).one()
    factories.issue_link(factories.place(), questionnaire)
    clearing.clear()
    assert db.session.scalars(db.select(Questionnaire.demonstration)).one() is False


@pytest.mark.parametrize("theirs", [Version, Trial])
def test_its_questionnaire_stays_when_somebody_draws_up_another_version_or_tries_it(
    embedded_app: Flask, theirs: type
):
    load(20)
    version = db.session.scalars(db.select(Version)).one()
    db.session.add(
        Version(questionnaire_id=version.questionnaire_id, number=2, state="draft", document={})
        if theirs is Version
        else Trial(version_id=version.id, language="zh", answers={}, made_on=TODAY)
    )
    db.session.commit()
    clearing.clear()
    assert db.session.scalars(db.select(Questionnaire.demonstration)).one() is False


def test_callbacks_of_the_demonstration_are_cleared_with_it(app: Flask):
    load(20)
    asked = db.session.scalars(db.select(Questionnaire)).one()
    point = places.subtree(places.place("DEMO"), "point")[0]
    db.session.add(
        Contact(place_id=point.id, questionnaire_id=asked.id, week=TODAY, name=b"sealed", phone=b"sealed")
    )
    db.session.commit()
    clearing.clear()
    assert every_row() == {}


def test_a_demonstration_with_real_rows_joined_to_it_is_not_cleared(embedded_app: Flask):
    load(20)
    factories.place("point", places.place("DEMO-E"), code="OURS")
    before = every_row()
    with pytest.raises(DemonstrationRefused, match="OURS"):
        clearing.clear()
    assert every_row() == before


def test_the_demonstration_is_not_loaded_beside_real_places_unless_told(embedded_app: Flask):
    factories.place()
    before = every_row()
    with pytest.raises(DemonstrationRefused, match="--force"):
        load()
    assert every_row() == before


def test_the_demonstration_is_not_loaded_twice(embedded_app: Flask):
    load(20)
    with pytest.raises(DemonstrationRefused, match="already"):
        load(20, force=True)


def test_wallets_rewards_and_redemptions_of_each_kind_are_there_and_the_books_are_right(app: Flask):
    load(20)
    assert list(verification.verify()) == []
    assert {row.kind for row in db.session.query(Reward)} == {"generated", "discount", "gift", "uploaded"}
    assert all(row.picture_id for row in db.session.query(Reward))
    states = {row.state for row in db.session.query(Redemption)}
    assert {"reserved", "fulfilled"} <= states
    assert db.session.query(Customer).count() == WALLETS
    assert db.session.query(Review).count() == 1
    assert db.session.query(Adjustment).filter_by(state="requested").count() == 1


def test_what_real_customers_did_with_invented_points_and_rewards_goes_with_them(app: Flask):
    load(20)
    owner = factories.customer()
    campaign = db.session.query(Campaign).filter(Campaign.paused.is_(False)).first()
    for _ in range(5):
        take(factories.claim(20, campaign), owner.id, TODAY)
    coffee = db.session.query(Reward).filter_by(kind="generated").one()
    redemption.reserve(uuid.uuid4(), owner.id, coffee.id, coffee.price, TODAY)
    clearing.clear()
    assert set(every_row()) == {"customer", "identity"}


def test_real_points_that_were_joined_to_invented_ones_keep_the_demonstration(app: Flask):
    """A real reward that was paid with invented points, or both spent together."""
    load(20)
    owner = factories.wallet(30, TODAY)
    coffee = db.session.query(Reward).filter_by(kind="generated").one()
    campaign = db.session.query(Campaign).filter_by(demonstration=True).order_by(Campaign.id).first()
    take(factories.claim(20, campaign), owner.id, TODAY)
    redemption.reserve(uuid.uuid4(), owner.id, coffee.id, coffee.price, TODAY)
    before = every_row()
    with pytest.raises(DemonstrationRefused, match=owner.number):
        clearing.clear()
    assert every_row() == before


def test_real_points_beside_invented_ones_stay(embedded_app: Flask):
    load(20)
    owner = factories.wallet(30, TODAY)
    clearing.clear()
    assert books.balances(owner.id, TODAY) == {"wallet": 30}
    assert list(verification.verify()) == []
