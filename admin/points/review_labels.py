"""The sentences that say why points are under review."""

from collections.abc import Iterable

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.rewards.rules.doubts import BURST, MANY, SHARED, STAFF, UNPROVEN

STATES: dict[str, LazyString] = {
    "pending": _l("Pending"),
    "approved": _l("Approved"),
    "vested": _l("Released automatically"),
    "void": _l("Voided"),
    "erased": _l("Wallet deleted"),
}
HOUR = 60


def in_words(evidence: Iterable[tuple[str, int]]) -> list[str]:
    """Return each sign as a sentence; the number of the device, which is not a sign, is left out."""
    sentences = (_sign(sign, number) for sign, number in evidence)
    return [sentence for sentence in sentences if sentence]


def _sign(sign: str, number: int) -> str:
    if sign == BURST:
        return str(_("Earned while very many responses came through one link within minutes."))
    if sign == UNPROVEN:
        return str(
            _(
                "Earned while many responses came through one link, by a browser that did not "
                "pass the proof-of-work check."
            )
        )
    if sign == MANY:
        return str(_("Claim no. %(number)s of this wallet on that day.", number=number))
    if sign == SHARED:
        return str(_("One device claimed points for %(number)s wallets within a week.", number=number))
    if sign == STAFF:
        hours = number // HOUR
        text = ngettext(
            "Somebody signed in as staff on this device less than %(num)s hour before.",
            "Somebody signed in as staff on this device less than %(num)s hours before.",
            hours + 1,
        )
        return str(text)
    return ""
