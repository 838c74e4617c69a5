"""Tests of what may be posted and which points are used first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.rewards.rules.posting import (
    MOST,
    Key,
    Lot,
    TooFewPoints,
    Unbalanced,
    check,
    first_in_first_out,
    move_entries,
    reversal,
    settlement_entries,
)

ISSUED, WALLET = Key("issued", 1), Key("wallet", 1, 7, date(2027, 11, 30))
lots = st.lists(
    st.builds(Lot, st.integers(1, 3), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 1000)),
    unique_by=lambda lot: lot[:2],
)


def test_entries_that_sum_to_zero_are_a_transfer():
    check({ISSUED: -10, WALLET: 10})


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {ISSUED: -10, WALLET: 9},
        {ISSUED: 0, WALLET: 0},
        {ISSUED: -10},
        {ISSUED: -10.0, WALLET: 10.0},
        {ISSUED: -0.5, WALLET: 0.5},
        {ISSUED: -True, WALLET: True},
        {ISSUED: -MOST - 1, WALLET: MOST + 1},
        {ISSUED: "-10", WALLET: "10"},
    ],
)
def test_other_entries_are_rejected(entries):
    with pytest.raises(Unbalanced):
        check(entries)


def test_points_that_expire_first_are_used_first_and_of_one_day_the_older_campaign():
    late, early, other = (
        Lot(1, date(2027, 2, 28), 5),
        Lot(2, date(2027, 1, 31), 5),
        Lot(1, date(2027, 1, 31), 3),
    )
    assert first_in_first_out([late, early, other], 9) == [other, early, Lot(1, date(2027, 2, 28), 1)]


@given(lots, st.integers(1, 2000))
def test_exactly_the_wanted_points_are_used_and_no_lot_is_overdrawn(there, wanted):
    total = sum(lot.points for lot in there)
    if wanted > total:
        with pytest.raises(TooFewPoints, match=str(wanted - total)):
            first_in_first_out(there, wanted)
        return
    used = first_in_first_out(there, wanted)
    assert sum(lot.points for lot in used) == wanted
    has = {lot[:2]: lot.points for lot in there}
    assert all(0 < lot.points <= has[lot[:2]] for lot in used)
    assert all(lot.points == has[lot[:2]] for lot in used[:-1])


@pytest.mark.parametrize("points", [0, -1, 0.5, 2.0, True, MOST + 1])
def test_an_invalid_number_of_points_is_rejected(points):
    with pytest.raises(Unbalanced):
        first_in_first_out([Lot(1, date(2027, 1, 31), 5)], points)


@given(lots.filter(bool))
def test_moves_settlements_and_reversals_balance(there):
    held = move_entries(there, 7, "wallet", "held")
    redeemed = settlement_entries(there, 7, "held", "redeemed")
    for entries in (held, redeemed, reversal(redeemed)):
        check(entries)
    assert {key: -amount for key, amount in redeemed.items()} == reversal(redeemed)
    campaigns = {lot.campaign_id for lot in there}
    assert {key for key in redeemed if key.kind == "redeemed"} == {
        Key("redeemed", campaign_id) for campaign_id in campaigns
    }
