from survey.weighting.population_totals import Scheme
from tests.factories import TODAY


def test_attributes_are_those_with_totals_in_a_fixed_order():
    scheme = Scheme(TODAY, {"language": {"zh": 1}, "place": {"7": 5}, "channel": {}})
    assert scheme.attributes == ["place", "language"]
