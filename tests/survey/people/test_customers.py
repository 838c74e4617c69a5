"""A customer is recognised by the identity they proved, which the database does not reveal."""

from survey.db import db
from survey.people.customers import enter, index_of, is_insider, sign_out_everywhere
from survey.people.models import Customer, Identity, Insider
from survey.sealing import unseal
from survey.transaction import transaction
from tests.factories import TODAY
from tests.processes import at_once

PHONE = "+8613800138000"


def test_a_new_customer_gets_a_wallet_and_later_the_same_wallet(app):
    customer = enter("phone", PHONE, TODAY)
    assert enter("phone", PHONE, TODAY).id == customer.id
    assert enter("phone", "+8613800138001", TODAY).id != customer.id
    assert enter("openid", PHONE, TODAY).id != customer.id
    assert (len(customer.number), customer.joined_on) == (10, TODAY)


def test_the_number_is_sealed_and_its_index_needs_the_key(app):
    enter("phone", PHONE, TODAY)
    identity = db.session.query(Identity).one()
    assert PHONE.encode() not in identity.sealed + identity.blind
    assert unseal(identity.sealed, "customer phone") == PHONE
    assert identity.blind == index_of("phone", PHONE)
    assert identity.blind != index_of("openid", PHONE)


def test_signing_out_everywhere_ends_every_session(app):
    customer = enter("phone", PHONE, TODAY)
    before = customer.session_key
    sign_out_everywhere(customer.id)
    assert db.session.get_one(Customer, customer.id).session_key != before


def test_somebody_who_works_here_is_known_by_the_number_alone(app):
    customer = enter("phone", PHONE, TODAY)
    assert not is_insider(customer.id)
    with transaction() as session:
        session.add(Insider(kind="phone", blind=index_of("phone", PHONE), added_on=TODAY))
    assert is_insider(customer.id)


def enter_once(number: int) -> int:
    return enter("phone", f"+86138001380{number:02}", TODAY).id


def test_concurrent_sign_ins_with_a_number_get_the_same_wallet(app):
    customer_ids = at_once(app.config["SETTINGS"], enter_once, [(number % 2,) for number in range(6)])
    assert len(set(customer_ids)) == 2
    assert db.session.query(Customer).count() == 2
