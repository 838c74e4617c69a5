from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.tallies.rules.parts import EVERYBODY, LONGEST_WAIT, PATIENCE, Common, WaitingCount, cut, parts_due
from tests.factories import TODAY

QR, SMS, ENGLISH, SMS_ENGLISH = (
    Common(*names) for names in (("qr", "zh"), ("sms", "zh"), ("qr", "en"), ("sms", "en"))
)
LONG_AGO = TODAY - LONGEST_WAIT
DAYS = [TODAY - timedelta(days) for days in range(6)][::-1]


def released_sizes(respondents, k=5) -> dict[tuple[Common, date], int]:
    """Return the number of respondents released as each part on each day."""
    sizes = Counter()
    for given_, piece in cut(respondents, k).items():
        sizes[piece] += respondents[given_]
    return dict(sizes)


def test_a_filter_matches_the_parts_that_have_what_the_filter_asks_for():
    assert Common("qr", "").matches(QR)
    assert Common("", "zh").matches(QR)
    assert EVERYBODY.matches(QR)
    assert not Common("qr", "").matches(SMS)
    assert not QR.matches(Common("qr", ""))
    assert QR.with_others([ENGLISH]) == Common("qr", "")
    assert QR.with_others([ENGLISH, SMS]) == EVERYBODY
    assert QR.with_others([Common("", "zh")]) == Common("", "zh")


def test_groups_of_k_are_due_and_smaller_groups_wait():
    young = {QR: WaitingCount(5, TODAY), SMS: WaitingCount(4, TODAY), ENGLISH: WaitingCount(4, TODAY)}
    assert parts_due(young, 5, TODAY) == {QR}
    assert parts_due({SMS: WaitingCount(4, TODAY), ENGLISH: WaitingCount(4, TODAY)}, 5, TODAY) == frozenset()


def test_small_groups_are_due_when_many_wait_or_one_waits_too_long():
    many = {Common(f"channel {i}", "zh"): WaitingCount(4, TODAY) for i in range(7)}
    assert PATIENCE * 5 <= 7 * 4
    assert parts_due(many, 5, TODAY) == many.keys()
    old = {SMS: WaitingCount(1, LONG_AGO), ENGLISH: WaitingCount(4, TODAY)}
    assert parts_due(old, 5, TODAY) == old.keys()
    assert parts_due(old, 6, TODAY) == frozenset()


def test_groups_are_released_with_everything_that_k_have_in_common():
    day = DAYS[0]
    assert released_sizes({(QR, day): 5, (SMS, day): 7}) == {(QR, day): 5, (SMS, day): 7}
    assert released_sizes({(QR, day): 3, (ENGLISH, day): 2, (SMS, day): 9}) == {
        (Common("qr", ""), day): 5,
        (SMS, day): 9,
    }
    assert released_sizes({(QR, day): 3, (SMS, day): 4, (SMS_ENGLISH, day): 1}) == {(EVERYBODY, day): 8}
    assert released_sizes({(SMS, day): 3, (QR, day): 2}) == {(Common("", "zh"), day): 5}
    assert released_sizes({(SMS, day): 3, (ENGLISH, day): 2}) == {(EVERYBODY, day): 5}
    assert released_sizes({(SMS, day): 3, (ENGLISH, day): 1}) == {}


def test_fewer_than_k_who_remain_join_the_smallest_block():
    first, second, third, *_ = DAYS
    assert released_sizes({(QR, first): 9, (QR, second): 6, (ENGLISH, third): 2}) == {
        (QR, first): 9,
        (Common("qr", ""), third): 8,
    }


GROUPS = st.sampled_from([QR, SMS, ENGLISH, SMS_ENGLISH, Common("email", "zh")])
QUEUES = st.dictionaries(st.tuples(GROUPS, st.sampled_from(DAYS)), st.integers(1, 9), max_size=15)


@settings(deadline=None)
@given(QUEUES, st.integers(1, 8))
def test_a_queue_of_k_or_more_is_cut_into_pieces_of_k_whose_common_traits_are_true(respondents, k):
    pieces = cut(respondents, k)
    if sum(respondents.values()) < k:
        assert pieces == {}
        return
    assert pieces.keys() == respondents.keys()
    assert min(released_sizes(respondents, k).values()) >= k
    for (group, day), (part, end) in pieces.items():
        assert part.matches(group)
        assert end >= day


def test_rare_answers_of_many_months_do_not_all_count_in_the_last_month():
    months = [date(2026, 1, 1) + timedelta(31 * i) for i in range(10)]
    queue = {(QR, day): 9 for day in months} | {(SMS, day): 1 for day in months}
    pieces = cut(queue, 5)
    assert all(end - day < LONGEST_WAIT for (_group, day), (_part, end) in pieces.items())
    assert set(released_sizes(queue, 5).values()) == {10}
    few = {(QR, day): 2 for day in months}
    assert sorted(released_sizes(few, 5).values()) == [6, 6, 8]


@settings(deadline=None)
@given(QUEUES, st.integers(1, 8))
def test_due_groups_can_always_be_cut(respondents, k):
    sizes, since = Counter(), {}
    for (group, day), n in respondents.items():
        sizes[group] += n
        since[group] = min(day, since.get(group, day))
    due_groups = parts_due({group: WaitingCount(n, since[group]) for group, n in sizes.items()}, k, TODAY)
    assert due_groups <= sizes.keys()
    assert {group for group, n in sizes.items() if n >= k} <= due_groups
    taken = {given_: n for given_, n in respondents.items() if given_[0] in due_groups}
    assert cut(taken, k).keys() == taken.keys()
