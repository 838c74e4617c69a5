"""The use case "load the demonstration": a company with a year of answers, stored in bulk."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice, repeat
from random import Random

import numpy as np
from numpy.random import Generator

from survey import settings
from survey.batches.opening import open_queues
from survey.links import issue
from survey.people.appointment import appoint
from survey.places import layout
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import publication
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Version
from survey.questionnaires.rules.reading import read
from survey.responses import queries as responses
from survey.responses.queries import BulkRow
from survey.tallies.history import release_files
from survey.transaction import transaction

from . import clearing, points, queries
from .answers import DAYS, AnswerBatch, answers
from .company import REGIONS, TOP, InventedPoint
from .company import invent_points as invented
from .refusal import DemonstrationRefused
from .sign_ins import SIGN_INS, password

SEED = 2026
RESPONSES = 20_000
EXPECTED = 10
"""Answers a day that a point of the demonstration is said to get: so batches close every other day."""
CHUNK = 20_000
TRIED = 100  # of each chunk, against what the version asks
CHANNEL = "qr"
FIRST = ("counter", "marketing")
"""Sign-ins of users who have acts in the history of points."""


def load(number: int, today: date, force: bool, progress: Callable[[int], None]) -> None:
    """Load the company with ``number`` responses up to ``today``, which are the same for the same day.

    The rows of a load that was killed are cleared first. ``progress`` is called with the number of responses
    of each chunk. Raises DemonstrationRefused when the demonstration is loaded already, and when there are
    real places unless ``force``.
    """
    with queries.exclusive_lock():
        if queries.is_unfinished():
            clearing.clear_while_alone()
        _check(force)
        _load(number, today, progress)


def _load(number: int, today: date, progress: Callable[[int], None]) -> None:
    version = _version(today - timedelta(days=DAYS))
    company = invented(Random(SEED))  # noqa: S311 - invented figures, and the same ones every time
    top = _lay_out(company)
    issue.issue_missing(top, version.questionnaire)
    running, past = points.begin(today)
    rows = _rows(np.random.default_rng(SEED), company, version, number, today)
    while chunk := list(islice(rows, CHUNK)):
        with transaction() as session:
            responses.begin_bulk(session)
            responses.add_bulk(session, chunk)
            responses.end_bulk(session)
        progress(len(chunk))
    release_files()
    open_queues(queries.points_of(version.questionnaire_id), today, EXPECTED)
    _appoint(*FIRST)
    points.fill(running, past, today, Random(SEED))  # noqa: S311
    _appoint(*(name for name in SIGN_INS if name not in FIRST))  # must come last: see is_unfinished()


def _check(force: bool) -> None:
    if queries.is_loaded():
        raise DemonstrationRefused("The demonstration is loaded already. Clear it first: huiyin demo clear")
    if queries.has_places(real=True) and not force:
        raise DemonstrationRefused(
            "There are places that are not the demonstration's. To load it beside them: --force"
        )
    taken = queries.taken_usernames(list(SIGN_INS))
    if taken:
        raise DemonstrationRefused(f"There is a sign-in {taken[0]} already")


def _version(since: date) -> Version:
    """Return the published questionnaire of regulation R5; publish it for the demonstration when there is
    none."""
    document = publication.library_document("r5")
    existing = questionnaires.questionnaire(document["slug"])
    if existing is None:
        with transaction() as session:
            version = publication.add_version(
                session, document["slug"], document["title"], {"questions": document["questions"]}, since
            )
            queries.mark(document["slug"])
        return version
    published = questionnaires.published(existing.id)
    wanted = {question["code"] for question in document["questions"]}
    if published is None or not wanted <= published.definition.by_code.keys():
        raise DemonstrationRefused(
            f"Questionnaire {document['slug']} is there, but does not ask what the demonstration does"
        )
    return published


def _lay_out(company: list[InventedPoint]) -> Place:
    with transaction() as session:
        top = layout.insert_place(session, None, "group", *TOP, demonstration=True)
        regions = {
            code: layout.insert_place(session, top, "region", code, name, name_en, demonstration=True)
            for code, (name, name_en, _) in REGIONS.items()
        }
        for point in company:
            layout.insert_place(
                session, regions[point.region], "point", point.code, point.name, point.name_en, True
            )
    places_by_code = {place.code: place for place in places.subtree(top, "point")}
    for point in company:
        for worker in point.workers:
            layout.add_employee(places_by_code[point.code], worker.code, worker.name, demonstration=True)
    return top


def _rows(
    random: Generator, company: list[InventedPoint], version: Version, number: int, today: date
) -> Iterator[BulkRow]:
    """Yield the responses as they are stored, point by point."""
    ids = {place.code: place.id for point in company if (place := places.place(point.code))}
    staff: dict[str | None, int | None] = {None: None}
    workers = (places.employee(worker.code) for point in company for worker in point.workers)
    staff |= {worker.code: worker.id for worker in workers if worker}
    for batch in answers(random, company, number, today):
        _check_answers(version, batch)
        yield from zip(
            repeat(ids[batch.point.code]),
            _keys(random, len(batch.answers)),
            [staff[code] for code in batch.workers],
            repeat(version.id),
            batch.days,
            repeat(CHANNEL),
            batch.languages,
            batch.answers,
            batch.signs,
        )


def _keys(random: Generator, number: int) -> list[bytes]:
    """Return ``number`` ids of responses (UUID version 4), as customers' pages generate them."""
    keys = np.frombuffer(random.bytes(16 * number), np.uint8).reshape(number, 16).copy()
    keys[:, 6] = keys[:, 6] & 0x0F | 0x40
    keys[:, 8] = keys[:, 8] & 0x3F | 0x80
    return [key.tobytes() for key in keys]


def _check_answers(version: Version, batch: AnswerBatch) -> None:
    """Raise ValueError when the version asks other questions, so that its page would reject these answers."""
    for document in batch.answers[:TRIED]:
        fields = {code: str(answer) for code, answer in json.loads(document).items()}
        reading = read(version.definition, fields)
        if reading.errors:
            raise ValueError(f"the demonstration answers what is not asked: {reading.errors}")


def _appoint(*usernames: str) -> None:
    secret = settings.current().secret_key
    for username in usernames:
        role, name, code = SIGN_INS[username]
        place = places.place(code) if code else None
        appoint(username, name, role, password(secret, username), place, demonstration=True)
