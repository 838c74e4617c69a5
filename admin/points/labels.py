"""The names of the ledger's accounts and of the reasons why points moved."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

ACCOUNTS = {
    "issued": _l("Issued"),
    "wallet": _l("Wallets"),
    "pending": _l("Under review"),
    "held": _l("On hold"),
    "redeemed": _l("Redeemed"),
    "expired": lazy_pgettext("points", "Expired"),
    "adjustments": _l("Adjustments"),
}
REASONS = {
    "claim": _l("Points claimed"),
    "vest": _l("Review passed"),
    "void": _l("Review: voided"),
    "hold": _l("Reward redeemed"),
    "release": _l("Redemption cancelled or expired"),
    "redeem": _l("Reward handed out"),
    "undo": _l("Handover undone"),
    "expire": _l("Points expired"),
    "adjust": _l("Adjustment"),
    "erase": _l("Wallet deleted"),
}


def signed(points: int) -> str:
    """Return the number with thousands separators and a typographic minus sign."""
    return f"{points:,}".replace("-", "−")
