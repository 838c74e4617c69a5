"""k-anonymity against differencing: from any views, at any times, nothing about fewer than ten people can be
computed.

Histories of days, classes, optional questions, versions, files, moves and a raised k are drawn; after each
step everything that pages, comments and released exports can show is noted, with the people whom it includes.
"""

from __future__ import annotations

import dataclasses
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from survey.batches.models import Batch, Carried, Queue
from survey.batches.opening import open_queues
from survey.comments.collecting import collect
from survey.db import db
from survey.periods import Period, month
from survey.places.models import Employee, Place
from survey.questionnaires.models import Version
from survey.questionnaires.rules.careless import find_signs
from survey.responses.export import queries as export
from survey.responses.export.queries import ResponseFilter
from survey.responses.models import Response, Waiting
from survey.settings import Settings
from survey.tallies import closing, history, verification
from survey.tallies.models import Part, Tally
from survey.tallies.moving import move_place
from survey.tallies.rebuilding import rebuild
from survey.tallies.rules.cells import Layout, unpack
from tests import factories
from tests.conftest import empty
from tests.survey.tallies import answers as handing

FIRST = date(2026, 1, 1)
LONG_AGO = date(2025, 11, 22)
LEAST = 10
RATINGS = ("quality", "effectiveness", "innovation", "value", "overall")
COUNTED = (*RATINGS, "nps")
Person = str
People = frozenset[Person]


@dataclass(frozen=True)
class Source:
    """Customers of a point: ``a_day`` of them, of whom some answer the optional questions."""

    point: int
    employee: int
    channel: str
    version: int
    a_day: int
    nps: float
    comment: float


@dataclass
class History:
    """What happened in a company, and what everybody could see of it."""

    app: Flask
    patch: pytest.MonkeyPatch
    chance: random.Random
    today: date = FIRST
    points: list[Place] = field(default_factory=list)
    employees: list[list[Employee | None]] = field(default_factory=list)
    regions: list[Place] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    views: dict[str, set[People]] = field(default_factory=lambda: defaultdict(set))
    batch_of: dict[uuid.UUID, int] = field(default_factory=dict)
    is_raised: bool = False

    def begin(self) -> None:
        empty()
        self.require(LEAST)
        for module in (closing, history):
            self.patch.setattr(module, "let_others_write", lambda: None)
        _top, self.regions, self.points = factories.company(2, 1)
        self.employees = [[None, factories.employee(point)] for point in self.points]
        self.versions = [factories.version(), factories.version(required=("overall",))]
        questionnaire_id = self.versions[0].questionnaire_id
        open_queues([(point.id, questionnaire_id) for point in self.points], FIRST)
        self.patch.setattr(Settings, "closing_day", lambda _self: self.today)

    def require(self, least: int) -> None:
        """Let so many be the fewest that are shown."""
        stricter = dataclasses.replace(self.app.config["SETTINGS"], minimum_group=least)
        self.patch.setitem(self.app.config, "SETTINGS", stricter)

    def give(self, source: Source, day: date, number: int, imported: bool = False) -> None:
        version = self.versions[source.version]
        rows = []
        for _ in range(number):
            key = uuid.UUID(int=self.chance.getrandbits(128))
            answers = {code: self.chance.randint(1, 5) for code in RATINGS if self.chance.random() < 0.9}
            answers |= {"nps": 9} if self.chance.random() < source.nps else {}
            answers |= {"comment": str(key)} if self.chance.random() < source.comment else {}
            served_by = self.employees[source.point][source.employee]
            rows.append(
                {
                    "place_id": self.points[source.point].id,
                    "id": key,
                    "employee_id": served_by.id if served_by else None,
                    "version_id": version.id,
                    "day": day,
                    "channel": source.channel,
                    "locale": "zh",
                    "answers": answers,
                    "signs": find_signs(version.definition, answers, None).signs,
                    "imported": imported,
                }
            )
        db.session.rollback()
        if rows:
            with db.engine.begin() as connection:
                connection.execute(insert(Waiting), rows)

    def give_these(self, at: Place, version: Version, rows: list[dict], day: date = LONG_AGO) -> None:
        """Write these answers as a file brings them."""
        handing.give(at, version, *rows, day=day)
        with db.engine.begin() as connection:
            connection.execute(update(Waiting).where(Waiting.day < FIRST).values(imported=True))

    def spend(self, sources: list[Source], number: int, is_punctual: bool) -> None:
        """Let days go by; a worker that is not punctual closes all batches at the end."""
        for _ in range(number):
            for source in sources:
                self.give(source, self.today, source.a_day)
            self.today += timedelta(1)
            if is_punctual:
                closing.close_all()
        closing.close_all()

    def bring(self, source: Source, months: int, number: int) -> None:
        """Read a file with answers of the months before."""
        for back in range(months):
            self.give(source, FIRST - timedelta(20 + 30 * back), number, imported=True)
        history.release_files(20)

    def raise_least(self, least: int) -> None:
        self.require(least)
        list(rebuild())
        self.is_raised = True

    def move(self, point: int, region: int) -> None:
        move_place(self.points[point], self.regions[region])

    # What can be seen

    def tallies(self) -> dict[tuple, tuple[int, bytes]]:
        """Return the released tallies of points and employees."""
        db.session.rollback()
        ids = [point.id for point in self.points]
        columns = (
            Tally.place_id,
            Tally.employee_id,
            Tally.grain,
            Tally.part_id,
            Tally.version_id,
            Tally.start,
        )
        rows = db.session.execute(
            select(*columns, Tally.n, Tally.cells).where(Tally.view == "released", Tally.place_id.in_(ids))
        )
        return {tuple(key): (n, cells) for *key, n, cells in rows if n or any(cells[1:])}

    def note(self, statistic: str, people: set[Person]) -> None:
        """Note a view; once k was raised only of respondents, for questions then leak (tested below)."""
        if statistic == "n" or not self.is_raised:
            self.views[statistic].add(frozenset(people))

    def look(self) -> None:
        """Note everything that can be seen now, and check that all who look see the same."""
        db.session.rollback()
        db.session.expire_all()
        responses = db.session.scalars(select(Response)).all()
        self._see_that_batches_stay(responses)
        by_cell = self._people_by_cell(responses)
        self._see_tallies(by_cell)
        for point in self.points:
            for start in sorted({month(cell[-1]) for cell in by_cell if cell[0] == point.id}):
                self._see_comments(point, Period(start, _end(start)))
        for _region, point_ids in export.regions(None):
            starts = sorted({quarter(cell[-1]) for cell in by_cell if cell[0] in point_ids})
            for start in starts:
                for first in {start, starts[0]}:
                    self._see_export(point_ids, responses, Period(first, _end_of_quarter(start)), by_cell)

    def _see_that_batches_stay(self, responses: list[Response]) -> None:
        """Every response stays in its batch, or goes with all others of it into a larger one."""
        now = {one.id: one.batch_id for one in responses}
        assert self.batch_of.keys() <= now.keys()
        united: dict[int, set[int]] = defaultdict(set)
        for key, batch_id in self.batch_of.items():
            united[batch_id].add(now[key])
        assert all(len(batches) == 1 for batches in united.values())
        assert not now.keys() & set(db.session.scalars(select(Waiting.id)))
        sizes = Counter(now.values())
        assert sizes == dict(db.session.execute(select(Batch.id, Batch.n)).all())
        assert min(sizes.values(), default=LEAST) >= LEAST
        self.batch_of = now

    def _people_by_cell(self, responses: list[Response]) -> dict[tuple, set[Person]]:
        """Return whom each tally of a day counts, by (place, employee, part, statistic, day)."""
        batches = {
            batch.id: (batch, queue)
            for batch, queue in db.session.execute(
                select(Batch, Queue).join(Queue, Queue.id == Batch.queue_id)
            )
        }
        carried = {(one.batch_id, one.question): one.shown_in for one in db.session.scalars(select(Carried))}
        cells: dict[tuple, set[Person]] = defaultdict(set)
        for one in responses:
            batch, queue = batches[one.batch_id]
            shown = {"n": batch.id} | {
                question: carried.get((batch.id, question), batch.id) for question in one.answers
            }
            for statistic, shown_in in shown.items():
                if shown_in is not None:
                    day = batches[shown_in][0].closed_on - timedelta(1)
                    part = (queue.channel, queue.language, queue.care)
                    for employee_id in {0, queue.employee_id or 0}:
                        cells[one.place_id, employee_id, part, statistic, day].add(str(one.id))
        return cells

    def _see_tallies(self, by_cell: dict[tuple, set[Person]]) -> None:
        """Note what filtered and unfiltered pages can show of any days, which are sums of these cells."""
        parts = {
            part.id: (part.channel, part.language, part.care) for part in db.session.scalars(select(Part))
        }
        layouts = {version.id: Layout.of(version.definition) for version in self.versions}
        counted: Counter[tuple] = Counter()
        for (place_id, employee_id, grain, part_id, version_id, start), (n, cells) in self.tallies().items():
            if grain == "day" and part_id:
                row = unpack(n, cells)
                counted[place_id, employee_id, parts[part_id], "n", start] += n
                for column in layouts[version_id].counted:
                    code = column.column.key
                    number = int(row[column.start : column.end].sum())
                    counted[place_id, employee_id, parts[part_id], code, start] += number
        sizes = {key: len(people) for key, people in by_cell.items() if key[3] in ("n", *COUNTED)}
        assert {key: n for key, n in counted.items() if n} == sizes
        for (*_subject, statistic, _day), people in by_cell.items():
            if statistic != "comment":
                self.note(statistic, people)

    def _see_export(
        self,
        point_ids: Sequence[int],
        responses: list[Response],
        period: Period,
        by_cell: dict[tuple, set[Person]],
    ) -> None:
        """Note what a released file of a region shows: rows by quarter, answers in all of it."""
        asked = ResponseFilter([version.id for version in self.versions], period.first, period.last, True)
        withheld = export.withheld(point_ids, period.first, period.last)
        answers = {one.id: one.answers for one in responses}
        rows = db.session.execute(export._asked(point_ids, asked)).all()
        assert len(rows) == export.count(point_ids, asked)
        cells: dict[tuple, set[Person]] = defaultdict(set)
        for row in rows:
            cells[quarter(row.day - timedelta(1)), "n"].add(str(row.id))
            for question in answers[row.id]:
                if (row.batch_id, question) not in withheld:
                    cells[None, question].add(str(row.id))
        for (_quarter, statistic), people in cells.items():
            if statistic != "comment":
                self.note(statistic, people)
        pages = sum(
            len(people)
            for (place_id, employee_id, _part, statistic, day), people in by_cell.items()
            if place_id in point_ids
            and (employee_id, statistic) == (0, "n")
            and period.first <= day <= period.last
        )
        assert len(rows) == pages

    def _see_comments(self, point: Place, period: Period) -> None:
        """Note whose comments are shown."""
        collection = collect(self.versions[::-1], period, point)
        shown = {str(comment.text) for comment in collection.comments}
        assert len(shown) == len(collection.comments)
        if shown:
            self.note("comment", shown)
        asked = ResponseFilter([version.id for version in self.versions], period.first, period.last, True)
        assert collection.sample.answers == export.count([point.id], asked)


def _end(start: date) -> date:
    """Return the last day of a month."""
    return (start + timedelta(31)).replace(day=1) - timedelta(1)


def quarter(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _end_of_quarter(start: date) -> date:
    return quarter(start + timedelta(100)) - timedelta(1)


def indistinct(views: set[People]) -> Iterator[int]:
    """Yield the sizes of the sets of people who are in the same views, and so cannot be told apart by adding
    and subtracting figures."""
    seen_in: dict[Person, set[int]] = defaultdict(set)
    for number, people in enumerate(views):
        for person in people:
            seen_in[person].add(number)
    yield from Counter(frozenset(numbers) for numbers in seen_in.values()).values()


SOURCE = st.builds(
    Source,
    point=st.integers(0, 1),
    employee=st.integers(0, 1),
    channel=st.sampled_from(("qr", "qr", "sms")),
    version=st.integers(0, 1),
    a_day=st.integers(1, 4),
    nps=st.sampled_from((0.05, 0.3, 0.9)),
    comment=st.sampled_from((0.05, 0.3)),
)
DAYS = st.tuples(
    st.just("spend"), st.lists(SOURCE, min_size=1, max_size=3), st.integers(15, 50), st.booleans()
)
FILES = st.tuples(st.just("bring"), SOURCE, st.integers(1, 3), st.integers(3, 30))
MOVE = st.tuples(st.just("move"), st.integers(0, 1), st.integers(0, 1))
RAISE = st.tuples(st.just("raise_least"), st.sampled_from((15, 25)))
STEPS = st.lists(st.one_of(DAYS, DAYS, DAYS, FILES, MOVE, RAISE), min_size=2, max_size=4)


@settings(
    max_examples=20,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS, st.integers(0, 1 << 30))
def test_any_combination_of_views_distinguishes_only_groups_of_ten_people(embedded_app, steps, seed):
    """Every set of people who are in the same views of a statistic has ten; so any two views, of pages with
    any filter, of comments or of files, before and after any step, differ by nobody or by ten people."""
    with pytest.MonkeyPatch.context() as patch:
        company = History(embedded_app, patch, random.Random(seed))
        company.begin()
        company.spend([Source(0, 0, "qr", 0, 4, 0.3, 0.3)], 60, is_punctual=False)
        company.look()
        for name, *arguments in steps:
            getattr(company, name)(*arguments)
            company.look()
        for statistic, views in company.views.items():
            assert min(indistinct(views)) >= LEAST, statistic
        assert company.views["n"]
        assert list(verification.verify()) == []


@pytest.fixture
def company(embedded_app: Flask):
    """A company whose first batches are released and whose next ones are open."""
    with pytest.MonkeyPatch.context() as patch:
        company = History(embedded_app, patch, random.Random(7))
        company.begin()
        company.spend([Source(0, 0, "qr", 0, 4, 0.3, 0.3), Source(1, 1, "qr", 0, 3, 0.9, 0.3)], 80, False)
        company.look()
        yield company


def test_nothing_but_a_closing_changes_a_released_tally(company):
    before = company.tallies()
    assert len(before) > 10
    company.give(Source(0, 1, "sms", 1, 1, 1, 1), company.today, 100)
    company.give(Source(1, 1, "qr", 0, 1, 1, 1), company.today - timedelta(40), 100)
    assert company.tallies() == before
    closing.close_all()
    company.move(0, 1)
    list(rebuild())
    company.look()
    assert company.tallies() == before
    company.today += timedelta(91)
    closing.close_all()
    after = company.tallies()
    assert after != before
    assert {key: after[key] for key in before if key[2] == "day"} == {
        key: tally for key, tally in before.items() if key[2] == "day"
    }


def test_a_batch_of_few_would_be_noticed(company):
    """The control: views that differ by a single batch of three are found."""
    people = sorted(company.views["n"], key=len)[-1]
    few = frozenset(sorted(people)[:3])
    assert min(indistinct(company.views["n"])) >= LEAST
    assert min(indistinct({*company.views["n"], people - few})) < LEAST


def test_rows_hold_no_answers_that_pages_show_in_another_quarter(company):
    """Pages show the answers of both quarters together, with the second: twelve, six of each."""
    at, version = company.points[0], company.versions[0]
    rated = dict.fromkeys(RATINGS, 4)
    for day in (FIRST - timedelta(100), FIRST - timedelta(40)):
        company.give_these(at, version, [rated] * 14 + [rated | {"nps": 9}] * 6, day)
        assert history.release_files(20) == 20
    first, last = date(2025, 7, 1), FIRST - timedelta(1)
    withheld = export.withheld([at.id], first, last)
    given: Counter[date] = Counter()
    for page in export.pages([at.id], ResponseFilter([version.id], first, last, True)):
        for row in page:
            given[quarter(row.day)] += "nps" in row.answers and (row.batch_id, "nps") not in withheld
    assert given.total() == 0
