"""Offer the source code of the running version to all its users, as section 13 of the AGPL requires.

An operator may name an address of their own (SOURCE_URL). Without one this server offers the files it runs,
so an operator who changes them offers the changed files.
"""

import io
import tarfile
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app

from .resources import PACKAGE, is_installed, resource_folder
from .settings import Settings

PATH = Settings.source_url
FOLDER = "huiyin-source"
PACKAGES = ("admin", "api", "survey")
RESOURCES = ("static", "templates", "translations")
# Files that build the wheel; setup.py puts a copy of each into the wheel.
BUILD_FILES = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.cfg", "setup.py")

blueprint = Blueprint("source_code", __name__)


def init_app(app: Flask, address: str) -> None:
    """Let templates link to ``address``, and answer there when it is this server's own."""
    app.jinja_env.globals["source_url"] = address
    if address == PATH:
        app.register_blueprint(blueprint)


@blueprint.get(PATH)
def download() -> Response:
    """Send the source code as one archive."""
    response = current_app.response_class(archive(), mimetype="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="{FOLDER}.tar.gz"'
    response.cache_control.public = True
    response.cache_control.max_age = 3600
    return response


@cache
def archive() -> bytes:
    """Return a .tar.gz of sources(), about 0.7 MB, built when first asked for."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as file:
        for name, path in sources().items():
            file.add(path, f"{FOLDER}/{name}", filter=_anonymous)
    return buffer.getvalue()


def sources(package: Path = PACKAGE) -> dict[str, Path]:
    """Return the files that are needed to build the product, by their names in a checkout.

    Only the files listed here are offered, since an instance folder beside the code holds secrets.
    """
    home = package.parent
    build = package / "_resources/build" if is_installed(package) else home
    files = {name: build / name for name in BUILD_FILES}
    files["wsgi.py"] = home / "wsgi.py"
    for name in PACKAGES:
        files |= _files(home / name, name)
    for name in RESOURCES:
        files |= _files(resource_folder(name, package), name)
    return dict(sorted(files.items()))


def _files(folder: Path, name: str) -> dict[str, Path]:
    """Return the files below ``folder`` that people write, not those that are generated from them."""
    paths = ((path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file())
    return {
        f"{name}/{inside.as_posix()}": path
        for inside, path in paths
        if path.suffix not in {".mo", ".pot", ".pyc"} and "_resources" not in inside.parts
    }


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Remove the owner on this machine from a member of the archive, and return it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
