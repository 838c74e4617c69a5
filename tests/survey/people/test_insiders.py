"""Who works here earns nothing, whether the number was known before the wallet or after."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from survey.db import db
from survey.people import insiders, queries
from survey.people.customers import enter, index_of
from survey.people.models import Insider
from survey.refusal import Refused
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.claims import Claim
from survey.rewards.queries import books
from survey.rewards.taking import InsiderRefused as InsiderRefused
from survey.rewards.taking import take
from tests import factories
from tests.factories import TODAY

PHONE = "13800138000"
OPENID = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"


def test_each_identity_of_a_list_counts_once_and_bad_lines_are_named(app):
    identity_list = insiders.read(f"{PHONE}\n\n  +86 138 0013 8000 \n{OPENID}\nnot a number\n010 6552 9988\n")
    assert identity_list.known == (
        ("phone", index_of("phone", f"+86{PHONE}")),
        ("openid", index_of("openid", OPENID)),
    )
    assert identity_list.unreadable == (5, 6)


def test_what_is_listed_is_new_once_and_can_be_taken_off(app):
    known = insiders.read(f"{PHONE}\n{OPENID}").known
    assert insiders.put_on_list(known, TODAY) == 2
    assert insiders.put_on_list(known, TODAY) == 0
    assert queries.count_insiders() == 2
    assert insiders.take_off_list(known[:1]) == 1
    assert insiders.take_off_list(known) == 1
    assert queries.count_insiders() == 0


@pytest.mark.parametrize(
    ("kind", "value", "line"), [("phone", f"+86{PHONE}", PHONE), ("openid", OPENID, OPENID)]
)
def test_a_number_listed_after_the_wallet_was_opened_earns_nothing_and_the_claim_is_void(
    app, kind, value, line
):
    customer = enter(kind, value, TODAY)
    take(factories.claim(5, expires_on=TODAY), customer.id, TODAY)
    insiders.put_on_list(insiders.read(line).known, TODAY)
    with pytest.raises(InsiderRefused):
        take(factories.claim(5, expires_on=TODAY), customer.id, TODAY)
    db.session.rollback()
    assert sorted(db.session.scalars(select(Claim.state))) == ["taken", "void"]
    assert db.session.scalar(select(Campaign.committed)) == 5
    assert books.balances(customer.id, TODAY) == {"wallet": 5}


def test_a_number_taken_off_the_list_earns_again(app):
    customer = enter("phone", f"+86{PHONE}", TODAY)
    known = insiders.read(PHONE).known
    insiders.put_on_list(known, TODAY)
    insiders.take_off_list(known)
    assert take(factories.claim(5, expires_on=TODAY), customer.id, TODAY).points == 5


def test_the_number_of_a_member_of_staff_takes_the_place_of_the_one_before(app):
    person = factories.staff("auditor")
    insiders.put_on_list(insiders.read("13900139000").known, TODAY)
    for phone in (PHONE, "13900139000", "13900139000"):
        insiders.keep_phone(person.id, phone, TODAY)
    assert queries.has_phone(person.id)
    assert list(db.session.scalars(select(Insider.blind))) == [index_of("phone", "+8613900139000")]
    insiders.forget_phone(person.id)
    assert not queries.has_phone(person.id)
    with pytest.raises(Refused):
        insiders.keep_phone(person.id, "1", TODAY)
