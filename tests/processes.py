"""Real processes that do the same thing at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any

import wsgi
from survey.settings import Settings

# Longer than starting some Pythons on a busy machine takes.
PATIENCE = 180


def at_once(settings: Settings, work: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What ``work(*arguments)`` returns, or the exception it raises, in a process of its own for each.

    Each has its own application; all begin together. ``work`` is a function of a module.
    """
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(arguments))
    results = context.Queue()
    processes = [
        context.Process(target=_run, args=(settings, work, own, barrier, results)) for own in arguments
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
