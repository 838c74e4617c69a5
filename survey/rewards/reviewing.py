"""The use case "review": doubtful points that wait go to the wallet or back to the budget.

Answers decide nothing: a review has neither a response nor a service point.
"""

from datetime import date

from survey import settings
from survey.refusal import N_, Refused
from survey.transaction import Session, transaction

from . import ledger
from .models.reviews import Review
from .queries import books, claims
from .queries import reviews as queries
from .rules.posting import Key

LONGEST_REASON = 500
AT_A_TIME = 100


class AlreadyDecided(Refused):
    """A refusal to decide a review that another user or the vesting day has decided; nothing was changed."""


def approve(transfer_id: int, staff_id: int, reason: str, today: date) -> Review:
    """Approve the points: they can be spent from now on. Raises AlreadyDecided."""
    return _decide(transfer_id, "approved", staff_id, _checked_reason(reason), today)


def void(transfer_id: int, staff_id: int, reason: str, today: date) -> Review:
    """Void the claim: its points go back to the budget. Raises Refused without a reason, and
    AlreadyDecided."""
    if not reason.strip():
        raise Refused(N_("Enter a reason for voiding the points."))
    return _decide(transfer_id, "void", staff_id, _checked_reason(reason), today)


def vest() -> int:
    """Release the points that nobody objected to in time and return how many reviews were due."""
    today = settings.current().today()
    due = queries.due_ids(today, AT_A_TIME)
    for transfer_id in due:
        try:
            _decide(transfer_id, "vested", None, "", today)
        except AlreadyDecided:
            continue  # another worker or a user decided it just now
    return len(due)


def _decide(transfer_id: int, state: str, staff_id: int | None, reason: str, today: date) -> Review:
    """Set the state of a pending review and post its points; idempotent for the same user. Raises
    AlreadyDecided."""
    with transaction() as session:
        owner = queries.owner(session, transfer_id)
        if owner is not None:
            books.lock(session, owner)
        review = queries.close(session, transfer_id, state, today, staff_id, reason)
        if (
            review is None
            and (own_decision := queries.decided_by(session, transfer_id, state, staff_id)) is not None
        ):
            return own_decision  # a double tap
        if review is None:
            raise AlreadyDecided(N_("Already decided by somebody else, or released automatically."))
        _post(session, review, today)
    return review


def _post(session: Session, review: Review, today: date) -> None:
    """Move the pending points to the wallet, or of a void review back to the campaign's budget."""
    campaign, points = review.campaign_id, review.points
    pending = Key("pending", campaign, review.customer_id, review.expires_on)
    if review.state != "void":
        wallet = pending._replace(kind="wallet")
        ledger.post(session, "vest", str(review.transfer_id), today, {pending: -points, wallet: points})
        return
    claim = queries.claim_of(session, review.transfer_id)
    if claim is not None:
        claims.void(session, claim)
    entries = {pending: -points, Key("issued", campaign): points}
    ledger.post(session, "void", str(review.transfer_id), today, entries)


def _checked_reason(reason: str) -> str:
    """Return the stripped reason. Raises Refused when it is too long."""
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise Refused(N_("The reason can have at most 500 characters."))
    return reason
