"""Builds the wheel: setup.cfg says what it is, this adds what is not code.

Templates, static files, catalogues and the files of the build itself become part of the package ``survey``,
where survey/resources.py finds them. An editable install uses the checkout, where it compiles the catalogues.
"""

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
COPIED = ("templates", "static", "translations")
# Offered to users together with the code: survey/source_code.py.
BUILD_FILES = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.cfg", "setup.py")


def compile_catalogues(target: Path) -> None:
    """Write a .mo file below ``target`` for every catalogue of translations/."""
    for source in (ROOT / "translations").rglob("*.po"):
        compiled = (target / source.relative_to(ROOT / "translations")).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as texts, compiled.open("wb") as file:
            write_mo(file, read_po(texts))


class BuildWithResources(build_py):
    """The usual step for Python files, then the files that are not code."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            compile_catalogues(ROOT / "translations")
            return
        resources = Path(self.build_lib) / "survey/_resources"
        shutil.rmtree(resources, ignore_errors=True)  # what an earlier build left behind
        for name in COPIED:
            shutil.copytree(ROOT / name, resources / name, ignore=shutil.ignore_patterns("*.mo", "*.pot"))
        (resources / "build").mkdir()
        for name in BUILD_FILES:
            shutil.copy(ROOT / name, resources / "build" / name)
        compile_catalogues(resources / "translations")


setup(cmdclass={"build_py": BuildWithResources})
