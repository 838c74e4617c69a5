"""PDF files by Typst: a layout of layouts/ is filled with plain values."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts

LAYOUTS = Path(__file__).with_name("layouts")


def typeset(layout: str, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of ``layout``, the name of a file in layouts/, with ``values``.

    Texts among the values are printed literally: they are data, not Typst source, so they cannot inject code.
    """
    return compile_source((LAYOUTS / f"{layout}.typ").read_bytes(), values)


def compile_source(source: bytes, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of a Typst source, which may import the layouts.

    Typst can read only their folder and that of the font.
    """
    import typst  # 80 MB that only reports need

    # The stubs of typst require source and folders to have the same type.
    return typst.compile(  # type: ignore[misc]
        source,
        root=LAYOUTS,
        font_paths=[fonts.sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values)},
    )
