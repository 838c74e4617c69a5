from __future__ import annotations

from dataclasses import replace

import pytest

from survey.answering import tokens
from survey.answering.links import OpenLink
from survey.answering.page_sessions import EARLIER, PageSessions, cookie_header
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
def sessions(clock: Clock) -> PageSessions:
    return PageSessions("a secret for tests only, 32 bytes", clock)


def test_a_device_recalls_its_page_and_two_pages_are_never_the_same(sessions: PageSessions):
    opened, other = sessions.open(LINK), sessions.open(LINK)
    assert sessions.recall(opened.cookie, LINK) == opened
    assert opened.page.submission_id != other.page.submission_id
    assert opened.claim_code != other.claim_code


def test_forged_or_swapped_tokens_and_those_of_another_link_are_rejected(sessions: PageSessions):
    opened = sessions.open(LINK)
    swapped = f"{opened.claim_token}.{opened.page_token}"
    for cookie in ("", ".", "x.y", opened.page_token, swapped, opened.cookie[:-1], "é." + opened.cookie):
        assert sessions.recall(cookie, LINK) is None
    assert sessions.recall(opened.cookie, replace(LINK, id=8)) is None
    assert PageSessions("another secret, as long as that").recall(opened.cookie, LINK) is None
    with pytest.raises(BadToken):
        sessions.reopen(opened.page_token, opened.claim_token, replace(LINK, id=8))


def test_a_page_is_stale_after_a_day(sessions: PageSessions, clock: Clock):
    opened = sessions.open(LINK)
    clock.now += tokens.LIFETIME
    assert sessions.recall(opened.cookie, LINK).is_stale is False
    clock.now += 1
    assert sessions.recall(opened.cookie, LINK).is_stale is True


def test_a_stale_page_is_renewed_as_the_same_submission_with_the_present_promise(
    sessions: PageSessions, clock: Clock
):
    opened = sessions.open(LINK)
    clock.now += 400 * tokens.LIFETIME
    stale = sessions.recall(opened.cookie, LINK)
    renewed = sessions.renew(stale, replace(LINK, offer=Offer(3, 5)))
    assert (renewed.page.submission_id, renewed.claim_code) == (opened.page.submission_id, opened.claim_code)
    assert (renewed.page.campaign_id, renewed.page.points) == (3, 5)
    assert sessions.recall(renewed.cookie, LINK).is_stale is False


def test_a_claim_token_of_another_page_is_rejected(sessions: PageSessions):
    opened, other = sessions.open(LINK), sessions.open(LINK)
    with pytest.raises(BadToken):
        sessions.reopen(opened.page_token, other.claim_token, LINK)


def test_a_page_of_an_older_version_is_renewed_as_the_same_submission(sessions: PageSessions, clock: Clock):
    opened = sessions.open(LINK)
    clock.now += tokens.LIFETIME
    renewed = sessions.renew(opened, replace(LINK, version_id=4))
    assert renewed.page.version_id == 4
    assert renewed.page.submission_id == opened.page.submission_id
    assert renewed.claim_code == opened.claim_code
    assert sessions.recall(renewed.cookie, LINK) == renewed


def test_the_cookie_is_limited_to_the_link_and_hidden_from_scripts(sessions: PageSessions):
    header = cookie_header(sessions.open(LINK), LINK, secure=True)
    assert "; Path=/s/abcd2345; Max-Age=86400; HttpOnly; SameSite=Lax; Secure" in header
    assert "Secure" not in cookie_header(sessions.open(LINK), LINK, secure=False)


def test_a_page_tells_its_age_and_a_renewed_page_counts_as_an_hour_old(sessions: PageSessions, clock: Clock):
    opened = sessions.open(LINK)
    clock.now += 7
    assert sessions.reopen(opened.page_token, opened.claim_token, LINK).seconds == 7
    again = sessions.renew(opened, LINK)
    assert sessions.reopen(again.page_token, again.claim_token, LINK).seconds == EARLIER
    clock.now -= 8
    assert sessions.reopen(opened.page_token, opened.claim_token, LINK).seconds is None
