from __future__ import annotations

from pathlib import Path

import pytest

from survey.responses.mapping import ImportRefused
from survey.responses.source import BLOCK, Source


def written(tmp_path: Path, content: bytes) -> Source:
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    return Source.of(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str):
    text = "网点,好\r\n一店,5\r\n"
    with written(tmp_path, text.encode(encoding)).open() as file:
        assert file.read() == text


def test_a_character_across_two_blocks_is_still_utf8(tmp_path: Path):
    source = written(tmp_path, b"x" * (BLOCK - 1) + "好".encode())
    assert source.encoding == "utf-8-sig"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04rest", "workbook"),
        ("a,b".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff\0a", "UTF-16"),
        (b"a\xff\xffb", "neither UTF-8 nor GB 18030"),
        ("好".encode()[:2] + b"\xff", "neither UTF-8 nor GB 18030"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, told: str):
    with pytest.raises(ImportRefused, match=told):
        written(tmp_path, content)


def test_a_row_has_the_same_identity_in_the_same_bytes_alone(tmp_path: Path):
    first, again, other = (written(tmp_path, content) for content in (b"a\n1\n", b"a\n1\n", b"a\n2\n"))
    assert first.row_id(1) == again.row_id(1)
    assert len(first.row_id(1)) == 16
    assert len({first.row_id(1), first.row_id(2), other.row_id(1), first.row_id(256)}) == 4
