"""Things a test needs, each made through the product's own use cases, with a name of its own."""

from __future__ import annotations

from datetime import date
from itertools import count

from flask.testing import FlaskClient

from survey.invitations.issue import issue_link
from survey.invitations.models import Link
from survey.people.appointment import appoint
from survey.people.models import Staff
from survey.places import layout
from survey.places.models import Employee, Place
from survey.questionnaires import publication
from survey.questionnaires.models import Version

PASSWORD = "correct horse battery staple"
PUBLISHED_ON = date(2026, 1, 1)
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
    return issue_link(at, (of or version()).questionnaire, served_by, points, campaign="test")


def staff(role: str = "administrator", place: Place | None = None, username: str = "") -> Staff:
    return appoint(username or f"{role}{next(_numbers)}", role, role, PASSWORD, place)


def sign_in(client: FlaskClient, person: Staff) -> FlaskClient:
    """Opens a session as signing in does, without its half a second of hashing."""
    with client.session_transaction() as session:
        session["_user_id"] = person.get_id()
        session["_fresh"] = True
    return client
