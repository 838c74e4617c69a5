"""The exception of a use case that refuses, and the mark of the texts that give the reason."""

N_ = str
"""Marks a text for translation where it is written; it is translated where it is shown."""


class Refused(ValueError):
    """The request cannot be fulfilled, and nothing was changed.

    ``text`` is an English sentence (and a message id) in which ``detail`` is to be filled in.
    """

    def __init__(self, text: str, **detail: object) -> None:
        super().__init__(text % detail if detail else text)
        self.text = text
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.text, self.detail)


def _rebuild(text: str, detail: dict[str, object]) -> Refused:
    return Refused(text, **detail)
