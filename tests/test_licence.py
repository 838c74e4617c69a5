"""The licence is the text of the Free Software Foundation, unchanged."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Of https://www.gnu.org/licenses/agpl-3.0.txt
PUBLISHED = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def test_the_licence_is_the_published_text_to_the_byte():
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == PUBLISHED
