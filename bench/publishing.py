"""Benchmark publishing a questionnaire of sixty questions on five pages: elapsed time of the whole request.

``python -m bench.publishing``. An earlier version is published, so that the comparison is measured as well.
"""

import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from survey.questionnaires import drafting, queries
from tests import factories

from .answering import application
from .rendering import long_document

SLUG, ROUNDS, MOST = "long", 9, 1.0


def time_publication(client: Any, number: int) -> float:
    """Publish version ``number``, which moves the first question of the first page to its end; return the
    seconds."""
    draft = drafting.begin(SLUG)
    first, *rest = draft.document["questions"][:12]
    moved = [*rest, first, *draft.document["questions"][12:]]
    draft = drafting.change(draft.id, "move", lambda document: document | {"questions": moved})
    page = client.get(f"/admin/questionnaires/{SLUG}/draft/publication/").text
    sent = dict(re.findall(r'name="([\w.-]+)"[^>]* value="([^"]*)"', page))
    sent["csrf_token"] = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    before = time.perf_counter()
    answer = client.post(f"/admin/questionnaires/{SLUG}/draft/publication/", data=sent)
    seconds = time.perf_counter() - before
    assert answer.status_code == 303
    assert queries.published_number(SLUG) == number
    return seconds


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        url = f"sqlite:///{folder}/huiyin.db"
        with application(url, Path(folder)) as app, app.app_context():
            draft = drafting.create(SLUG, long_document())
            drafting.publish(draft.id, draft.revision, factories.PUBLISHED_ON)
            client = factories.sign_in(app.test_client(), factories.staff())
            seconds = [time_publication(client, number) for number in range(2, 2 + ROUNDS)]
    print(
        f"published within {statistics.median(seconds):.3f} s, at worst {max(seconds):.3f} s, goal ≤ {MOST} s"
    )


if __name__ == "__main__":
    main()
