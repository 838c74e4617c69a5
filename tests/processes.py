"""Real processes that do the same thing at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.context import ForkServerContext
from typing import Any

import wsgi
from survey.settings import Settings

# Longer than starting some Pythons on a busy machine takes.
PATIENCE = 180


def context() -> ForkServerContext:
    """Makes processes from one that has imported the product and done nothing else: a new Python for each
    would take a second of processor time, which is most of what a race costs."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["pytest", "hypothesis", "wsgi", "tests.conftest"])
    return server


def at_once(settings: Settings, work: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What ``work(*arguments)`` returns, or the exception it raises, in a process of its own for each.

    Each has its own application; all begin together. ``work`` is a function of a module.
    """
    server = context()
    barrier = server.Barrier(len(arguments))
    results = server.Queue()
    processes = [
        server.Process(target=_run, args=(settings, work, own, barrier, results)) for own in arguments
    ]
    for process in processes:
        process.start()
    try:
        return [results.get(timeout=PATIENCE) for _ in processes]
    finally:
        for process in processes:
            process.join(PATIENCE)
            process.close()
        results.close()


def _run(settings: Settings, work: Callable[..., Any], own: tuple[Any, ...], barrier, results) -> None:
    with wsgi.create_app(settings).app_context():
        barrier.wait(PATIENCE)
        try:
            results.put(work(*own))
        except Exception as error:
            results.put(error)
