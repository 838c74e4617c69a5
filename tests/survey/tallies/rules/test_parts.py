from survey.tallies.rules.parts import EVERYBODY, FLAGGED, UNFLAGGED, Common

QR = Common("qr", "zh", UNFLAGGED)


def test_a_filter_matches_the_parts_that_have_what_the_filter_asks_for():
    assert Common("qr", "").matches(QR)
    assert Common("", "zh").matches(QR)
    assert Common("", "", UNFLAGGED).matches(QR)
    assert QR.matches(QR)
    assert not Common("qr", "").matches(Common("sms", "zh"))
    assert not Common("", "", FLAGGED).matches(QR)


def test_a_filter_does_not_match_a_part_whose_respondents_differ_in_what_the_filter_asks_for():
    assert not QR.matches(Common("qr", ""))
    assert not Common("qr", "").matches(EVERYBODY)


def test_a_filter_that_asks_for_nothing_matches_every_part():
    assert EVERYBODY.matches(QR)
    assert EVERYBODY.matches(EVERYBODY)
