from datetime import date

import pytest

from survey.responses.template import InvalidTemplate, Template, day


def test_a_template_is_pythons_format_over_columns():
    template = Template.parse("2017-05-{INTDATE:0>2}")
    assert template.columns == ("INTDATE",)
    assert [template.fill(["9"]), template.fill([" 24 "])] == ["2017-05-09", "2017-05-24"]


def test_a_template_may_join_and_cut_columns_named_in_any_language():
    template = Template.parse("{年}-{Month of visit:0>2}-{日:.2}")
    assert template.fill(["2017", "5", "13 09:30"]) == "2017-05-13"


@pytest.mark.parametrize(
    "text",
    [
        "{a.__class__}",
        "{a[0]}",
        "{a.__init__.__globals__[x]}",
        "{a!r}",
        "{}",
        "{a:{b}}",
        "{a:0>999999999}",
        "{a:.999999999}",
        "{a",
        "a}",
        "{:>5}",
    ],
)
def test_a_template_reaches_nothing_but_columns(text):
    with pytest.raises(InvalidTemplate):
        Template.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-05-13", date(2017, 5, 13)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-25", None),
        ("1899-12-31", None),
        ("20170513", None),
        ("2017-W20-6", None),
        ("2017-02-29", None),
        ("２０１７-05-13", None),
        ("", None),
    ],
)
def test_a_day_is_iso_and_from_1900_to_tomorrow(text, expected):
    assert day(text, date(2026, 11, 23)) == expected
