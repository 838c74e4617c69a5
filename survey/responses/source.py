"""The file of an import, with its digest and encoding, read without loading it into memory."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .mapping import ImportRefused

BLOCK = 1 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
OTHERS = {
    b"PK\x03\x04": "this is a workbook; save it as CSV first",
    codecs.BOM_UTF16_LE: "this is UTF-16; save it as CSV (UTF-8)",
    codecs.BOM_UTF16_BE: "this is UTF-16; save it as CSV (UTF-8)",
}


@dataclass(frozen=True)
class Source:
    """A file to import. ``digest`` is the SHA-256 of the file's bytes."""

    path: Path
    digest: bytes
    encoding: str

    @classmethod
    def of(cls, path: Path) -> "Source":
        """Detect UTF-8, with or without a byte order mark, or GB 18030. Raises ImportRefused for others."""
        with path.open("rb") as file:
            start = file.read(4)
            for mark, reason in OTHERS.items():
                if start.startswith(mark):
                    raise ImportRefused(f"{path.name}: {reason}")
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").digest()
        encoding = next((encoding for encoding in ENCODINGS if _reads(path, encoding)), None)
        if encoding is None:
            raise ImportRefused(f"{path.name}: neither UTF-8 nor GB 18030")
        return cls(path, digest, encoding)

    def open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")

    def row_id(self, number: int) -> bytes:
        """Return the 16 bytes that identify the file's ``number``-th row, the same in every import."""
        return hashlib.sha256(self.digest + number.to_bytes(8, "big")).digest()[:16]


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
