from flask import Flask

from survey.tallies.queries import parts
from survey.tallies.rules.parts import EVERYBODY, Common


def test_a_part_keeps_its_id_and_filters_find_those_that_have_it(app: Flask):
    names = [Common("qr", "zh"), Common("qr", ""), Common("sms", "zh"), EVERYBODY]
    ids = parts.ids(names)
    assert parts.ids(names[::-1]) == ids == parts.known()
    assert len(set(ids.values())) == 4

    def holding(channel: str, language: str) -> set[Common]:
        found = parts.holding(Common(channel, language))
        return {name for name in names if ids[name] in found}

    assert holding("qr", "") == {Common("qr", "zh"), Common("qr", "")}
    assert holding("", "zh") == {Common("qr", "zh"), Common("sms", "zh")}
    assert holding("qr", "zh") == {Common("qr", "zh")}
    assert holding("email", "") == set()
    assert parts.holding(EVERYBODY) == [0]
