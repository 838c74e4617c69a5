from __future__ import annotations

from datetime import date

import pypdfium2

from survey.reports.statement_pdf import pdf
from survey.reports.words import words
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


def pages(given: PointsStatement, language: str = "en") -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(given, language))]


def test_many_campaigns_take_several_pages_and_each_is_there_once():
    found = pages(statement(CAMPAIGNS + 5, opening=1_234_567, expired=-200_000, closing=1_034_567))
    assert len(found) == 2
    text = "\n".join(found)
    assert all(
        text.count(f"Campaign {n}\r") + text.count(f"Campaign {n} ") == 1 for n in range(CAMPAIGNS + 5)
    )
    assert "1,234,567" in found[0]
    assert "−200,000" in found[0]
    assert "All campaigns" in found[1]
    assert "3 claim codes with 45 points" in found[1]
    assert "the ledger reconciles" in found[1]


def test_books_that_do_not_reconcile_say_so_and_empty_ones_that_they_are():
    assert "does not equal closing balance" in pages(statement(1, opening=5))[0]
    assert "No points in the ledger yet" in pages(statement(0))[0]
    assert words("zh")("points_nothing") in pages(statement(0), "zh")[0]
