from dataclasses import replace

from survey.reports import details
from survey.reports.words import load_words

EN = load_words("en")


def test_a_question_shows_its_answers_mean_score_and_interval(tree, report):
    monthly = report(tree[0])
    asked = monthly.glance.now.questions[0]
    shown = details.questions(monthly, EN)[0]
    assert shown["cells"][:3] == [f"{asked.n}", f"{asked.mean:.2f}", f"{asked.score.value:.1f}"]
    assert shown["counts"] == list(asked.counts)


def test_counts_are_reversed_where_the_lowest_answer_is_the_best(tree, report):
    monthly = report(tree[0])
    asked = monthly.glance.now.questions[0]
    turned = details.questions(replace(monthly, low_is_best=frozenset({asked.code})), EN)[0]
    assert turned["counts"] == list(reversed(asked.counts))


def test_a_question_with_too_few_answers_has_no_figures(tree, report):
    monthly = report(tree[0])
    few = replace(monthly.glance.now.questions[0], counts=None)
    glance = replace(monthly.glance, now=replace(monthly.glance.now, questions=[few]))
    (shown,) = details.questions(replace(monthly, glance=glance), EN)
    assert (shown["cells"], shown["counts"]) == (["too few responses", "", "", ""], [])


def test_dimensions_show_their_score_and_answers(tree, report):
    monthly = report(tree[0])
    name, score, _interval, answers = details.dimensions(monthly, EN)[0]
    first = next(iter(monthly.glance.now.dimensions.values()))
    assert (name, score, answers) == ("Quality", f"{first.value:.1f}", "124")


def test_shares_of_drivers_add_up_and_bars_are_relative_to_the_greatest(tree, report):
    monthly = report(tree[0])
    shown = details.drivers(monthly, EN)
    assert shown["rows"][0]["part"] == 1
    assert 97 <= sum(int(row["cells"][0].rstrip("%")) for row in shown["rows"]) <= 103
    assert details.drivers(replace(monthly, drivers=replace(monthly.drivers, drivers=[])), EN) is None


def test_promoters_passives_and_detractors_are_shown_in_per_cent(tree, report):
    sentence = details.promoters(report(tree[0]), EN)
    assert sentence.startswith("NPS: ")
    assert "% promoters" in sentence
