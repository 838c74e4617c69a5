from survey.reports.sentences import between, listed, tiles, verdict
from survey.reports.words import words
from survey.statistics.changes import Change, change
from survey.statistics.intervals import Estimate, Interval

SAID = words("en")


def test_a_change_is_told_with_what_may_be_said_of_it():
    risen = change(Estimate(80, 1, 50), Estimate(70, 1, 50))
    alike = change(Estimate(70.5, 1, 50), Estimate(70, 1, 50))
    assert verdict(risen, SAID) == "+10.0 from the previous month; significantly higher"
    assert verdict(alike, SAID) == "+0.5 from the previous month; no significant change"
    assert verdict(Change(None, "unknown"), SAID) == "cannot be determined"


def test_many_names_are_counted():
    assert listed(["a", "b"], SAID) == "a, b"
    assert listed((str(n) for n in range(12)), SAID) == "0, 1, 2, 3, 4, 5, 6, 7 and others, 12 in all"


def test_intervals():
    assert between(Interval(1.0, 2.25)) == "1.0 – 2.2"
    assert between(None) == "–"


def test_tiles_are_those_that_a_place_has(tree, report):
    made = report(tree[0])
    labels = [tile.label for tile in tiles(made.glance, SAID)]
    assert labels == ["Satisfaction index", "NPS", "Satisfaction rate", "Responses"]
    assert [tile.value for tile in tiles(made.glance, SAID)][-1] == "135"
    few = report(tree[2][-1])
    assert [tile.label for tile in tiles(few.glance, SAID)] == ["Satisfaction index", "Responses"]
