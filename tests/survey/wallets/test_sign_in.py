"""Tests of proving a number, from the text message to the wallet."""

from __future__ import annotations

import pytest

from survey import settings
from survey.channels.sms import Declined, NotSent
from survey.people.one_time_codes import Asker, TooMany
from survey.refusal import Refused
from survey.wallets import sign_in

ASKER = Asker("+8613800138000", "device", "192.0.2.1")
DAY = settings.now().date()


class Sender:
    def __init__(self, fails=None):
        self.fails = fails
        self.sent = []

    def send(self, message):
        self.sent.append(message)
        if self.fails:
            raise self.fails


def test_the_code_in_the_text_message_opens_the_same_wallet_each_time(app):
    numbers = set()
    for minutes in range(2):
        now = settings.now().replace(minute=minutes * 5)
        sender = Sender()
        sign_in.send_code(ASKER, now, sender, "Your code: {code}.")
        (message,) = sender.sent
        assert message.text == f"Your code: {message.code}."
        assert (message.phone, message.shown) == (ASKER.number, "+86 138 **** 8000")
        numbers.add(sign_in.by_code(ASKER.number, message.code, "device", now, DAY).number)
    assert len(numbers) == 1


def test_a_code_that_could_not_be_sent_opens_nothing(app):
    sender, now = Sender(NotSent()), settings.now()
    with pytest.raises(Refused, match="The message with the code could not be sent"):
        sign_in.send_code(ASKER, now, sender, "{code}")
    with pytest.raises(Refused, match="This code has expired"):
        sign_in.by_code(ASKER.number, sender.sent[0].code, "device", now, DAY)
    sign_in.send_code(ASKER, now, Sender(), "{code}")


def test_our_failures_lock_nobody_out_and_declined_numbers_are_counted(app):
    now = settings.now()
    for _ in range(30):
        with pytest.raises(Refused, match="try again in a minute"):
            sign_in.send_code(ASKER, now, Sender(NotSent()), "{code}")
    for _ in range(5):
        with pytest.raises(Refused, match="The message could not be sent to this number"):
            sign_in.send_code(ASKER, now, Sender(Declined()), "{code}")
    with pytest.raises(TooMany):
        sign_in.send_code(ASKER, now, Sender(), "{code}")


def test_a_wechat_account_and_a_number_are_two_wallets(app):
    customer = sign_in.by_wechat("oABC", DAY)
    assert sign_in.by_wechat("oABC", DAY).id == customer.id
    assert sign_in.by_wechat("oXYZ", DAY).id != customer.id
