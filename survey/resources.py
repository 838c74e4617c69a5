"""Find the files that are not code, in a checkout and in an installation.

In a checkout templates/, static/ and translations/ are beside this package. A wheel has them inside it, in
``_resources`` (see setup.py), because only packages are installed.
"""

import os
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
MIGRATIONS = PACKAGE / "migrations"


def resource_folder(name: str, package: Path = PACKAGE) -> Path:
    """Return the folder ``name``: "templates", "static" or "translations"."""
    home = package / "_resources" if is_installed(package) else package.parent
    return home / name


def is_installed(package: Path = PACKAGE) -> bool:
    """Return whether ``package`` comes from a wheel rather than from a checkout."""
    return (package / "_resources").is_dir()


def default_instance(environment: Mapping[str, str] = os.environ, package: Path = PACKAGE) -> Path:
    """Return where data are kept when no setting says so.

    A checkout keeps them in its own instance/. An installation must not write among the installed packages:
    it uses the folder "huiyin" for the user's data (XDG_DATA_HOME, ~/.local/share), the same one wherever a
    command is run.
    """
    if not is_installed(package):
        return package.parent / "instance"
    data = environment.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(data) / "huiyin"
