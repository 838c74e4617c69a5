"""Benchmark the index page of 60 service points over a year, with 10,000, 1 and 10 million responses."""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from flask.sessions import SecureCookieSessionInterface

from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.responses import queries
from survey.responses.queries import BulkRow
from survey.settings import Settings
from survey.tallies.history import release_files
from survey.transaction import transaction
from tests import factories

from .answering import PORT, SECRET, application, get
from .measure import Figure, drive
from .server import serving

SIZES = (10_000, 1_000_000)
LARGE = 10_000_000
CHUNK = 20_000
DAYS = 365


def measure(folder: Path, large: bool) -> list[Figure]:
    figures: list[Figure] = []
    for size in (*SIZES, LARGE) if large else SIZES:
        there = folder / str(size)
        there.mkdir()
        figures.append(page(there, size, figures[0] if figures else None))
    return figures


def page(folder: Path, size: int, smallest: Figure | None) -> Figure:
    """Return the figure of the index page with ``size`` responses in the database."""
    url = f"sqlite:///{folder}/huiyin.db"
    with application(url, folder) as app:
        group, _regions, points = factories.company(regions=3, points=20)
        cookie = session_cookie(app, factories.staff("administrator").get_id())
        fill(points, factories.version(), size, app.config["SETTINGS"])
    environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE_DIR": str(folder)}
    with serving("wsgi:served", PORT, environment) as server:
        request = get(f"/admin/indexes/{group.code}?by=point", [f"Cookie: {cookie}"])
        return drive(
            f"(e) index page, {size:,} responses",
            server,
            [request],
            beside=smallest,
            goal="≥ 0.67 (time ≤ 1.5 ×)" if smallest else "",
        )


def session_cookie(app, user_id: str) -> str:
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    return f"session={serializer.dumps({'_user_id': user_id, '_fresh': True})}"


def fill(points: list[Place], version: Version, size: int, settings: Settings) -> None:
    """Store ``size`` responses in bulk and release them."""
    rows = responses([point.id for point in points], version.id, size, settings)
    while chunk := list(islice(rows, CHUNK)):
        with transaction() as session:
            queries.begin_bulk(session)
            queries.add_bulk(session, chunk)
            queries.end_bulk(session)
    release_files()


def responses(places: list[int], version_id: int, size: int, settings: Settings) -> Iterator[BulkRow]:
    chance = random.Random(20261123)
    today = settings.today()
    days = [(today - timedelta(days=back)).isoformat() for back in range(DAYS)]
    answers = [
        json.dumps(answer, separators=(",", ":")) for answer in (random_answer(chance) for _ in range(5000))
    ]
    for _ in range(size):
        identity = uuid.UUID(int=chance.getrandbits(128), version=4).bytes
        day = chance.choice(days)
        yield (
            chance.choice(places),
            identity,
            None,
            version_id,
            day,
            "qr",
            "zh_Hans_CN",
            chance.choice(answers),
            0,
        )


def random_answer(chance: random.Random) -> dict[str, int]:
    mood = chance.gauss(4, 0.8)
    codes = ("quality", "effectiveness", "innovation", "value", "overall")
    ratings = {code: min(5, max(1, round(mood + chance.gauss(0, 0.6)))) for code in codes}
    return ratings | {"nps": min(10, max(0, round(2 * mood + chance.gauss(0, 1.5))))}
