"""A company with something on every page, made through the product's own use cases."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from survey import settings
from survey.db import db
from survey.links import upkeep
from survey.places import queries as places
from survey.places import retirement
from survey.places.models import Place
from survey.questionnaires import drafting, publication
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.models import Version
from survey.questionnaires.rules import translating
from survey.questionnaires.rules.starting import new_item
from survey.responses.models import Contact
from survey.rewards import adjusting, catalogue, picturing, redemption, reviewing
from survey.rewards.models.campaigns import Campaign
from survey.rewards.queries import reviews
from survey.rewards.taking import take
from survey.sealing import seal
from tests import factories
from tests.survey.rewards.pictures import file
from tests.survey.tallies.answers import ALIKE, give, release_all, some


def lay_out() -> dict[str, str]:
    """The codes of what was made, by what it is for."""
    today = settings.current().today()
    top, (region, quiet), (point, second, empty, _) = factories.company(2, 2)
    before = factories.version()
    asked = factories.version(required=("overall",))
    person = factories.employee(point, name="王芳")
    left = factories.employee(point, name="李静")
    retirement.retire_employee(left, today)
    for months in range(4):
        day = today - timedelta(days=30 * months)
        give(point, asked, *some(12, seed=months), day=day)
        give(second, before, *some(9, seed=months + 10), day=day)
        give(point, asked, *[ALIKE] * 6, day=day, served_by=person)
    kinds = publication.publish("kinds", {"zh": "各种题目", "en": "Kinds"}, every_kind(), today)
    orders = (["o3", "o1", "o2"], ["o1", "o3", "o2"])
    chosen = [{"yes_no": n % 2, "number": 5 * n, "ranking": orders[n % 2]} for n in range(8)]
    give(point, kinds, *chosen, day=today)
    few = factories.place("point", region)
    give(few, asked, *[ALIKE] * 4, day=today)
    release_all()
    link = factories.link(point, person, of=asked)
    retired = factories.link(second, of=asked)
    upkeep.retire(retired, today)
    for number in range(3):
        wish_for_a_call(point, asked, f"1380013800{number}", done_on=today if number == 2 else None)
    doubtful_points(today)
    closed = factories.place("point", quiet)
    retirement.retire_place(closed, today)
    return {
        "group": top.code,
        "region": region.code,
        "point": point.code,
        "few": few.code,
        "empty": empty.code,
        "closed": closed.code,
        "employee": person.code,
        "left": left.code,
        "link": link.code,
        "retired": retired.code,
        "slug": asked.questionnaire.slug,
        "drafted": drafted().questionnaire.slug,
        "username": factories.staff("auditor").username,
        "claim": factories.claim(20, past_campaign()),
        **rewards(point),
        "campaign": str(past_campaign().id),
        "adjustment": str(asked_for(today)),
    }


def rewards(at: Place) -> dict[str, str]:
    """One of each kind, by their kinds; the gift has a picture and waits at ``at``."""
    gift = factories.reward(
        "gift",
        stock={at: 5},
        title={"zh": "随行保温杯", "en": "Travel mug"},
        description={"zh": "500 毫升，三色随机。", "en": "500 ml, one of three colours."},
    )
    picturing.illustrate(gift.id, file())
    made = {
        "gift": gift,
        "generated": factories.reward(price=1_000_000, per_wallet=1),
        "discount": factories.reward("discount", minimum_spend=20_000, place_id=at.id),
        "uploaded": factories.reward("uploaded", codes="JD-1\nJD-2\n"),
        "withdrawn": factories.reward(remaining=0),
    }
    catalogue.withdraw(made["withdrawn"].id, settings.current().today())
    return {kind: str(reward.id) for kind, reward in made.items()}


def past_campaign(**terms: object) -> Campaign:
    """One that promises nothing any more, so that it changes no other page."""
    title = {"zh": "秋季答谢", "en": "Autumn thanks"}
    return factories.campaign(title=title, ends_on=factories.PUBLISHED_ON, **terms)


def asked_for(today: date) -> int:
    """An adjustment that waits for somebody to decide."""
    owner = factories.wallet(20, today - timedelta(days=40), past_campaign())
    by = factories.staff("marketing").id
    reason = "客户来电：一份答卷的积分没有到账。"
    return adjusting.request(owner.number, past_campaign().id, 20, reason, by, today).id


def customer(names: dict[str, str]) -> list[str]:
    """What the session of somebody with points holds; some are doubtful. The claim they took gets a name."""
    today = settings.current().today()
    owner = factories.wallet(20, today - timedelta(days=40), past_campaign())
    take(factories.claim(15, past_campaign(valid_months=2)), owner.id, today)
    take(factories.claim(10, past_campaign(), doubt="burst"), owner.id, today)
    names["taken"] = factories.claim(10, past_campaign())
    take(names["taken"], owner.id, today)
    at = places.place(names["point"])
    for kind, name in (("gift", "fetched"), ("discount", "shown")):
        reserved = redemption.reserve(uuid.uuid4(), owner.id, int(names[kind]), 10, today, at.id)
        names[name] = str(reserved.id)
    return [owner.number, owner.session_key]


def every_kind() -> dict[str, object]:
    return {"languages": ["zh", "en"], "questions": [new_item(kind, kind) for kind in KINDS]}


def wish_for_a_call(at: Place, asked: Version, phone: str, done_on: date | None) -> None:
    sealed = {"name": seal("王芳", "contact name"), "phone": seal(phone, "contact phone")}
    week = settings.current().today() - timedelta(days=7)
    of = asked.questionnaire_id
    db.session.add(Contact(place_id=at.id, questionnaire_id=of, week=week, done_on=done_on, **sealed))
    db.session.commit()


def doubtful_points(today: date) -> None:
    """Claims taken with one device into several wallets, another in a burst, and one that is decided."""
    for sign in ("shared", "shared", "shared", "many", "staff", "burst"):
        device = [("device", 7)] if sign == "shared" else []
        take(factories.claim(20, expires_on=today), factories.customer().id, today, [(sign, 4), *device])
    first = reviews.pending(1)[0]
    reviewing.void(first.transfer_id, factories.staff("marketing").id, "一部手机领了四个账户", today)


def drafted() -> Version:
    """A draft that lacks texts in one language, has none in another (from right to left), and was tried."""
    made = drafting.begin(factories.version("drafted").questionnaire.slug)
    pieces = translating.pieces(made.document)[3:9]
    gone = {piece.key: (translating.digest(piece.texts["en"]), "") for piece in pieces}
    drafting.change(made.id, "texts", lambda document: translating.write(document, "en", gone))
    drafting.add_trial(made.id, "en", {"overall": 4, "comment": "Test"}, settings.current().today())
    return drafting.change(made.id, "languages", lambda document: translating.add_language(document, "ug"))
