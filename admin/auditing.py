"""What staff do goes into the audit log: changes as they are committed, and reading what is personal."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request
from flask_babel import LazyString
from flask_login import current_user

from survey.audit import recording
from survey.people.models import Staff
from survey.sealing import blind_index

P = ParamSpec("P")
R = TypeVar("R")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HASHED = 8  # bytes
ACTS = "huiyin-acts"
"""Under which the application keeps the acts in words."""


def declare(app: Flask, acts: Mapping[str, LazyString]) -> None:
    """Keep the names, in words, of all acts that the audit log tells."""
    app.extensions[ACTS] = acts


def declared_acts() -> Mapping[str, LazyString]:
    """Return the acts in words, by the names under which the audit log keeps them."""
    acts: Mapping[str, LazyString] = current_app.extensions[ACTS]
    return acts


def begin(person: Staff) -> None:
    """What this request commits is an act of ``person``, unless it only asks for a page."""
    if request.method not in SAFE:
        recording.begin(_act(person, request.endpoint or "", request.view_args or {}))


def begin_as_nobody() -> None:
    """Let what this request commits be an act of somebody who is not signed in.

    Values of the address are left out: in such a request they are a secret that lets somebody in.
    """
    recording.begin(_act(None, request.endpoint or "", {}))


def record(act: str, person: Staff | None, **subject: str) -> None:
    """Writes down an act that changes nothing."""
    recording.record(_act(person, act, subject))


def log_access(*asked: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares that what the view shows is personal, or leaves the house: whoever gets it is written down,
    with what the address says after its question mark under one of the names ``asked``."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def logging_view(*args: P.args, **kwargs: P.kwargs) -> R:
            reply = view(*args, **kwargs)
            if not isinstance(reply, tuple):  # a refusal comes with its status
                wish = {name: request.args[name] for name in asked if name in request.args}
                user: Staff = current_user._get_current_object()
                recording.record(_act(user, request.endpoint or "", {**wish, **(request.view_args or {})}))
            return reply

        logging_view.logged = asked  # type: ignore[attr-defined]
        return logging_view

    return declare


def hash_username(username: str) -> str:
    """A name that nobody signed in with: enough to see that it was the same one."""
    return blind_index(username.casefold(), "sign-in")[:HASHED].hex()


def _act(person: Staff | None, name: str, subject: dict[str, object] | dict[str, str]) -> recording.Act:
    if person is None:
        return recording.act(None, recording.NOBODY, name, subject)
    return recording.act(person.id, person.role, name, subject)
