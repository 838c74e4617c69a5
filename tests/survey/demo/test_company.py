from __future__ import annotations

from collections import Counter
from random import Random

from survey.demo.company import CITIES, REGIONS, invent_points


def test_the_company_is_the_same_for_the_same_seed_and_another_for_another():
    assert invent_points(Random(1)) == invent_points(Random(1))
    assert invent_points(Random(1)) != invent_points(Random(2))


def test_every_city_has_four_points_and_nothing_has_the_code_of_another():
    company = invent_points(Random(1))
    assert Counter(point.region for point in company) == dict.fromkeys(REGIONS, 20)
    assert sum(map(len, CITIES.values())) * 4 == len(company)
    codes = [point.code for point in company] + [w.code for point in company for w in point.workers]
    assert len(set(codes)) == len(codes)
    assert len({point.name for point in company}) == len(company)
    assert all(worker.code.startswith(point.code) for point in company for worker in point.workers)


def test_the_east_does_better_than_the_south():
    def mean(region: str) -> float:
        effects = [
            point.effect
            for seed in range(20)
            for point in invent_points(Random(seed))
            if point.region == region
        ]
        return sum(effects) / len(effects)

    assert mean("DEMO-E") - mean("DEMO-S") > 0.15
    assert min(point.weight for point in invent_points(Random(1))) > 0
