"""Rules that decide whether a reserved reward may be handed out and whether that may be undone."""

from datetime import date, datetime, timedelta

from survey.refusal import N_, Refused

UNDO = timedelta(minutes=10)
"""The person who handed a reward out can undo it within this time."""

NOTHING = N_("There is nothing to undo.")
UNKNOWN = N_("Code not found. Check the digits, or scan it again.")
BARRED = {
    "fulfilled": N_("This code has been used."),
    "cancelled": N_("The customer has cancelled this redemption."),
    "expired": N_("This expired on %(day)s."),
}
"""The messages that say why a code in such a state cannot be spent."""


class HandedOutElsewhere(Refused):
    """A refusal at this service point of a reward that is handed out at ``place``."""

    def __init__(self, place: str, place_en: str = "") -> None:
        super().__init__(N_("This must be handed out at %(place)s, not here."), place=place)
        self.place_en = place_en

    def __reduce__(self) -> tuple[object, ...]:
        return HandedOutElsewhere, (self.detail["place"], self.place_en)


def check(state: str, expires_on: date, today: date) -> None:
    """Raise Refused unless a code in this state can be spent today."""
    if state == "reserved" and today > expires_on:
        state = "expired"
    if state in BARRED:
        detail = {"day": expires_on} if state == "expired" else {}
        raise Refused(BARRED[state], **detail)


def check_undo(fulfilled_by: int | None, fulfilled_at: datetime, me: int, now: datetime) -> None:
    """Raise Refused unless the user ``me`` handed the reward out within the last UNDO."""
    if fulfilled_by != me:
        raise Refused(N_("Only the person who handed it out can undo this."))
    if now - fulfilled_at > UNDO:
        raise Refused(N_("More than ten minutes have passed, so it cannot be undone. Please ask marketing."))
