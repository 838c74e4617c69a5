"""Logs: a JSON line on stderr for each request and each message.

No line contains a path, query, form, header or message of an exception, for these hold links, telephone
numbers and answers. A request is named by its rule ("/s/<code>"), an exception by its type and the lines of
code, a message of another library by its template and the line that sent it. A field that is not among
LOG_FIELDS is left out. At LOG_LEVEL=DEBUG, on a developer's machine, the messages of exceptions and of other
libraries are included.
"""

import json
import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter
from types import TracebackType

from flask import Flask, Response, g, request

from .outgoing import LOG_FIELDS, OWN_LOGGERS

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
REQUEST_ID = 8  # bytes


def init_app(app: Flask, level: str) -> None:
    """Log our messages from ``level`` up and others' from WARNING up; log each request at INFO and below."""
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h, Handler)] + [Handler()]
    logging.getLogger("survey").setLevel(level)
    app.logger.handlers.clear()
    app.log_exception = log_exception  # type: ignore[method-assign, assignment]
    app.before_request(_begin)
    if logging.getLogger("survey").isEnabledFor(logging.INFO):
        app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(REQUEST_ID)
    g.began = perf_counter()


def _end(response: Response) -> Response:
    rule = request.url_rule
    began = g.get("began")
    method = request.method if request.method in METHODS else "other"
    write_request(method, rule.rule if rule else None, response.status_code, began, g.get("request_id"))
    return response


def write_request(
    method: str, route: str | None, status: int, began: float | None, request_id: str | None = None
) -> None:
    """Write the line of a request; ``began`` is the perf_counter() at its start."""
    write(
        level="INFO",
        method=method,
        route=route,
        status=status,
        ms=round((perf_counter() - began) * 1000, 2) if began else None,
        request=request_id,
    )


METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})


def write(**fields: object) -> None:
    """Write one line with those of ``fields`` that are declared; the caller answers for their values."""
    fields["time"] = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = {name: fields[name] for name in LOG_FIELDS if name in fields}
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")


def log_exception(info: ExceptionInfo) -> None:
    """Log an unexpected error by its rule, since Flask's own method would log the path."""
    rule = request.url_rule
    logging.getLogger("survey").error(
        "unexpected error at %s", rule.rule if rule is not None else None, exc_info=info
    )


class Handler(logging.Handler):
    """A handler that writes the records of Python's logging as JSON lines."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {"level": record.levelname, "logger": record.name}
        if record.name.partition(".")[0] in OWN_LOGGERS or _is_debugging():
            fields["message"] = _message(record)
        else:
            fields["at"] = f"{record.pathname}:{record.lineno}"
            # A message without arguments may have been filled in beforehand.
            fields["message"] = str(record.msg) if record.args else ""
        if g and "request_id" in g:
            fields["request"] = g.request_id
        if record.exc_info and record.exc_info[1] is not None:
            fields["exception"] = trace(record.exc_info[1])
        write(**fields)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)


def _is_debugging() -> bool:
    return logging.getLogger("survey").isEnabledFor(logging.DEBUG)


def trace(error: BaseException) -> list[str]:
    """Return type and lines of code of ``error`` and its causes, the last first, without any values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    messages = _is_debugging()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        lines.append(f"{kind.__module__}.{kind.__qualname__}" + (f": {current}" if messages else ""))
        stack = traceback.extract_tb(current.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in stack]
        current = current.__cause__ or current.__context__
    return lines
