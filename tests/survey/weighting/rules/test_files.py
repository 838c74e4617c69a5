import pytest

from survey.tabular import TableRow, Unreadable
from survey.weighting.rules.files import KnownTotal, check

KNOWN = {"place": {"P1", "P2"}, "channel": {"qr", "sms"}, "language": {"zh"}}


def checked(*lines):
    return check([TableRow(i, line.split(";")) for i, line in enumerate(lines, 1)], KNOWN)


def problems(*lines):
    return [(problem.line, problem.column, problem.text) for problem in checked(*lines).problems]


def test_rows_are_of_a_place_a_channel_or_a_language():
    totals = checked("place;channel;language;customers", "P1;;;12.5", ";qr;;1,200", ";;zh;7")
    assert totals.rows == [
        KnownTotal(2, "place", "P1", 12.5),
        KnownTotal(3, "channel", "qr", 1200),
        KnownTotal(4, "language", "zh", 7),
    ]
    assert (totals.good, totals.bad, totals.total("channel")) == (3, 0, 1200)


def test_chinese_headers_in_any_order_are_understood():
    for word in ("客户数", "顾客数"):
        for place in ("服务点", "编码", "服务点编码"):
            assert checked(f"{word};{place}", "3;P2").rows == [KnownTotal(2, "place", "P2", 3)]


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [
        ("P9;;5", "place", "no service point"),
        (";fax;5", "channel", "no responses came through a channel"),
        ("P1;qr;5", "place", "one service point, one channel or one language"),
        (";;5", "place", "one service point, one channel or one language"),
        ("P1;;", "customers", "not a number"),
        ("P1;;-5", "customers", "not a number"),
        ("P1;;many", "customers", "not a number"),
        ("P1", "customers", "not a number"),
    ],
)
def test_each_problem_of_a_row_is_reported(line, column, text):
    [(number, at, problem)] = problems("place;channel;customers", "P2;;1", line)
    assert (number, at) == (3, column)
    assert text in problem


def test_a_duplicate_row_is_reported():
    assert problems("place;customers", "P1;1", "P2;1", "P1;2") == [
        (4, "place", "already set on line %(line)s")
    ]


@pytest.mark.parametrize("lines", [[], ["place"], ["customers"], ["a;b"], ["place;customers"]])
def test_rows_that_are_not_a_table_of_totals_are_rejected(lines):
    with pytest.raises(Unreadable):
        checked(*lines)


def test_totals_that_are_all_0_are_rejected():
    with pytest.raises(Unreadable, match="are 0"):
        checked("place;channel;customers", "P1;;5", ";qr;0")
