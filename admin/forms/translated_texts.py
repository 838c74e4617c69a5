"""Texts in several languages, each in a field of its own."""

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
    """Return the texts of the fields ``name.<language>`` by language, cut to ``longest`` characters.

    Texts of ``before`` in other languages are kept.
    """
    texts = {}
    for language in languages:
        text = FORBIDDEN.sub("", form.get(f"{name}.{language}", "")).replace("\r\n", "\n").strip()[:longest]
        if text:
            texts[language] = text
    return texts | {key: text for key, text in before.items() if key not in languages}
