import pytest

from survey.targets.rules.targets import Goal, attainment, goal, is_figure, is_possible

GROUP, REGION, POINT = 1, 2, 3
WAY = (GROUP, REGION, POINT)
R5, OTHER = 7, 8


def test_the_nearest_place_that_has_a_target_gives_it():
    assert goal({}, WAY, R5) is None
    assert goal({(GROUP, 0): 80.0}, WAY, R5) == Goal(80, GROUP, 0)
    assert goal({(GROUP, 0): 80.0, (REGION, 0): 82.0}, WAY, R5) == Goal(82, REGION, 0)
    assert goal({(GROUP, 0): 80.0, (POINT, R5): 0.0}, WAY, R5) == Goal(0, POINT, R5)


def test_at_one_place_that_of_the_questionnaire_goes_before_that_of_all():
    found = {(GROUP, R5): 70.0, (REGION, 0): 82.0, (REGION, R5): 85.0}
    assert goal(found, WAY, R5) == Goal(85, REGION, R5)
    assert goal(found, WAY, OTHER) == Goal(82, REGION, 0)
    assert goal(found, (GROUP,), OTHER) is None


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
def test_attainment_is_actual_by_target(actual, target, expected):
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
