import pytest

from survey.targets.rules.targets import EffectiveTarget, attainment, effective_target, is_figure, is_possible

GROUP, REGION, POINT = 1, 2, 3
WAY = (GROUP, REGION, POINT)
R5, OTHER = 7, 8


def test_a_place_has_the_target_of_the_nearest_place_above():
    assert effective_target({}, WAY, R5) is None
    assert effective_target({(GROUP, 0): 80.0}, WAY, R5) == EffectiveTarget(80, GROUP, 0)
    assert effective_target({(GROUP, 0): 80.0, (REGION, 0): 82.0}, WAY, R5) == EffectiveTarget(82, REGION, 0)
    assert effective_target({(GROUP, 0): 80.0, (POINT, R5): 0.0}, WAY, R5) == EffectiveTarget(0, POINT, R5)


def test_a_target_of_the_questionnaire_has_priority_over_that_of_all():
    targets = {(GROUP, R5): 70.0, (REGION, 0): 82.0, (REGION, R5): 85.0}
    assert effective_target(targets, WAY, R5) == EffectiveTarget(85, REGION, R5)
    assert effective_target(targets, WAY, OTHER) == EffectiveTarget(82, REGION, 0)
    assert effective_target(targets, (GROUP,), OTHER) is None


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [
        (80, 80, 1),
        (76, 80, 0.95),
        (0, 50, 0),
        (None, 80, None),
        (80, None, None),
        (-5, -10, None),
        (3, 0, None),
    ],
)
def test_attainment_is_actual_divided_by_target(actual, target, expected):
    assert attainment(actual, target) == expected


def test_figures_have_targets_within_their_bounds():
    assert is_figure("index")
    assert is_figure("dimension:quality")
    assert not is_figure("dimension:")
    assert not is_figure("dimension:" + "q" * 60)
    assert not is_figure("question:quality")
    assert is_possible("nps", -100)
    assert not is_possible("index", -1)
    assert not is_possible("nps", 100.5)
    assert not is_possible("index", float("nan"))
