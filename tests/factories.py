"""Things a test needs, each made through the product's own use cases, with a name of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from flask.testing import FlaskClient

from survey.links.issue import issue_link
from survey.links.models import Link
from survey.people.appointment import appoint
from survey.people.customers import enter
from survey.people.models import Customer, Staff
from survey.places import layout
from survey.places.models import Employee, Place
from survey.questionnaires import publication
from survey.questionnaires.models import Version
from survey.rewards import campaigns, catalogue, coupons, stocking
from survey.rewards.campaigns import CampaignTerms
from survey.rewards.claims import code_hash
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.claims import Claim
from survey.rewards.queries import budgets
from survey.rewards.queries import campaigns as campaign_queries
from survey.rewards.rules.offers import PayingRate
from survey.rewards.rules.rewarding import RewardTerms
from survey.rewards.taking import take
from survey.transaction import transaction

PASSWORD = "correct horse battery staple"
PUBLISHED_ON = date(2026, 1, 1)
TODAY = date(2026, 11, 23)
"""The day of most tests."""
FAR = date(2030, 12, 31)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC).replace(tzinfo=None)
"""The moment (UTC) it is noon in Shanghai on the day of most tests."""
_numbers = count(1)


def place(kind: str = "point", parent: Place | None = None, code: str = "", name: str = "") -> Place:
    number = next(_numbers)
    return layout.add_place(parent, kind, code or f"P{number}", name or f"网点 {number}", f"Point {number}")


def employee(at: Place, code: str = "", name: str = "") -> Employee:
    number = next(_numbers)
    return layout.add_employee(at, code or f"E{number}", name or f"员工 {number}")


def company(regions: int = 2, points: int = 2) -> tuple[Place, list[Place], list[Place]]:
    """A group with ``regions`` regions of ``points`` service points each: (group, regions, points)."""
    top = place("group")
    below = [place("region", top) for _ in range(regions)]
    return top, below, [place("point", region) for region in below for _ in range(points)]


def version(slug: str = "service-satisfaction", required: tuple[str, ...] = ()) -> Version:
    """A published version of the questionnaire of regulation R5."""
    document = publication.library_document("r5")
    questions = [q | {"required": True} if q["code"] in required else q for q in document["questions"]]
    return publication.publish(slug, document["title"], {"questions": questions}, PUBLISHED_ON)


def link(
    at: Place | None = None, served_by: Employee | None = None, points: int = 10, of: Version | None = None
) -> Link:
    at = at or place()
    of = of or version()
    if points:
        campaign(points, of)
    return issue_link(at, of.questionnaire, served_by)


def campaign(points: int = 10, of: Version | None = None, **terms: object) -> Campaign:
    """A campaign of the year that pays for answers to ``of``, to any questionnaire when None; made once."""
    rate = PayingRate(of.questionnaire_id if of else None, "", points)
    title = f"活动 {rate.questionnaire_id} {points}"
    there = [existing for existing in campaign_queries.campaigns() if existing.title["zh"] == title]
    if there and not terms:
        return there[0]
    year = {"starts_on": PUBLISHED_ON, "ends_on": date(2030, 12, 31)}
    budget = {"budget": 1_000_000, "rates": (rate,)}
    return campaigns.begin(CampaignTerms(**{"title": {"zh": title, "en": title}} | year | budget | terms))


def staff(role: str = "administrator", place: Place | None = None, username: str = "") -> Staff:
    return appoint(username or f"{role}{next(_numbers)}", role, role, PASSWORD, place)


def sign_in(client: FlaskClient, person: Staff) -> FlaskClient:
    """Opens a session as signing in does, without its half a second of hashing."""
    with client.session_transaction() as session:
        session["_user_id"] = person.get_id()
        session["_fresh"] = True
    return client


def customer(phone: str = "") -> Customer:
    """Somebody with a wallet."""
    return enter("phone", phone or f"+86138{next(_numbers):08d}", PUBLISHED_ON)


def claim(points: int = 10, of: Campaign | None = None, doubt: str = "", expires_on: date = FAR) -> str:
    """The code of an open claim, as handing in makes it."""
    of = of or campaign(points)
    code = f"{next(_numbers):022d}"
    with transaction() as session:
        cursor = session.connection().connection.cursor()
        assert budgets.take(cursor, of.id, points, session.get_bind().dialect.name == "postgresql")
        session.add(
            Claim(
                code_hash=code_hash(code),
                points=points,
                campaign_id=of.id,
                expires_on=expires_on or date(2030, 12, 31),
                doubt=doubt,
            )
        )
    return code


def wallet(points: int, taken_on: date = PUBLISHED_ON, of: Campaign | None = None) -> Customer:
    """A customer with so many points of one claim."""
    owner = customer()
    take(claim(points, of), owner.id, taken_on)
    return owner


def reward(
    kind: str = "generated", price: int = 10, stock: dict[Place, int] | None = None, **terms: object
) -> Reward:
    """A reward of the year. ``stock``: gifts at service points; ``codes`` among the terms: uploaded ones."""
    codes = terms.pop("codes", None)
    name = f"奖品 {next(_numbers)}"
    off = {"amount_off": 500} if kind == "discount" and "percent_off" not in terms else {}
    own = {"title": {"zh": name, "en": name}, "price": price, "starts_on": PUBLISHED_ON}
    made = catalogue.begin(kind, RewardTerms(**own | off | terms))
    for at, number in (stock or {}).items():
        stocking.put(made.id, at, number, seen=0)
    if codes is not None:
        coupons.upload(made.id, codes)
    return made
