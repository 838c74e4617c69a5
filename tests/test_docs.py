"""Documents name files that exist, and decisions keep their form."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = ROOT / "docs/decisions"
HEADINGS = ["Context", "Decision", "Consequences"]
# Folders that a path in a document may leave out.
FROM = (ROOT, ROOT / "survey", ROOT / "templates")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|html|js|css|json|toml|yaml|md|sh|cfg|po))`")


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.md")])


def anchors(document: Path) -> set[str]:
    """Return the anchors that a forge gives to the headings of ``document``."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def is_broken(document: Path, link: str) -> bool:
    if re.match(r"https?:|mailto:", link):
        return False
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    return not target.exists() or bool(anchor and anchor not in anchors(target))


def test_every_link_of_a_document_leads_to_a_file_and_heading_that_exist():
    broken = {
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents()
        for link in LINK.findall(document.read_text())
        if is_broken(document, link)
    }
    assert broken == set()


def test_every_path_that_a_document_names_exists():
    missing = {
        f"{document.relative_to(ROOT)}: {path}"
        for document in documents()
        for path in PATH.findall(document.read_text())
        if not any((start / path).exists() for start in (*FROM, document.parent))
    }
    assert missing == set()


def test_decisions_are_numbered_without_a_gap_and_listed():
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", (DECISIONS / "README.md").read_text(), re.M)
    assert listed == [(page.name[:4], page.name) for page in pages]


def test_every_decision_has_a_date_a_context_a_decision_and_consequences():
    for page in DECISIONS.glob("[0-9]*.md"):
        text = page.read_text()
        assert re.match(
            rf"# {page.name[:4]}\. \S.*\n\nAccepted, \d{{4}}-\d\d-\d\d\.(?: Supersede[sd] .+)?\n", text
        ), page.name
        assert re.findall(r"^## (.+)$", text, re.M) == HEADINGS, page.name
