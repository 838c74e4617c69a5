import pytest

from survey.places import layout, queries, retirement
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def top(app):
    """TOP: EAST with P1 (two employees) and AREA with P2 (one); WEST with P3; P4 right below."""
    top = factories.place("group", code="TOP", name="回音银行")
    east, west = (factories.place("region", top, code) for code in ("EAST", "WEST"))
    area = factories.place("region", east, "AREA")
    points = {
        code: factories.place("point", above, code, name)
        for code, above, name in (
            ("P1", east, "南京路支行"),
            ("P2", area, "100%_满意店"),
            ("P3", west, "Nanjing 路"),
            ("P4", top, "总行大厅"),
        )
    }
    for point, code in (("P1", "E1"), ("P1", "E2"), ("P2", "E3")):
        factories.employee(points[point], code)
    return top


def counts(code):
    node = queries.node(queries.place(code))
    return node.children, node.points, node.employees


def test_a_node_counts_what_lies_below_it_at_any_depth(top):
    assert counts("TOP") == (3, 4, 3)
    assert counts("EAST") == (2, 2, 3)
    assert counts("AREA") == (1, 1, 1)
    assert counts("P1") == (0, 1, 2)
    assert counts("WEST") == (1, 1, 0)


def test_what_is_retired_does_not_count_but_is_there(top):
    retirement.retire_employee(queries.employee("E1"), TODAY)
    assert counts("EAST") == (2, 2, 2)
    retirement.retire_place(queries.place("AREA"), TODAY)
    assert counts("EAST") == (2, 1, 1)
    assert counts("TOP") == (3, 3, 1)
    assert [node.place.code for node in queries.nodes(queries.place("EAST"))] == ["AREA", "P1"]


def test_groups_and_regions_come_before_points_page_by_page(top):
    assert [node.place.code for node in queries.nodes(top)] == ["EAST", "WEST", "P4"]
    assert [node.place.code for node in queries.nodes(top, offset=1, limit=1)] == ["WEST"]
    assert [node.place.code for node in queries.nodes(None)] == ["TOP"]


def test_the_counts_of_places_whose_ids_begin_alike_do_not_mix(app):
    """Place 1 and place 10 and above: "/1" is the beginning of "/10", but "/1/" is not of "/10/"."""
    places = [factories.place("region") for _ in range(12)]
    factories.place("point", places[9])
    points_by_place = {node.place.id: node.points for node in queries.nodes(None)}
    assert points_by_place == {place.id: int(place is places[9]) for place in places}


def search_result(wanted, within=None, **page):
    places, total = queries.search(wanted, within, **page)
    return [place.code for place in places], total


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("路", ["P1", "P3"]),
        ("nanjing", ["P3"]),
        ("p2", ["P2"]),
        ("%", ["P2"]),
        ("_", ["P2"]),
        ("\\", []),
        ("'", []),
        ("nowhere", []),
    ],
)
def test_a_search_finds_codes_and_names_to_the_letter(top, wanted, codes):
    assert search_result(wanted) == (codes, len(codes))


def test_a_search_stays_in_its_part_and_comes_page_by_page(top):
    assert search_result("A", queries.place("EAST")) == (["AREA", "EAST"], 2)
    assert search_result("路", queries.place("WEST")) == (["P3"], 1)
    assert search_result("A", top, offset=1, limit=1) == (["EAST"], 3)


def test_ways_are_found_for_many_places_at_once(top):
    wanted = [queries.place(code) for code in ("P2", "P4", "TOP")]
    ways = queries.ways(wanted)
    assert [[place.code for place in ways[start.id]] for start in wanted] == [
        ["TOP", "EAST", "AREA"],
        ["TOP"],
        [],
    ]


def test_where_something_may_move_to(top):
    retirement.retire_place(queries.place("AREA"), TODAY)
    assert [place.code for place in queries.destinations(None, points=False)] == ["EAST", "TOP", "WEST"]
    assert [place.code for place in queries.destinations(None, points=True)] == ["P1", "P3", "P4"]
    assert [place.code for place in queries.destinations(queries.place("EAST"), points=True)] == ["P1"]


def test_height_counts_the_levels_below(top):
    assert queries.height(top) == 4
    assert queries.height(queries.place("P4")) == 1


@pytest.mark.parametrize("code", ["nowhere", "", "a\0"])
def test_an_unknown_code_is_nobodys(app, code):
    assert queries.place(code) is None
    assert queries.employee(code) is None


def test_by_codes_takes_more_codes_than_a_statement_binds(app):
    layout.add_place(None, "point", "LAST", "店")
    assert set(queries.by_codes([f"N{n}" for n in range(40_000)] + ["LAST"])) == {"LAST"}
