"""What a new questionnaire, question and option begin with, and the wordings that are agreed on. Pure.

Texts of a questionnaire are data, so these are here and in no catalogue; whoever makes it changes them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, Texts

Item = dict[str, Any]


def _both(zh: str, en: str) -> Texts:
    return {"zh": zh, "en": en}


@dataclass(frozen=True)
class Wording:
    """Labels that are agreed on, from the lowest point to the highest. ``yes_no``: for no and yes."""

    name: str
    labels: tuple[Texts, ...]


def _five(name: str, zh: str, en: str) -> Wording:
    return Wording(name, tuple(map(_both, zh.split(), en.split(", "))))


WORDINGS: Mapping[str, Wording] = {
    one.name: one
    for one in (
        _five(
            "satisfied",
            "很不满意 不满意 一般 满意 很满意",
            "Very dissatisfied, Dissatisfied, Neutral, Satisfied, Very satisfied",
        ),
        _five(
            "fully_satisfied",
            "非常不满意 不满意 一般 满意 非常满意",
            "Extremely dissatisfied, Dissatisfied, Neutral, Satisfied, Extremely satisfied",
        ),
        _five(
            "agree",
            "很不同意 不同意 一般 同意 很同意",
            "Strongly disagree, Disagree, Neutral, Agree, Strongly agree",
        ),
        _five("good", "很差 较差 一般 较好 很好", "Very poor, Poor, Fair, Good, Very good"),
        _five("often", "从不 很少 有时 经常 总是", "Never, Rarely, Sometimes, Often, Always"),
    )
}
NPS_ENDS = (_both("完全不可能", "Not at all likely"), _both("极有可能", "Extremely likely"))
TEXTS: Mapping[str, Texts] = {
    "rating": _both("您对我们的服务满意吗？", "How satisfied are you with our service?"),
    "nps": _both(
        "您有多大可能向亲友或同事推荐我们？", "How likely are you to recommend us to a friend or colleague?"
    ),
    "single_choice": _both("您是怎样知道我们的？", "How did you hear about us?"),
    "multiple_choice": _both(
        "您今天办理了哪些业务？可选多项。", "What did you come for today? Choose all that apply."
    ),
    "yes_no": _both("您的问题解决了吗？", "Was your problem solved?"),
    "short_text": _both("您的车型是？", "Which model do you drive?"),
    "text": _both("还有什么想对我们说的？", "Anything else you would like to tell us?"),
    "number": _both("您等候了多少分钟？", "How many minutes did you wait?"),
    "date": _both("您是哪天来的？", "On which day did you come?"),
    "ranking": _both("您最看重什么？请排序。", "What matters most to you? Put it in order."),
    "statement": _both(
        "感谢您的光临。请回答下面几个问题。", "Thank you for coming. Please answer a few questions."
    ),
    "consent": _both("我同意贵公司就我的反馈与我联系。", "I agree to be contacted about my feedback."),
    "contact": _both(
        "希望我们回电吗？请留下姓名和电话。", "Would you like a call? Leave your name and number."
    ),
}
OPTIONS = {
    "single_choice": (("朋友介绍", "A friend"), ("网络", "The internet"), ("路过", "Passing by")),
    "multiple_choice": (("咨询", "Advice"), ("购买", "Buying"), ("维修", "Repair")),
    "ranking": (("价格", "Price"), ("质量", "Quality"), ("态度", "Attitude")),
}
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "rating": {"scale": 5, "labels": [dict(one) for one in WORDINGS["satisfied"].labels]},
    "nps": {"labels": [dict(one) for one in NPS_ENDS]},
    "number": {"minimum": 0, "maximum": 120, "unit": _both("分钟", "minutes")},
}


def new_item(kind: str, code: str, languages: Sequence[str] = DEFAULT_LANGUAGES) -> Item:
    """A question of this kind that can be asked as it is, in as many of ``languages`` as we can."""
    item: Item = {"code": code, "kind": kind, **SETTINGS.get(kind, {})}
    if kind in TEXTS:
        item["texts"] = TEXTS[kind]
    if kind in OPTIONS:
        item["options"] = [
            {"code": f"o{number}", "texts": _both(*pair)} for number, pair in enumerate(OPTIONS[kind], 1)
        ]
    told: Item = _in(item, languages)
    return told


def new_document(title: Texts, languages: Sequence[str] = DEFAULT_LANGUAGES) -> dict[str, Any]:
    """A questionnaire to start from: how satisfied, and why."""
    first = new_item("rating", "rating_1", languages) | {"required": True}
    questions = [first, new_item("text", "text_1", languages)]
    return {"format": 1, "title": dict(title), "languages": list(languages), "questions": questions}


def new_option_code(taken: Collection[str]) -> str:
    number = 1
    while f"o{number}" in taken:
        number += 1
    return f"o{number}"


def labels_of(wording: str, languages: Sequence[str]) -> list[dict[str, str]]:
    told: list[dict[str, str]] = _in(list(WORDINGS[wording].labels), languages)
    return told


def _in(thing: Any, languages: Sequence[str]) -> Any:
    """A copy with all texts in it in these languages only; in the default one in any case."""
    if isinstance(thing, list | tuple):
        return [_in(part, languages) for part in thing]
    if not isinstance(thing, Mapping):
        return thing
    if set(thing) != set(DEFAULT_LANGUAGES):
        return {key: _in(part, languages) for key, part in thing.items()}
    own = {language: thing[language] for language in languages if language in thing}
    return own if languages[0] in own else {languages[0]: thing["en"], **own}
