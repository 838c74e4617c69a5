"""Strategies of questionnaires with logic, answers to them, and contexts in which they are answered."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.rules.conditions import Context

PLACES = ("group", "north", "south", "north-1", "north-2", "south-1")
WAYS = (
    ("group", "north", "north-1"),
    ("group", "north", "north-2"),
    ("group", "south", "south-1"),
    ("group",),
)
EMPLOYEES = ("e1", "e2")
CHANNELS = ("qr", "sms")
LANGUAGES = ("zh", "en")
DAYS = [date(2026, 2, 27) + timedelta(days) for days in range(4)]
WORDS = ("好", "bad", "a bad day", "na")
ORDERS = ("equal", "different", "less", "at_most", "more", "at_least")
KINDS = (
    *(
        "rating",
        "nps",
        "yes_no",
        "single_choice",
        "multiple_choice",
        "ranking",
        "number",
        "date",
        "short_text",
    ),
    *("text", "consent", "contact", "statement"),
)
ANSWERABLE = frozenset(KINDS) - {"contact", "statement"}
OFFERS_NOT_APPLICABLE = ("rating", "nps", "yes_no", "number", "single_choice")


def texts(words: str) -> dict[str, str]:
    return {"zh": words, "en": f"{words} in English"}


@st.composite
def questions(draw, code: str, kinds: tuple[str, ...] = KINDS) -> dict[str, Any]:
    """Draw a question of a document, without a condition."""
    kind = draw(st.sampled_from(kinds))
    question: dict[str, Any] = {"code": code, "kind": kind, "texts": texts(code)}
    if kind != "statement":
        question["required"] = draw(st.booleans())
    if kind in OFFERS_NOT_APPLICABLE:
        question["not_applicable"] = draw(st.booleans())
    if kind == "rating":
        question["scale"] = draw(st.integers(2, 4))
    if kind in ("single_choice", "multiple_choice", "ranking"):
        question["options"] = [{"code": o, "texts": texts(o)} for o in "abc"[: draw(st.integers(2, 3))]]
    if kind == "multiple_choice":
        question["options"][0]["exclusive"] = draw(st.booleans())
        question |= draw(st.sampled_from([{}, {"minimum": 2}, {"maximum": 1}, {"minimum": 1, "maximum": 2}]))
    if kind == "number":
        question |= {"minimum": -1, "maximum": 2, "decimals": draw(st.integers(0, 1))}
    if kind == "date":
        question |= {"minimum": DAYS[0].isoformat(), "maximum": DAYS[-1].isoformat()}
    return question


def values(question: dict[str, Any]) -> list[Any]:
    """Return some answers that a condition may compare with, all of them for types with few answers."""
    kind = question["kind"]
    return {
        "rating": lambda: list(range(1, question["scale"] + 1)),
        "nps": lambda: list(range(11)),
        "yes_no": lambda: [0, 1],
        "consent": lambda: [1],
        "number": lambda: [-1, 0, 2] if not question["decimals"] else [-1, -0.5, 0.1, 2],
        "date": lambda: [day.isoformat() for day in DAYS],
        "short_text": lambda: list(WORDS),
        "text": lambda: list(WORDS),
    }.get(kind, lambda: [option["code"] for option in question["options"]])()


@st.composite
def comparisons(draw, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    answerable = [question for question in earlier if question["kind"] in ANSWERABLE]
    if not answerable or draw(st.integers(0, 4)) == 0:
        return draw(context_comparisons())
    question = draw(st.sampled_from(answerable))
    operators: tuple[str, ...] = {
        "single_choice": ("equal", "different", "one_of"),
        "multiple_choice": ("contains",),
        "ranking": (),
        "consent": ("equal",),
        "short_text": ("equal", "different", "contains", "one_of"),
        "text": ("equal", "different", "contains", "one_of"),
    }.get(question["kind"], (*ORDERS, "one_of"))
    operator = draw(st.sampled_from(("answered", *operators)))
    return {"question": question["code"], **draw(compared(operator, values(question)))}


@st.composite
def context_comparisons(draw) -> dict[str, Any]:
    name, known = draw(
        st.sampled_from(
            [("place", PLACES), ("employee", EMPLOYEES), ("channel", CHANNELS), ("language", LANGUAGES)]
        )
    )
    operators = ("equal", "different", "one_of") + (("contains",) if name == "place" else ())
    return {"context": name, **draw(compared(draw(st.sampled_from(operators)), list(known)))}


@st.composite
def compared(draw, operator: str, known: list[Any]) -> dict[str, Any]:
    if operator == "answered":
        return {"is": operator}
    if operator == "one_of":
        return {
            "is": operator,
            "value": draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)),
        }
    return {"is": operator, "value": draw(st.sampled_from(known))}


def conditions(earlier: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return conditions on the ``earlier`` items of a document and the context, nested up to three deep."""
    comparison = comparisons(earlier)
    flat = comparison | nested(comparison)
    return comparison | nested(flat)


def nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return (
        st.fixed_dictionaries({"all": parts})
        | st.fixed_dictionaries({"any": parts})
        | st.fixed_dictionaries({"not": inner})
    )


@st.composite
def documents(draw, most: int = 8, kinds: tuple[str, ...] = KINDS) -> dict[str, Any]:
    """Draw documents without errors, some with conditions that never hold."""
    items: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, most))):
        earlier = [item for item in items if item["kind"] != "page"]
        if draw(st.integers(0, 3)) == 0:
            page: dict[str, Any] = {"code": f"p{number}", "kind": "page"}
            if draw(st.booleans()):
                page["show"] = draw(conditions(earlier))
            items.append(page)
        item = draw(questions(f"q{number}", kinds))
        if draw(st.booleans()):
            item["show"] = draw(conditions(earlier))
        discussed = [
            question
            for question in items[_start(items) :]
            if question["kind"] != "statement" and "about" not in question
        ]
        if item["kind"] in ("text", "short_text") and discussed and draw(st.booleans()):
            item["about"] = draw(st.sampled_from(discussed))["code"]
        items.append(item)
    return {
        "format": 1,
        "slug": "made-up",
        "title": texts("made up"),
        "languages": list(LANGUAGES),
        "questions": items,
    }


@st.composite
def complete(draw, most: int = 4) -> dict[str, Any]:
    """Draw documents with all possible settings, in one language or both."""
    document = draw(documents(most))
    both = st.sampled_from([["zh", "en"], ["en", "zh"], ["zh", "ug", "zh-Hant", "en"]])
    document["languages"] = draw(both)
    for item in document["questions"]:
        item |= draw(st.fixed_dictionaries({}, optional=_settings(item)))
        if item.get("look") in ("words", "faces"):
            item["labels"] = [texts(f"{n}") for n in range(item["scale"])]
    further = {
        "summary": st.just(texts("a line")),
        "source": st.just({"regulation": "R5", "title": "办法", "note": texts("ours")}),
        "weights": st.dictionaries(st.sampled_from(["quality", "服务", "title"]), _weights(), max_size=3),
        "shows_score": st.booleans(),
    }
    return document | draw(st.fixed_dictionaries({}, optional=further))


def _weights() -> st.SearchStrategy[float]:
    return st.integers(1, 1000) | st.floats(0.001, 1000)


def _settings(item: dict[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Return further settings that an item of its type may have."""
    kind = item["kind"]
    settings: dict[str, st.SearchStrategy[Any]] = {"supplied": st.booleans()}
    if kind == "page":
        return settings | {"texts": st.just(texts(item["code"]))}
    settings["help"] = st.text('“”<script>{{place}}"\\/\n\u2028😀', min_size=1).map(texts)
    if kind not in ("statement", "contact"):
        settings["withheld"] = st.booleans()
    if kind in ("rating", "nps", "yes_no"):
        settings |= {"dimension": st.sampled_from(["quality", "服务", None]), "weight": _weights()}
    if kind == "rating":
        looks = st.sampled_from(["numbers", "stars", "faces", "words"])
        settings |= {"look": looks, "best": st.sampled_from(["high", "low"])}
    if kind in ("nps", "yes_no"):
        settings["labels"] = st.just([texts("no"), texts("yes")])
    if kind == "number":
        settings["unit"] = st.just(texts("minutes"))
    return settings


def _start(items: list[dict[str, Any]]) -> int:
    """Return the index of the first question of the last page."""
    return max((n + 1 for n, item in enumerate(items) if item["kind"] == "page"), default=0)


def definitions(most: int = 8, kinds: tuple[str, ...] = KINDS) -> st.SearchStrategy[Definition]:
    return documents(most, kinds).map(Definition.parse)


@st.composite
def answers(draw, definition: Definition) -> dict[str, Any]:
    """Draw valid answers to some of the questions, shown or not. A contact is not stored as an answer."""
    chosen = {}
    for question in definition.questions:
        if question.kind in ANSWERABLE and draw(st.booleans()):
            chosen[question.code] = draw(answer(question))
    return chosen


def answer(question: Question) -> st.SearchStrategy[Any]:
    """Return a strategy of all valid answers to ``question``."""
    codes = [option.code for option in question.options]
    strategies: dict[str, Any] = {
        "rating": lambda: st.integers(1, question.scale),
        "nps": lambda: st.integers(0, 10),
        "yes_no": lambda: st.integers(0, 1),
        "consent": lambda: st.just(1),
        "single_choice": lambda: st.sampled_from(codes),
        "multiple_choice": lambda: st.sampled_from(choices(question)),
        "ranking": lambda: st.permutations(codes),
        "number": lambda: numbers(question),
        "date": lambda: st.sampled_from(DAYS).map(date.isoformat),
    }
    known = strategies.get(question.kind, lambda: st.sampled_from((*WORDS, "something")))()
    return known | st.just(NOT_APPLICABLE) if question.not_applicable else known


def numbers(question: Question) -> st.SearchStrategy[float]:
    if not question.decimals:
        return st.integers(question.minimum, question.maximum)
    return st.integers(question.minimum * 10, question.maximum * 10).map(lambda tenths: tenths / 10)


def choices(question: Question) -> list[list[str]]:
    """Return every set of options that may be chosen together, in the options' order."""
    sets = [[]]
    for option in question.options:
        sets += [[*chosen, option] for chosen in sets]
    return [[o.code for o in chosen] for chosen in sets if _may_be_chosen(question, chosen)]


def _may_be_chosen(question: Question, chosen: list[Any]) -> bool:
    if len(chosen) == 1 and chosen[0].exclusive:
        return True
    most = question.maximum or len(question.options)
    return max(1, question.minimum or 1) <= len(chosen) <= most and not any(o.exclusive for o in chosen)


def contexts() -> st.SearchStrategy[Context]:
    return st.builds(
        Context,
        place=st.sampled_from(WAYS),
        employee=st.none() | st.sampled_from(EMPLOYEES),
        channel=st.sampled_from(CHANNELS),
        language=st.sampled_from(LANGUAGES),
    )
