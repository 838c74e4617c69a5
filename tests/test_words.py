"""The catalogue uses the terms of docs/glossary.csv, and Chinese is spaced and punctuated as Chinese is."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "translations/zh_Hans_CN/LC_MESSAGES/messages.po"
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
        "问题", "类型", "需要", "地点", "地址", "限制", "标签", "期间", "查看", "检查",
        "取消", "结束", "发放", "换取", "交付", "答复", "询问", "查询", "影响", "输出",
        "分数",
    },
    "part of another word (满意的客户也…, 测试答卷)": {
        "满意的客户", "试答",
    },
}  # fmt: skip
"""Rejected terms that are rightly used, by the reason why."""


def rejected() -> Iterator[str]:
    """Yield every Chinese term that the glossary rejects."""
    with (ROOT / "docs/glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            plain = re.sub(r"（[^）]*）|\([^)]*\)|[“”]", "", row["not_these (rejected variants)"])
            for term in re.split(r"[,;、]", plain):
                term = term.strip().removesuffix(" alone")
                if re.search(f"[{HAN}]", term):
                    yield term


@pytest.fixture(scope="module")
def chinese() -> list[str]:
    """The Chinese of every message."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="zh_Hans_CN") if message.id]
    return [
        text for one in messages for text in ([one.string] if isinstance(one.string, str) else one.string)
    ]


def test_no_text_uses_a_term_that_the_glossary_rejects(chinese):
    allowed = {term for terms in ORDINARY.values() for term in terms}
    found = {term: [text for text in chinese if term in text] for term in sorted({*rejected()} - allowed)}
    assert {term: texts for term, texts in found.items() if texts} == {}


def test_every_exception_is_a_term_that_the_glossary_rejects():
    assert {term for terms in ORDINARY.values() for term in terms} - {*rejected()} == set()


def test_no_half_width_mark_stands_beside_chinese_characters(chinese):
    wrong = re.compile(rf"[{HAN}][,;:?!()]|[,;:?!()][{HAN}]")
    assert [text for text in chinese if wrong.search(text)] == []


def test_no_space_stands_before_a_percent_sign(chinese):
    assert [text for text in chinese if re.search(r"\s%(?!\()", text)] == []


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
