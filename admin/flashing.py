"""Acts that the product may refuse, told to whoever asked for them."""

from collections.abc import Callable

from flask import flash

from survey.refusal import Refused

from .labels import reason_text


def flash_outcome(act: Callable[[], object], done: str) -> bool:
    """Acts, then says ``done``; says why when it is refused. Whether it was done."""
    try:
        act()
    except Refused as refused:
        flash(reason_text(refused), "error")
        return False
    flash(done, "success")
    return True
