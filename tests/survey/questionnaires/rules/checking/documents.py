"""Documents for the tests of the checks."""

from typing import Any


def item(code: str, kind: str = "rating", **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "texts": {"zh": code}} | more


def page(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "page"} | more


def option(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "texts": {"zh": code}} | more


def document(*items: Any, **more: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "slug": "made-up",
        "title": {"zh": "测评"},
        "languages": ["zh", "en"],
        "questions": list(items or [item("q")]),
    } | more


def asks(code: str, operator: str = "answered", value: Any = None) -> dict[str, Any]:
    return {"question": code, "is": operator} | ({} if value is None else {"value": value})
