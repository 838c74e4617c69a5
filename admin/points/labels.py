"""The words of the books: kinds of accounts, and why points moved."""

from flask_babel import lazy_gettext as _l

ACCOUNTS = {
    "issued": _l("Issued"),
    "wallet": _l("Wallets"),
    "pending": _l("Pending"),
    "held": _l("Held"),
    "redeemed": _l("Redeemed"),
    "expired": _l("Expired"),
    "adjustments": _l("Adjustments"),
}
REASONS = {
    "claim": _l("Points taken"),
    "vest": _l("Review passed"),
    "void": _l("Review: not earned"),
    "hold": _l("Reward reserved"),
    "release": _l("Reservation ended"),
    "redeem": _l("Reward handed out"),
    "undo": _l("Handing out undone"),
    "expire": _l("Points expired"),
    "adjust": _l("Adjustment"),
    "erase": _l("Wallet deleted"),
}


def signed(points: int) -> str:
    """With thousands, and a minus sign as it is set."""
    return f"{points:,}".replace("-", "−")
