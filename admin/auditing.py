"""Write what staff do into the audit log: changes as they are committed, and access to personal data."""

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
HASH_BYTES = 8
ACTS = "huiyin-acts"
"""The key of ``app.extensions`` under which the names of acts are kept."""


def declare(app: Flask, acts: Mapping[str, LazyString]) -> None:
    """Keep the names, in words, of all acts that the audit log shows."""
    app.extensions[ACTS] = acts


def declared_acts() -> Mapping[str, LazyString]:
    """Return the acts in words, by the names under which the audit log keeps them."""
    acts: Mapping[str, LazyString] = current_app.extensions[ACTS]
    return acts


def begin(user: Staff) -> None:
    """Record what this request commits as an act of ``user``, unless its method is a safe one."""
    if request.method not in SAFE:
        recording.begin(_act(user, request.endpoint or "", request.view_args or {}))


def begin_as_nobody() -> None:
    """Record what this request commits as an act of somebody who is not signed in.

    Values of the address are left out: in such a request they are a secret that grants access.
    """
    recording.begin(_act(None, request.endpoint or "", {}))


def record(act: str, user: Staff | None, **subject: str) -> None:
    """Record an act of ``user`` that changes nothing."""
    recording.record(_act(user, act, subject))


def log_access(*parameters: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for views that show personal data or send data out of the house.

    The audit log records who got the data, with those parameters of the query string that ``parameters``
    names.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def logging_view(*args: P.args, **kwargs: P.kwargs) -> R:
            response = view(*args, **kwargs)
            if not isinstance(response, tuple):  # a refusal is a tuple of page and status, and shows no data
                chosen = {name: request.args[name] for name in parameters if name in request.args}
                user: Staff = current_user._get_current_object()
                recording.record(_act(user, request.endpoint or "", {**chosen, **(request.view_args or {})}))
            return response

        logging_view.logged = parameters  # type: ignore[attr-defined]
        return logging_view

    return declare


def hash_username(username: str) -> str:
    """Return a short keyed hash of a username.

    The log of failed sign-ins shows by it whether the same name was tried again, without storing the name.
    """
    return blind_index(username.casefold(), "sign-in")[:HASH_BYTES].hex()


def _act(user: Staff | None, name: str, subject: dict[str, object] | dict[str, str]) -> recording.Act:
    if user is None:
        return recording.act(None, recording.NOBODY, name, subject)
    return recording.act(user.id, user.role, name, subject)
