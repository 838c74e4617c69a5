"""PDF by Typst: a layout of layouts/ filled with plain values."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts

LAYOUTS = Path(__file__).with_name("layouts")


def typeset(layout: str, values: Mapping[str, Any]) -> bytes:
    """Return the PDF that ``layout``, the name of a file in layouts/, makes of ``values``.

    Texts among the values are set as they are, whatever they say: they are data and no source of Typst.
    """
    return compiled((LAYOUTS / f"{layout}.typ").read_bytes(), values)


def compiled(source: bytes, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of a source that may import the layouts.

    Only their folder and that of the font are read.
    """
    import typst  # 80 MB that only reports need

    # Its stubs ask for source and folders of one type.
    return typst.compile(  # type: ignore[misc]
        source,
        root=LAYOUTS,
        font_paths=[fonts.sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values)},
    )
