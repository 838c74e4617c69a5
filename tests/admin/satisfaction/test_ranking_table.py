from types import SimpleNamespace

import pytest

from admin.satisfaction.ranking_table import SIZE, listing
from survey.tallies.queries.subjects import Subject


def ranked(number):
    """Named backwards, so that the order by name is another one."""
    return [
        SimpleNamespace(
            subject=Subject(i, 0, f"P{i:03}", f"网点{number - i:03}", ""),
            n=i,
            change=SimpleNamespace(value=None if i == 0 else -i),
            standing=SimpleNamespace(estimate=SimpleNamespace(value=100 - i)),
            nps=i % 7 or None,
        )
        for i in range(number)
    ]


def numbers(app, number, **arguments):
    those = ranked(number)
    nps = {one.subject.code: SimpleNamespace(score=one.nps) if one.nps else None for one in those}
    ranking = SimpleNamespace(
        ranked=those,
        figures=lambda some: [SimpleNamespace(nps=nps[one.subject.code]) for one in some],
    )
    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    with app.test_request_context(f"/admin/indexes/?{query}"):
        found = listing(ranking)
    return [one.subject.place_id for one in found.shown], found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("likely", [0, 1, 2, 3]),
        ("anything", [0, 1, 2, 3]),
        ("index", [0, 1, 2, 3]),
        ("n", [3, 2, 1, 0]),
        ("change", [1, 2, 3, 0]),  # what has none comes last
        ("nps", [3, 2, 1, 0]),
        ("name", [3, 2, 1, 0]),
    ],
)
def test_orders(embedded_app, sort, order):
    assert numbers(embedded_app, 4, sort=sort)[0] == order


def test_a_long_list_comes_in_pages(embedded_app):
    first, found = numbers(embedded_app, SIZE + 20)
    assert (len(first), found.page.pages) == (SIZE, 2)
    second, _found = numbers(embedded_app, SIZE + 20, page=2)
    assert second == list(range(SIZE, SIZE + 20))
    with embedded_app.test_request_context("/admin/indexes/?period=year"):
        assert found.address("n") == "/admin/indexes/?period=year&sort=n"
