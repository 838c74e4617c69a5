from __future__ import annotations

from datetime import date

import pypdfium2

from survey.reports.statement_pdf import pdf
from survey.reports.words import load_words
from survey.rewards.models.campaigns import Campaign
from survey.rewards.rules.statement import StatementLine
from survey.rewards.statement import PointsStatement

CAMPAIGNS = 35  # more than a page holds with five more


def statement(campaigns: int, **line: int) -> PointsStatement:
    lines = {
        Campaign(id=n, title={"zh": f"活动{n}", "en": f"Campaign {n}"}): StatementLine(**line)
        for n in range(campaigns)
    }
    return PointsStatement(date(2026, 10, 1), date(2026, 11, 2), lines, (3, 45))


def pages(points_statement: PointsStatement, language: str = "en") -> list[str]:
    return [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(pdf(points_statement, language))
    ]


def test_many_campaigns_take_several_pages_and_each_is_listed_once():
    texts = pages(statement(CAMPAIGNS + 5, opening=1_234_567, expired=-200_000, closing=1_034_567))
    assert len(texts) == 2
    text = "\n".join(texts)
    assert all(
        text.count(f"Campaign {n}\r") + text.count(f"Campaign {n} ") == 1 for n in range(CAMPAIGNS + 5)
    )
    assert "1,234,567" in texts[0]
    assert "−200,000" in texts[0]
    assert "All campaigns" in texts[1]
    assert "3 claim codes with 45 points" in texts[1]
    assert "the ledger reconciles" in texts[1]


def test_a_statement_shows_a_ledger_that_does_not_reconcile_or_is_empty():
    assert "does not equal closing balance" in pages(statement(1, opening=5))[0]
    assert "No points in the ledger yet" in pages(statement(0))[0]
    assert load_words("zh")("points_nothing") in pages(statement(0), "zh")[0]
