"""The use case "take points": a claim enters one wallet once, however many customers try however often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.people.customers import is_insider
from survey.refusal import N_, Refused
from survey.transaction import Session, transaction

from . import ledger
from .claims import code_hash
from .models.claims import Claim
from .models.reviews import Review
from .queries import books, claims
from .rules.doubts import Sign
from .rules.posting import Key
from .rules.validity import last_day


@dataclass(frozen=True)
class TakenPoints:
    """A result of taking a claim: its ``points`` and the day ``vests_on`` until which they wait for a review,
    None when they can be spent at once."""

    points: int
    vests_on: date | None = None


class InsiderRefused(Refused):
    """A refusal of points for a person who works here: the claim is void and its points are in the budget
    again."""


def take(code: str, customer_id: int, today: date, signs: Sequence[Sign] = ()) -> TakenPoints:
    """Move the points of an open claim into the customer's wallet. A repeat by the same customer is
    idempotent and returns the same result. ``signs`` (and a doubtful claim) let the points wait for a review.

    Raises Refused when the claim is unknown, taken by somebody else, expired or void; when the campaign's
    daily limit is reached, and then the claim stays open; when the wallet was deleted; and InsiderRefused.
    """
    claim_hash = code_hash(code)
    with transaction() as session:
        owner = books.lock(session, customer_id)
        if owner is None or owner.erased_on is not None:
            raise Refused(N_("This wallet has been deleted."))
        claim = claims.take(session, claim_hash, today)
        if claim is None:
            return _repeat(claim_hash, customer_id)
        if not is_insider(customer_id):
            return _post(session, claim, customer_id, today, signs)
        claims.void(session, claim)
    raise InsiderRefused(N_("Company staff cannot earn points."))


def look_up(code: str, customer_id: int | None, today: date) -> Claim | TakenPoints:
    """Return the open claim with this code, or what this customer took by it. Raises Refused as take()
    does."""
    claim_hash = code_hash(code)
    claim, record = claims.claim(claim_hash), claims.owner(claim_hash.hex())
    if claim is not None and claim.state == "open" and claim.expires_on >= today:
        return claim
    return _earlier_result(claim, record, customer_id)


def _post(
    session: Session, claim: Claim, customer_id: int, today: date, signs: Sequence[Sign]
) -> TakenPoints:
    """Post the points to the wallet, or to a review when a sign or the claim is doubtful. Raises Refused
    beyond the daily limit."""
    campaign = claim.campaign
    cap = campaign.daily_cap
    if cap is not None and books.taken_on(session, customer_id, campaign.id, today) + claim.points > cap:
        raise Refused(
            N_("You have reached today’s limit of %(cap)s points for a wallet. Please come back tomorrow."),
            cap=cap,
        )
    evidence = [*([(claim.doubt, 1)] if claim.doubt else []), *signs]
    expires_on = last_day(today, campaign.valid_months)
    customer_key = Key("pending" if evidence else "wallet", campaign.id, customer_id, expires_on)
    entries = {Key("issued", campaign.id): -claim.points, customer_key: claim.points}
    transfer_id = ledger.post(session, "claim", claim.code_hash.hex(), today, entries)
    if not evidence or transfer_id is None:
        return TakenPoints(claim.points)
    vests_on = today + timedelta(campaign.vesting_days)
    review = Review(
        transfer_id=transfer_id,
        customer_id=customer_id,
        campaign_id=campaign.id,
        points=claim.points,
        expires_on=expires_on,
        evidence=evidence,
        taken_on=today,
        vests_on=vests_on,
    )
    session.add(review)
    return TakenPoints(claim.points, vests_on)


def _repeat(claim_hash: bytes, customer_id: int) -> TakenPoints:
    """Return what the same taking returned before. The same queries run whatever the reason, so that their
    duration does not reveal whether the code exists. Raises Refused."""
    claim = claims.claim(claim_hash)
    return _earlier_result(claim, claims.owner(claim_hash.hex()), customer_id)


def _earlier_result(
    claim: Claim | None, record: tuple[int | None, Review | None], customer_id: int | None
) -> TakenPoints:
    """Return what the customer took by the claim before. Raises Refused with the reason otherwise."""
    owner, review = record
    if claim is not None and claim.state == "taken" and owner is not None and owner == customer_id:
        return TakenPoints(claim.points, review.vests_on if review and review.state == "pending" else None)
    if claim is None or claim.state == "void":
        raise Refused(N_("This claim code is not valid. Please check it for typos."))
    if claim.state == "taken":
        raise Refused(N_("The points of this code have already been claimed."))
    raise Refused(N_("These points had to be claimed by %(date)s."), date=claim.expires_on)
