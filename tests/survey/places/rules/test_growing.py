from hypothesis import given
from hypothesis import strategies as st

from survey.places.rules.growing import ExistingPlace, check
from survey.places.rules.reading import read
from survey.tabular import TableRow

HEAD = TableRow(1, ["code", "name", "kind", "parent"])
CODES = st.sampled_from(["", "A", "B", "C", "D", "E", "F", "X", "Y", "a/b"])
ROWS = st.lists(
    st.tuples(CODES, st.sampled_from(["名", ""]), st.sampled_from(["region", "point", "?"]), CODES)
)
KNOWN = {"X": ExistingPlace("region", 3, True, False), "Y": ExistingPlace("point", 2, True, False)}


@given(ROWS.filter(bool))
def test_every_row_is_either_good_or_bad_and_the_good_make_a_tree(rows):
    table = read([HEAD, *(TableRow(line, list(cells)) for line, cells in enumerate(rows, 2))])
    checked = check(table, KNOWN, everywhere=True)
    bad = {problem.line for problem in checked.problems}
    assert bad | {candidate.line for candidate in checked.rows} == set(range(2, len(rows) + 2))
    assert checked.good + checked.bad == len(rows)
    placed = {code: place.kind for code, place in KNOWN.items()}
    for level in checked.levels:
        for candidate in level:
            assert candidate.code not in placed
            assert not candidate.parent or placed[candidate.parent] != "point"
        placed |= {candidate.code: candidate.kind for candidate in level}


@given(st.permutations(range(8)))
def test_the_order_of_the_rows_does_not_matter(order):
    rows = [TableRow(n + 2, [f"R{n}", "区", "region", f"R{n - 1}" if n else "X"]) for n in order]
    checked = check(read([HEAD, *rows]), KNOWN, everywhere=False)
    assert [[candidate.code for candidate in level] for level in checked.levels] == [
        [f"R{n}"] for n in range(8)
    ]
