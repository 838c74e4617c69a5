"""The catalogue uses the terms of docs/glossary.csv, and each language is written as it is."""

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.catalogue import PLACEHOLDER, ROOT, forms, messages, texts

HAN = "\u4e00-\u9fff"
ORDINARY = {
    "part of longer terms (兑换券, 得分, 积分账户) or plain counts": {
        "券", "分", "账户", "编号", "编码", "代码", "数字", "数据", "数量",
    },
    "another term of the glossary": {
        "机构", "员工", "人员", "工作人员", "用户", "账号", "审计", "市场", "柜台", "组织",
        "日志", "奖品", "活动", "指标", "区间", "权重", "回答", "答案", "目标", "验证码",
        "停用", "作废", "发布", "保密", "网址", "礼品", "漏斗", "样本", "回电名单", "操作记录",
        "考核", "测验", "恢复", "手机", "密钥", "均值", "待审",
    },
    "ordinary word in another sense": {
        "问题", "类型", "需要", "地点", "理由", "限制", "标签", "期间", "查看", "检查",
        "取消", "结束", "发放", "换取", "交付", "答复", "询问", "查询", "影响", "输出",
        "分数",
    },
    "part of another word (满意的客户也…, 测试答卷)": {
        "满意的客户", "试答",
    },
}  # fmt: skip
"""Rejected terms that are rightly used, by the reason why."""
ORDINARY_ENGLISH = {
    "part of longer terms (service point, claim code, test response), or points to spend": {
        "answer", "code", "group", "library", "limits", "number", "number of points", "point", "staff",
        "text", "weights",
    },
    "another term of the glossary": {"address", "contact"},
    "ordinary word in another sense": {
        "95%", "ask for", "needed", "place", "satisfied customers", "take",
    },
}  # fmt: skip
"""The same in English."""
PLAIN_ENGLISH = (
    *("anew", "any more", "meanwhile", "mend", "nobody", "oops", "shall", "stands", "thing", "than chance"),
    *("there is none", "whoever", "is made"),
)
"""Words for which the texts of screens have plainer ones."""
CONTRACTION = re.compile(
    r"\w(n[’']t|[’'](re|ll|ve|m))\b|\b(here|it|let|she|that|there|what|who)[’']s\b", re.IGNORECASE
)
BRITISH = re.compile(
    r"\b(cancel(ed|ing)|center|color|customiz|favorite|label(ed|ing)\b|license\b|organiz|program\b|recogniz"
    r"|standardiz|summariz)",
    re.IGNORECASE,
)
HOMONYMS = {
    "Back": {"templates/survey/answering"},
    "Code": {"admin/audit_log", "admin/forms", "templates/admin/links", "templates/admin/places"},
    "Counter": {"admin/counter", "templates/admin/counter"},
    "Earlier": {"templates/admin/points", "templates/survey/wallets"},
    "Expired": {"admin/audit_log", "survey/wallets"},
    "Handed out": {"admin/audit_log", "templates/admin/rewards"},
    "Limits": set(),
    "Pages": {"templates/admin/points", "templates/components"},
    "Period": {"admin/audit_log", "admin/forms", "admin/satisfaction"},
    "Reason": {"admin/points", "templates/admin/points"},
    "Redeemed": {"admin/points", "templates/admin/points"},
    "Reserved": set(),
    "Staff": set(),
    "Type": {"admin/audit_log", "admin/places", "templates/admin/places"},
    "User": {"admin/audit_log"},
    "Value": {"admin/labels"},
    "Where": {"templates/admin/drafts", "templates/admin/questionnaires"},
}
"""English words of several meanings, which Chinese tells apart, and the packages that may use them without a
context, all in one meaning. Another package names a context, or says more than the word."""


NUMBERED = {"_item.html", "_row.html", "question.html"}
"""Templates of lists that are numbered."""
NAMES = {"English", "Huiyin", "PNG", "SVG", "lt"}
"""Words that are the same in every language, and the entity of a sign."""


def rejected(han: bool) -> Iterator[str]:
    """Yield every term that the glossary rejects: with Chinese characters, or without any."""
    with (ROOT / "docs/glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            plain = re.sub(r"（[^）]*）|\([^)]*\)|[“”：]", "", row["not_these (rejected variants)"])
            for term in re.split(r"[,;、]", plain):
                term = term.strip().removesuffix(" alone")
                if term and bool(re.search(f"[{HAN}]", term)) == han:
                    yield term


def whole(term: str) -> re.Pattern[str]:
    """Return what finds an English term or its plural, and no longer word."""
    return re.compile(rf"(?<![\w-]){re.escape(term)}(s|es)?(?![\w-])", re.IGNORECASE)


def package(path: str) -> str:
    """Return the package of staff pages or features, or the folder of templates, that a file is in."""
    parts = path.split("/")
    return "/".join(parts[: 2 if parts[0] != "templates" or parts[1] == "components" else 3])


@pytest.fixture(scope="module")
def chinese() -> list[str]:
    """The Chinese of every message."""
    return [text for message in messages() for text in forms(message.string)]


@pytest.fixture(scope="module")
def english() -> list[str]:
    """The English of every message, without the names of its placeholders."""
    return [PLACEHOLDER.sub("…", text) for message in messages() for text in forms(message.id)]


def test_no_text_uses_a_term_that_the_glossary_rejects(chinese):
    allowed = {term for terms in ORDINARY.values() for term in terms}
    uses = {term: [text for text in chinese if term in text] for term in {*rejected(han=True)} - allowed}
    assert {term: wrong for term, wrong in uses.items() if wrong} == {}


def test_no_english_text_uses_a_term_that_the_glossary_rejects(english):
    allowed = {term for terms in ORDINARY_ENGLISH.values() for term in terms}
    terms = {*rejected(han=False)} - allowed
    uses = {term: [text for text in english if whole(term).search(text)] for term in terms}
    assert {term: wrong for term, wrong in uses.items() if wrong} == {}


def test_every_exception_is_a_term_that_the_glossary_rejects_and_a_text_uses(chinese, english):
    ordinary = {term for terms in ORDINARY.values() for term in terms}
    assert ordinary - {*rejected(han=True)} == set()
    ordinary_english = {term for terms in ORDINARY_ENGLISH.values() for term in terms}
    assert ordinary_english - {*rejected(han=False)} == set()
    assert {term for term in ordinary if not any(term in text for text in chinese)} == set()
    assert {
        term for term in ordinary_english if not any(whole(term).search(text) for text in english)
    } == set()


@pytest.mark.parametrize("word", PLAIN_ENGLISH)
def test_no_english_text_uses_a_word_that_has_a_plainer_one(english, word):
    assert [text for text in english if whole(word).search(text)] == []


def test_english_texts_have_no_contractions_and_british_spelling(english):
    assert [text for text in english if CONTRACTION.search(text) or BRITISH.search(text)] == []


def test_a_word_of_several_meanings_is_used_in_one_of_them_or_has_a_context():
    uses = defaultdict(set)
    for text in texts():
        if text.id in HOMONYMS and text.context is None:
            uses[text.id].add(package(text.path))
    assert {word: uses[word] - allowed for word, allowed in HOMONYMS.items() if uses[word] - allowed} == {}


def test_a_context_tells_meanings_apart_in_chinese():
    by_id = defaultdict(list)
    for message in messages():
        by_id[message.id].append(message.string)
    repeated = {text: strings for text, strings in by_id.items() if len({*map(str, strings)}) < len(strings)}
    assert repeated == {}


def test_a_term_of_the_glossary_has_one_translation():
    """A term that has two is no id of a message without a context."""
    terms = defaultdict(set)
    with (ROOT / "docs/glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = (row["term_en (UI)"], row["term_zh (UI)"])
            en, zh = (re.split(r" / |; |, ", re.sub(r"（[^）]*）|\([^)]*\)", "", name)) for name in names)
            if len(en) == len(zh):
                for term, translation in zip(en, zh, strict=True):
                    terms[term.strip().casefold()].add(translation.strip())
    bare = {forms(message.id)[0].casefold() for message in messages() if message.context is None}
    assert {term for term, meanings in terms.items() if len(meanings) > 1} & bare == set()


def test_no_half_width_mark_stands_beside_chinese_characters(chinese):
    wrong = re.compile(rf"[{HAN}][,;:?!()]|[,;:?!()][{HAN}]")
    assert [text for text in chinese if wrong.search(text)] == []


def test_no_space_stands_before_a_percent_sign(chinese, english):
    assert [text for text in (*chinese, *english) if re.search(r"\s%(?!\()", text)] == []


def test_digits_and_latin_letters_stand_apart_from_chinese_characters(chinese):
    wrong = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
    plain = [re.sub(r"%\(\w+\)s", "", text) for text in chinese]  # a placeholder may be a name
    assert [text for text in plain if wrong.search(text)] == []


def test_no_space_stands_beside_a_full_width_mark(chinese):
    assert [text for text in chinese if re.search(r"[（），。：；“”] | [（），。：；“”]", text)] == []


def test_no_template_puts_a_space_before_a_percent_sign():
    apart = re.compile(r"\}\} %(?!\})|~ ' %'|f %%'")
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert [path.name for path in templates if apart.search(path.read_text())] == []


def bare(template: Path) -> str:
    """Return what a template writes itself, without its tags; what it fills in is "{}"."""
    filled = {"variable_begin": "{}"}
    tokens = Environment(extensions=["jinja2.ext.i18n"]).lex(template.read_text("utf-8"))
    written = "".join(value if kind == "data" else filled.get(kind, "") for _line, kind, value in tokens)
    code = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", written, flags=re.DOTALL)
    return re.sub(r"""<[^>]*>|[\w-]+=("[^"]*"|'[^']*')""", "", code)


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_a_template_writes_no_words_and_no_punctuation_beside_a_text(template):
    """They would be the same in every language. A list's number has its full stop in each."""
    written = re.sub(r"\{\}\.(?=\s)", "", bare(template)) if template.name in NUMBERED else bare(template)
    assert re.findall(r"\{\}\s*[.,:;!?()（），。：；]|[.,:;(（：]\s*\{\}", written) == []
    assert set(re.findall(r"[A-Za-z]{3,}", written)) - NAMES == set()


def test_no_test_repeats_a_sentence_of_the_chinese_catalogue(chinese):
    """zh() of tests/catalogue.py looks it up, so that wording is changed in one place."""
    headings = {"上级机构编码"}  # of files, which are data
    repeated = {
        (path.name, line)
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if path != Path(__file__) and isinstance(node, ast.Constant) and isinstance(node.value, str)
        for line in re.findall(rf"[{HAN}]{{6,}}", node.value)
        if line not in headings and any(line in text for text in chinese)
    }
    assert repeated == set()
