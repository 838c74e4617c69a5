from __future__ import annotations

from dataclasses import replace

import pytest

from survey.answering import tokens
from survey.answering.links import OpenLink
from survey.answering.page_sessions import EARLIER, Desk, cookie_header
from survey.answering.tokens import BadToken
from survey.rewards.rules.offers import Offer

LINK = OpenLink(
    id=7, code="abcd2345", open=True, place_id=1, place_names={}, way=(),
    employee_id=None, employee_code=None, employee_name="",
    questionnaire_id=1, title={}, version_id=3, definition=None, channel="qr", offer=Offer(2, 10),
)  # fmt: skip


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return Desk("a secret for tests only, 32 bytes", clock)


def test_a_device_finds_the_page_it_opened_and_no_two_open_the_same(desk: Desk):
    opened, other = desk.open(LINK), desk.open(LINK)
    assert desk.recall(opened.cookie, LINK) == opened
    assert opened.page.submission_id != other.page.submission_id
    assert opened.claim_code != other.claim_code


def test_what_is_forged_mixed_up_or_another_link_s_is_not_found(desk: Desk):
    opened = desk.open(LINK)
    swapped = f"{opened.claim_token}.{opened.page_token}"
    for cookie in ("", ".", "x.y", opened.page_token, swapped, opened.cookie[:-1], "é." + opened.cookie):
        assert desk.recall(cookie, LINK) is None
    assert desk.recall(opened.cookie, replace(LINK, id=8)) is None
    assert Desk("another secret, as long as that").recall(opened.cookie, LINK) is None
    with pytest.raises(BadToken):
        desk.reopen(opened.page_token, opened.claim_token, replace(LINK, id=8))


def test_a_page_is_found_for_a_day(desk: Desk, clock: Clock):
    opened = desk.open(LINK)
    clock.now += tokens.LIFETIME
    assert desk.recall(opened.cookie, LINK) is not None
    clock.now += 1
    assert desk.recall(opened.cookie, LINK) is None


def test_a_page_of_an_older_version_is_renewed_as_the_same_submission(desk: Desk, clock: Clock):
    opened = desk.open(LINK)
    clock.now += tokens.LIFETIME
    renewed = desk.renew(opened, replace(LINK, version_id=4))
    assert renewed.page.version_id == 4
    assert renewed.page.submission_id == opened.page.submission_id
    assert renewed.claim_code == opened.claim_code
    assert desk.recall(renewed.cookie, LINK) == renewed


def test_the_cookie_stays_with_the_link_and_out_of_scripts(desk: Desk):
    header = cookie_header(desk.open(LINK), LINK, secure=True)
    assert "; Path=/s/abcd2345; Max-Age=86400; HttpOnly; SameSite=Lax; Secure" in header
    assert "Secure" not in cookie_header(desk.open(LINK), LINK, secure=False)


def test_a_page_tells_how_long_ago_it_was_opened_and_one_that_was_typed_in_before_is_no_new_one(
    desk: Desk, clock: Clock
):
    opened = desk.open(LINK)
    clock.now += 7
    assert desk.reopen(opened.page_token, opened.claim_token, LINK).seconds == 7
    for again in (desk.renew(opened, LINK), desk.open(LINK, EARLIER)):
        assert desk.reopen(again.page_token, again.claim_token, LINK).seconds == EARLIER
