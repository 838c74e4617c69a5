"""Benchmark rendering long questionnaires: sixty questions on five pages beside the seven of regulation R5.

``python -m bench.rendering``: processor time per page, the least of many, which other load hardly affects.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from survey.answering import pages, walking
from survey.answering.links import OpenLink, look_up
from survey.questionnaires.publication import library_document, publish
from tests import factories

from .answering import application

TIMES, ROUNDS = 20, 15
QUESTIONS, PAGES = 60, 5
LANGUAGE = "zh"
MOST = 2.0
Document = dict[str, Any]


def long_document() -> Document:
    """Return a questionnaire that repeats the questions of R5, twelve on a page; all pages but the first have
    a conditional question."""
    short = [item for item in library_document("r5")["questions"] if "about" not in item]
    items: list[Document] = []
    for number in range(QUESTIONS):
        if number and number % (QUESTIONS // PAGES) == 0:
            items.append({"code": f"page_{number}", "kind": "page"})
            show = {"show": {"question": items[0]["code"], "is": "answered"}}
        else:
            show = {}
        items.append(short[number % len(short)] | {"code": f"q{number}"} | show)
    return {"title": {"zh": "长问卷", "en": "Long"}, "languages": ["zh", "en"], "questions": items}


def milliseconds(render: Callable[[], object]) -> float:
    """Return the least processor time of a call, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        for _ in range(TIMES):
            render()
        times.append((time.process_time() - before) / TIMES * 1000)
    return min(times)


def page_renderer(link: OpenLink, at: int) -> Callable[[], object]:
    """Return a function that renders page ``at``; all questions are answered, and pages carry all answers."""
    definition = pages.definition_of(link)
    answers = {question.code: "4" for question in definition.questions}
    here = walking.Position(at, walking.STAY)
    hidden = {"page": "p", "claim": "c"}

    def render() -> str:
        step = walking.walk(definition, answers, link.context(LANGUAGE), here)
        assert step.page == at
        return pages.render_form(link, LANGUAGE, step, hidden, answers)

    return render


def open_link(slug: str, document: Document) -> OpenLink:
    version = publish(slug, document["title"], document, factories.PUBLISHED_ON)
    link = look_up(factories.link(of=version).code)
    assert link is not None
    return link


def measure() -> tuple[float, list[float]]:
    """Return the milliseconds of the page of seven questions, and of each page of the sixty."""
    short, long = open_link("short", library_document("r5")), open_link("long", long_document())
    return milliseconds(page_renderer(short, 0)), [
        milliseconds(page_renderer(long, at)) for at in range(PAGES)
    ]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        url = f"sqlite:///{folder}/huiyin.db"
        with application(url, Path(folder)) as app, app.test_request_context():
            short_milliseconds, page_milliseconds = measure()
    print(f"seven questions on one page: {short_milliseconds:.2f} ms")
    for number, page_time in enumerate(page_milliseconds, 1):
        ratio = page_time / short_milliseconds
        print(f"page {number} of sixty questions: {page_time:.2f} ms, {ratio:.2f} ×")
    worst = max(page_milliseconds) / short_milliseconds
    print(f"worst {worst:.2f} ×, goal ≤ {MOST} ×")


if __name__ == "__main__":
    main()
