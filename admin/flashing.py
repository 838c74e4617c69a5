"""Show users the outcome of acts that may be refused."""

from collections.abc import Callable

from flask import flash

from survey.refusal import Refused

from .labels import reason_text


def flash_outcome(act: Callable[[], object], success: str) -> bool:
    """Call ``act`` and flash ``success``, or the reason when it is refused. Return whether it was done."""
    try:
        act()
    except Refused as refused:
        flash(reason_text(refused), "error")
        return False
    flash(success, "success")
    return True
