"""Texts in several languages, a field each."""

from collections.abc import Mapping, Sequence

from survey.questionnaires.kinds.text import FORBIDDEN

LONGEST_TITLE = 200


def read_texts(
    form: Mapping[str, str],
    name: str,
    languages: Sequence[str],
    before: Mapping[str, str],
    longest: int = LONGEST_TITLE,
) -> dict[str, str]:
    """The texts of the fields ``name.<language>``, cut to ``longest``; other languages keep theirs."""
    found = {}
    for language in languages:
        text = FORBIDDEN.sub("", form.get(f"{name}.{language}", "")).replace("\r\n", "\n").strip()[:longest]
        if text:
            found[language] = text
    return found | {key: text for key, text in before.items() if key not in languages}
