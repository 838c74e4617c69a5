from dataclasses import replace

from survey.reports import details
from survey.reports.words import words

EN = words("en")


def test_a_question_tells_its_answers_mean_score_and_interval(tree, report):
    made = report(tree[0])
    asked = made.glance.now.questions[0]
    shown = details.questions(made, EN)[0]
    assert shown["cells"][:3] == [f"{asked.n}", f"{asked.mean:.2f}", f"{asked.score.value:.1f}"]
    assert shown["counts"] == list(asked.counts)


def test_answers_of_which_the_lowest_is_best_are_counted_from_the_other_end(tree, report):
    made = report(tree[0])
    asked = made.glance.now.questions[0]
    turned = details.questions(replace(made, low_is_best=frozenset({asked.code})), EN)[0]
    assert turned["counts"] == list(reversed(asked.counts))


def test_a_question_with_too_few_answers_has_no_figures(tree, report):
    made = report(tree[0])
    few = replace(made.glance.now.questions[0], counts=None)
    glance = replace(made.glance, now=replace(made.glance.now, questions=[few]))
    (shown,) = details.questions(replace(made, glance=glance), EN)
    assert (shown["cells"], shown["counts"]) == (["too few responses", "", "", ""], [])


def test_dimensions_tell_their_score_and_answers(tree, report):
    made = report(tree[0])
    name, score, _interval, given = details.dimensions(made, EN)[0]
    first = next(iter(made.glance.now.dimensions.values()))
    assert (name, score, given) == ("Quality", f"{first.value:.1f}", "124")


def test_drivers_are_parts_of_the_greatest_and_add_up(tree, report):
    made = report(tree[0])
    shown = details.drivers(made, EN)
    assert shown["rows"][0]["part"] == 1
    assert 97 <= sum(int(row["cells"][0].rstrip("%")) for row in shown["rows"]) <= 103
    assert details.drivers(replace(made, drivers=replace(made.drivers, drivers=[])), EN) is None


def test_promoters_passives_and_detractors_are_told_in_per_cent(tree, report):
    told = details.promoters(report(tree[0]), EN)
    assert told.startswith("NPS: ")
    assert "% promoters" in told
