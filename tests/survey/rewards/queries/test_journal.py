from __future__ import annotations

from datetime import date

from survey.rewards.queries.journal import TransferFilter, all_entries, count_entries, entries, transfers
from tests.survey.rewards.books import NOVEMBER, OCTOBER, history


def test_transfers_are_found_by_day_reason_and_campaign_the_latest_first(app):
    ten, twenty = history()

    def reasons(wish: TransferFilter, before: int | None = None, most: int = 50) -> list[str]:
        return [transfer.reason for transfer in transfers(wish, before, most)]

    whole = ["claim", "hold", "redeem", "hold", "claim", "claim", "claim", "claim", "claim"]
    assert reasons(TransferFilter()) == whole
    assert reasons(TransferFilter(first=NOVEMBER)) == ["claim", "hold", "claim"]
    assert reasons(TransferFilter(first=OCTOBER, last=date(2026, 10, 6))) == ["redeem", "hold", "claim"]
    assert reasons(TransferFilter(reason="redeem")) == ["redeem"]
    assert reasons(TransferFilter(campaign_id=twenty.id)) == ["claim", "claim"]
    assert reasons(TransferFilter(campaign_id=ten.id, reason="hold", first=NOVEMBER)) == ["hold"]
    ids = [transfer.id for transfer in transfers(TransferFilter(), None, 4)]
    assert reasons(TransferFilter(), ids[-1]) == whole[4:]


def test_the_entries_of_each_transfer_sum_to_zero(app):
    history()
    ids = [transfer.id for transfer in transfers(TransferFilter(), None, 50)]
    lines = entries(ids)
    every = [line for transfer_id in ids for line in lines[transfer_id]]
    assert all(sum(line[5] for line in lines[transfer_id]) == 0 for transfer_id in ids)
    assert {line[2] for line in every} == {"issued", "wallet", "pending", "held", "redeemed"}
    assert all((line[3] is None) == (line[2] in ("issued", "redeemed")) for line in every)
    rows = all_entries(TransferFilter())
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(rows) == count_entries(TransferFilter()) == len(every)
    assert count_entries(TransferFilter(reason="redeem")) == len(all_entries(TransferFilter(reason="redeem")))
