import pytest

from survey.tabular import Row, Unreadable
from survey.weighting.rules.files import KnownTotal, check

KNOWN = {"place": {"P1", "P2"}, "channel": {"qr", "sms"}, "language": {"zh"}}


def checked(*lines):
    return check([Row(i, line.split(";")) for i, line in enumerate(lines, 1)], KNOWN)


def problems(*lines):
    return [(one.line, one.column, one.text) for one in checked(*lines).problems]


def test_rows_are_of_a_place_a_channel_or_a_language():
    found = checked("place;channel;language;customers", "P1;;;12.5", ";qr;;1,200", ";;zh;7")
    assert found.rows == [
        KnownTotal(2, "place", "P1", 12.5),
        KnownTotal(3, "channel", "qr", 1200),
        KnownTotal(4, "language", "zh", 7),
    ]
    assert (found.good, found.bad, found.total("channel")) == (3, 0, 1200)


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
def test_what_is_wrong_with_a_row_is_told(line, column, text):
    [(number, at, told)] = problems("place;channel;customers", "P2;;1", line)
    assert (number, at) == (3, column)
    assert text in told


def test_what_is_set_twice_is_told():
    assert problems("place;customers", "P1;1", "P2;1", "P1;2") == [
        (4, "place", "already set on line %(line)s")
    ]


@pytest.mark.parametrize("lines", [[], ["place"], ["customers"], ["a;b"], ["place;customers"]])
def test_what_is_no_table_of_totals_cannot_be_read(lines):
    with pytest.raises(Unreadable):
        checked(*lines)


def test_customers_of_nothing_but_0_weigh_nothing():
    with pytest.raises(Unreadable, match="are 0"):
        checked("place;channel;customers", "P1;;5", ";qr;0")
