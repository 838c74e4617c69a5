"""Whatever is done to the tree, in whatever order: it stays a tree."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from survey.db import db
from survey.places import layout, queries, retirement
from survey.places.models import Place
from survey.refusal import Refused
from survey.transaction import transaction
from tests.factories import TODAY

PICKED = st.integers(0, 999)
KINDS = st.sampled_from(["group", "region", "region", "point"])


class Organisation(RuleBasedStateMachine):
    """``parents`` is the tree as it should be: a parent's code for each code, "" above the roots."""

    def __init__(self) -> None:
        super().__init__()
        self.parents: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.retired: set[str] = set()
        self.added = 0

    def pick(self, number: int) -> Place:
        codes = sorted(self.parents)
        return queries.place(codes[number % len(codes)])

    def below(self, code: str) -> set[str]:
        """``code`` and all below it, found by walking."""
        children = (child for child, parent in self.parents.items() if parent == code)
        return {code}.union(*(self.below(child) for child in children))

    def takes(self, code: str) -> bool:
        return self.kinds[code] != "point" and code not in self.retired

    @rule(kind=KINDS)
    def add_root(self, kind: str) -> None:
        self._add(None, kind)

    @precondition(lambda self: self.parents)
    @rule(kind=KINDS, picked=PICKED)
    def add(self, kind: str, picked: int) -> None:
        self._add(self.pick(picked), kind)

    def _add(self, parent: Place | None, kind: str) -> None:
        self.added += 1
        code = f"C{self.added}"
        allowed = parent is None or self.takes(parent.code)
        try:
            layout.add_place(parent, kind, code, code)
        except Refused:
            assert not allowed
            return
        assert allowed
        self.parents[code], self.kinds[code] = parent.code if parent else "", kind

    @precondition(lambda self: self.parents)
    @rule(picked=PICKED, to=PICKED, top=st.booleans())
    def move(self, picked: int, to: int, top: bool) -> None:
        place, parent = self.pick(picked), None if top else self.pick(to)
        allowed = parent is None or (self.takes(parent.code) and parent.code not in self.below(place.code))
        try:
            with transaction() as session:
                layout.move_within(session, place, parent)
        except Refused:
            assert not allowed
            return
        assert allowed
        self.parents[place.code] = parent.code if parent else ""

    @precondition(lambda self: self.parents)
    @rule(picked=PICKED)
    def retire(self, picked: int) -> None:
        place = self.pick(picked)
        retirement.retire_place(place, TODAY)
        if place.code not in self.retired:
            self.retired |= self.below(place.code)

    @precondition(lambda self: self.retired)
    @rule(picked=PICKED)
    def restore(self, picked: int) -> None:
        code = sorted(self.retired)[picked % len(self.retired)]
        allowed = self.parents[code] not in self.retired
        try:
            retirement.restore_place(queries.place(code))
        except Refused:
            assert not allowed
            return
        assert allowed
        self.retired -= self.below(code)

    @precondition(lambda self: self.parents)
    @rule(picked=PICKED)
    def delete(self, picked: int) -> None:
        place = self.pick(picked)
        code = place.code
        try:
            layout.delete(place)
        except Refused:
            assert self.below(code) != {code}
            return
        assert self.below(code) == {code}
        del self.parents[code], self.kinds[code]
        self.retired.discard(code)

    @invariant()
    def the_stored_tree_is_the_expected_tree(self) -> None:
        db.session.rollback()
        places = {place.code: place for top in queries.roots() for place in queries.subtree(top)}
        assert {code: place.parent.code if place.parent else "" for code, place in places.items()} == (
            self.parents
        )
        assert {code for code, place in places.items() if place.retired_on} == self.retired
        for code, place in places.items():
            above = place.parent.path if place.parent else "/"
            assert place.path == f"{above}{place.id}/"
            assert place.id not in place.ancestor_ids[:-1]
            assert {member.code for member in queries.subtree(place)} == self.below(code)

    def teardown(self) -> None:
        """Deletes what is left, the lowest first."""
        while self.parents:
            for code in sorted(set(self.parents) - set(self.parents.values())):
                layout.delete(queries.place(code))
                del self.parents[code]


@pytest.mark.usefixtures("embedded_app")
def test_the_tree_stays_a_tree():
    run_state_machine_as_test(
        Organisation,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
