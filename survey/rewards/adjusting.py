"""The use cases of adjustments: one person requests that points are given to or taken from a wallet, another
decides, and then the points are posted. A second adjustment, which reverses the first, corrects a mistake."""

from datetime import date

from survey.people.customers import is_insider
from survey.people.models import Customer
from survey.refusal import N_, Refused
from survey.transaction import Session, retry_on_conflict, transaction

from . import ledger
from .models.books import Adjustment
from .queries import adjustments as queries
from .queries import books, making
from .rules.posting import Key, Lot, TooFewPoints, first_in_first_out, reversal
from .rules.validity import last_day

MOST = 1_000_000
"""The most points of one adjustment, given or taken."""
LONGEST_REASON = 500

SHORT = N_("The wallet has too few points of this campaign. Nothing was changed.")


def request(
    number: str,
    campaign_id: int,
    points: int,
    reason: str,
    staff_id: int,
    today: date,
    made_with: str | None = None,
) -> Adjustment:
    """Request an adjustment of ``points`` (below zero: to be taken) of a campaign in the wallet ``number``;
    idempotent for the form ``made_with``. Raises Refused."""
    _check(points, reason)

    def request() -> Adjustment:
        with transaction() as session:
            existing = making.find_made_with(session, Adjustment, made_with)
            if existing is not None:
                return existing
            owner = queries.customer(number.strip())
            if owner is None:
                raise Refused(N_("No wallet has this number. Please check it."))
            adjustment = Adjustment(customer_id=owner.id, campaign_id=campaign_id, points=points)
            adjustment.reason, adjustment.made_with = reason.strip(), made_with
            adjustment.requested_by, adjustment.requested_on = staff_id, today
            session.add(adjustment)
        return adjustment

    return retry_on_conflict(request)


def request_reversal(adjustment_id: int, reason: str, staff_id: int, today: date) -> Adjustment:
    """Request the reversal of an approved adjustment. A repeat by the same user returns their first request.
    Raises Refused."""
    with transaction() as session:
        original = queries.lock(session, adjustment_id)
        if original is None or original.state != "approved":
            raise Refused(N_("Only an approved adjustment can be reversed."))
        existing = queries.reversal(session, original.id)
        if existing is not None and (existing.requested_by, existing.reason) == (staff_id, reason.strip()):
            return existing
        if existing is not None:
            raise Refused(N_("This has already been requested."))
        _check(-original.points, reason)
        adjustment = Adjustment(
            customer_id=original.customer_id, campaign_id=original.campaign_id, points=-original.points
        )
        adjustment.reason, adjustment.reverses_id = reason.strip(), original.id
        adjustment.requested_by, adjustment.requested_on = staff_id, today
        session.add(adjustment)
    return adjustment


def _check(points: int, reason: str) -> None:
    """Raise Refused for an invalid number of points or a missing or too long reason."""
    if type(points) is not int or not points or abs(points) > MOST:
        raise Refused(N_("Enter a whole number of points from −1,000,000 to 1,000,000, other than 0."))
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        raise Refused(N_("Enter a reason of at most 500 characters."))


def approve(adjustment_id: int, staff_id: int, today: date) -> None:
    """Approve and post an adjustment; idempotent for the same user. Raises Refused when it is decided already
    or was requested by the same user, when the wallet is deleted or an insider's, or when it has fewer points
    than are to be taken."""

    def approve() -> None:
        with transaction() as session:
            adjustment = _decide(session, adjustment_id, staff_id, today, "approved")
            if adjustment is None:
                return
            owner = books.lock(session, adjustment.customer_id)
            entries = _entries(session, adjustment, owner, today)
            taken_back = _posted(adjustment.reverses_id) if adjustment.reverses_id else None
            ledger.post(session, "adjust", str(adjustment.id), today, entries, taken_back)

    retry_on_conflict(approve)


def refuse(adjustment_id: int, staff_id: int, today: date) -> None:
    """Reject an adjustment; idempotent for the same user. Raises Refused when it is decided already or was
    requested by the same user."""
    with transaction() as session:
        _decide(session, adjustment_id, staff_id, today, "refused")


def _decide(
    session: Session, adjustment_id: int, staff_id: int, today: date, state: str
) -> Adjustment | None:
    """Return the adjustment in its new ``state``; None when the same user has decided so before."""
    adjustment = queries.lock(session, adjustment_id)
    if adjustment is not None and (adjustment.state, adjustment.decided_by) == (state, staff_id):
        return None
    if adjustment is None or adjustment.state != "requested":
        raise Refused(N_("This has already been decided."))
    if adjustment.requested_by == staff_id:
        raise Refused(N_("Your own request must be decided by somebody else."))
    adjustment.state, adjustment.decided_by, adjustment.decided_on = state, staff_id, today
    return adjustment


def _entries(session: Session, adjustment: Adjustment, owner: Customer | None, today: date) -> dict[Key, int]:
    """Return the entries of an approved adjustment. Raises Refused for a deleted or an insider's wallet, and
    with too few points."""
    if owner is None or owner.erased_on is not None:
        raise Refused(N_("This wallet has been deleted."))
    lots = [
        lot for lot in books.lots(session, owner.id, since=today) if lot.campaign_id == adjustment.campaign_id
    ]
    if adjustment.reverses_id is not None:
        return _reversal(session, adjustment.reverses_id, lots)
    company = Key("adjustments", adjustment.campaign_id)
    if adjustment.points > 0:
        if is_insider(owner.id):
            raise Refused(N_("Company staff cannot earn points."))
        expires_on = last_day(today, adjustment.campaign.valid_months)
        customer_key = Key("wallet", adjustment.campaign_id, owner.id, expires_on)
        return {company: -adjustment.points, customer_key: adjustment.points}
    try:
        used = first_in_first_out(lots, -adjustment.points)
    except TooFewPoints:
        raise Refused(SHORT) from None
    taken = {Key("wallet", lot.campaign_id, owner.id, lot.expires_on): -lot.points for lot in used}
    return taken | {company: -adjustment.points}


def _reversal(session: Session, adjustment_id: int, lots: list[Lot]) -> dict[Key, int]:
    """Return the reversed entries of an adjustment. Raises Refused when the wallet no longer has its points
    or it is already reversed."""
    posted = _posted(adjustment_id)
    entries = reversal(books.entries(session, posted))
    available = {lot.expires_on: lot.points for lot in lots}
    if any(
        points < 0 and key.expires_on is not None and available.get(key.expires_on, 0) < -points
        for key, points in entries.items()
    ):
        raise Refused(SHORT)
    if books.reversal_of(session, posted) is not None:
        raise Refused(N_("This adjustment has already been reversed."))
    return entries


def _posted(adjustment_id: int) -> int:
    """Return the id of the transfer of an approved adjustment."""
    transfer = books.transfer("adjust", str(adjustment_id))
    if transfer is None:
        raise LookupError(f"adjustment {adjustment_id} is not posted")
    return transfer.id
