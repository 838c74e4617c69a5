from survey.reports.sentences import interval_text, join_names, tiles, verdict_text
from survey.reports.words import load_words
from survey.statistics.changes import Change, change
from survey.statistics.intervals import Estimate, Interval

WORDS = load_words("en")


def test_a_change_is_written_with_its_verdict():
    risen = change(Estimate(80, 1, 50), Estimate(70, 1, 50))
    alike = change(Estimate(70.5, 1, 50), Estimate(70, 1, 50))
    assert verdict_text(risen, WORDS) == "+10.0 from the previous month; significantly higher"
    assert verdict_text(alike, WORDS) == "+0.5 from the previous month; no significant change"
    assert verdict_text(Change(None, "unknown"), WORDS) == "cannot be determined"


def test_many_names_are_shortened_with_their_number():
    assert join_names(["a", "b"], WORDS) == "a, b"
    assert join_names((str(n) for n in range(12)), WORDS) == "0, 1, 2, 3, 4, 5, 6, 7 and others, 12 in all"


def test_an_interval_is_a_range_or_a_dash():
    assert interval_text(Interval(1.0, 2.25)) == "1.0 – 2.2"
    assert interval_text(None) == "–"


def test_a_place_has_tiles_of_the_figures_that_may_be_shown(tree, report):
    monthly = report(tree[0])
    labels = [tile.label for tile in tiles(monthly.glance, WORDS)]
    assert labels == ["Satisfaction index", "NPS", "Satisfaction rate", "Responses"]
    assert [tile.value for tile in tiles(monthly.glance, WORDS)][-1] == "135"
    few = report(tree[2][-1])
    assert [tile.label for tile in tiles(few.glance, WORDS)] == ["Satisfaction index", "Responses"]
