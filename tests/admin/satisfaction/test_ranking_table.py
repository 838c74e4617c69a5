from types import SimpleNamespace

import pytest

from admin.satisfaction.ranking_table import SIZE, list_ranking
from survey.tallies.queries.subjects import Subject


def ranked(number):
    """Return entries whose names are in reverse order, so that sorting by name changes their order."""
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
    entries = ranked(number)
    nps = {entry.subject.code: SimpleNamespace(score=entry.nps) if entry.nps else None for entry in entries}
    ranking = SimpleNamespace(
        ranked=entries,
        figures=lambda some: [SimpleNamespace(nps=nps[entry.subject.code]) for entry in some],
    )
    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    with app.test_request_context(f"/admin/indexes/?{query}"):
        listing = list_ranking(ranking)
    return [entry.subject.place_id for entry in listing.shown], listing


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("likely", [0, 1, 2, 3]),
        ("anything", [0, 1, 2, 3]),
        ("index", [0, 1, 2, 3]),
        ("n", [3, 2, 1, 0]),
        ("change", [1, 2, 3, 0]),  # entries without a change come last
        ("nps", [3, 2, 1, 0]),
        ("name", [3, 2, 1, 0]),
    ],
)
def test_a_ranking_can_be_sorted_by_each_order(embedded_app, sort, order):
    assert numbers(embedded_app, 4, sort=sort)[0] == order


def test_a_long_ranking_is_split_into_pages(embedded_app):
    first, listing = numbers(embedded_app, SIZE + 20)
    assert (len(first), listing.page.pages) == (SIZE, 2)
    second, _listing = numbers(embedded_app, SIZE + 20, page=2)
    assert second == list(range(SIZE, SIZE + 20))
    with embedded_app.test_request_context("/admin/indexes/?period=year"):
        assert listing.address("n") == "/admin/indexes/?period=year&sort=n"
