"""What makes points doubtful, in words."""

from collections.abc import Iterable

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.rewards.rules.doubts import BURST, MANY, SHARED, STAFF, UNPROVEN

STATES: dict[str, LazyString] = {
    "pending": _l("To be decided"),
    "approved": _l("Approved"),
    "vested": _l("Nobody objected"),
    "void": _l("Void"),
    "erased": _l("Wallet deleted"),
}
HOUR = 60


def in_words(evidence: Iterable[tuple[str, int]]) -> list[str]:
    """Each sign as a sentence; what is no sign is left out."""
    told = (_sign(sign, number) for sign, number in evidence)
    return [one for one in told if one]


def _sign(sign: str, number: int) -> str:
    if sign == BURST:
        return str(_("Earned while very many answers came by one link within minutes."))
    if sign == UNPROVEN:
        return str(_("Earned while many answers came by one link, by a browser that did not show its work."))
    if sign == MANY:
        return str(_("Claim number %(number)s of this wallet on that day.", number=number))
    if sign == SHARED:
        return str(_("One device took points into %(number)s wallets within a week.", number=number))
    if sign == STAFF:
        hours = number // HOUR
        text = ngettext(
            "Somebody had signed in as staff on the device less than %(num)s hour before.",
            "Somebody had signed in as staff on the device less than %(num)s hours before.",
            hours + 1,
        )
        return str(text)
    return ""
