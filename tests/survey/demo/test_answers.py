from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from survey.db import dumps
from survey.demo.answers import DAYS, MOST, AnswerBatch, answers
from survey.demo.company import invent_points
from survey.questionnaires import publication
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import BEST, HASTY, TIMED, find_signs
from survey.questionnaires.rules.reading import read
from tests.factories import TODAY

COMPANY = invent_points(Random(1))


def made(number: int, seed: int = 1) -> list[AnswerBatch]:
    return list(answers(np.random.default_rng(seed), COMPANY, number, TODAY))


@pytest.fixture(scope="module")
def given() -> list[AnswerBatch]:
    return made(20_000)


def test_every_answer_is_stored_as_the_page_of_the_questionnaire_would_store_it(given):
    definition = Definition.parse(publication.library_document("r5"))
    documents = [document for some in given for document in some.answers]
    assert len(documents) == 20_000
    for document in documents:
        fields = {code: str(answer) for code, answer in json.loads(document).items()}
        reading = read(definition, fields)
        assert (reading.errors, reading.contacts) == ({}, {})
        assert dumps(reading.answers) == document != "{}"


def test_signs_of_carelessness_are_those_that_a_page_would_note(given):
    definition = Definition.parse(publication.library_document("r5"))
    for some in given:
        for document, signs in zip(some.answers, some.signs, strict=True):
            in_time = find_signs(definition, json.loads(document), 1000).signs
            assert signs in (in_time, in_time + HASTY)
    shares = Counter(signs for some in given for signs in some.signs)
    assert shares.keys() == {TIMED, TIMED + BEST, TIMED + HASTY, TIMED + BEST + HASTY}


def test_employees_days_and_languages_are_those_there_are(given):
    first = TODAY - timedelta(days=DAYS - 1)
    for some in given:
        assert len(some.answers) == len(some.workers) == len(some.days) == len(some.languages) <= MOST
        assert set(some.workers) <= {None, *(worker.code for worker in some.point.workers)}
        assert first <= date.fromisoformat(min(some.days))
        assert date.fromisoformat(max(some.days)) <= TODAY
    languages = Counter(language for some in given for language in some.languages)
    assert languages.keys() == {"zh", "en"}
    assert 800 < languages["en"] < 1200


def test_the_same_seed_gives_the_same_answers_and_another_others():
    assert made(500) == made(500)
    assert made(500) != made(500, seed=2)


def test_a_point_with_very_many_customers_has_them_in_several_lots(monkeypatch):
    monkeypatch.setattr("survey.demo.answers.MOST", 100)
    lots = [some for some in made(12_000) if some.point == COMPANY[0]]
    assert len(lots) > 1
    assert {len(some.answers) for some in lots[:-1]} == {100}


def test_higher_ratings_go_with_recommendation_and_better_points_are_rated_higher(given):
    ratings, likely = [], []
    for batch in given:
        for document in batch.answers:
            answer = json.loads(document)
            if {"quality", "nps"} <= answer.keys():
                ratings.append(answer["quality"])
                likely.append(answer["nps"])
    assert np.corrcoef(ratings, likely)[0, 1] > 0.6
    means = {
        batch.point.code: np.mean([json.loads(stored).get("quality", 4) for stored in batch.answers])
        for batch in given
    }
    effects = [point.effect + point.strengths[0] for point in COMPANY]
    assert np.corrcoef(effects, [means[point.code] for point in COMPANY])[0, 1] > 0.9
