from flask import Flask

from survey.tallies.queries import parts
from survey.tallies.rules.parts import EVERYBODY, Common


def test_a_part_keeps_its_id_and_filters_match_the_parts_that_have_their_values(app: Flask):
    names = [Common("qr", "zh"), Common("qr", ""), Common("sms", "zh"), EVERYBODY]
    ids = parts.ensure_ids(names)
    assert parts.ensure_ids(names[::-1]) == ids == parts.all_ids()
    assert len(set(ids.values())) == 4

    def matching(channel: str, language: str) -> set[Common]:
        part_ids = parts.ids_matching(Common(channel, language))
        return {name for name in names if ids[name] in part_ids}

    assert matching("qr", "") == {Common("qr", "zh"), Common("qr", "")}
    assert matching("", "zh") == {Common("qr", "zh"), Common("sms", "zh")}
    assert matching("qr", "zh") == {Common("qr", "zh")}
    assert matching("email", "") == set()
    assert parts.ids_matching(EVERYBODY) == [0]
