#!/bin/sh
# Makes .venv with a Python of 3.11 or newer; does nothing when there is a working one.
# PYTHON names the interpreter to use instead of the first that fits.
set -eu

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

choose() {
  for name in ${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3}; do
    if fits "$name"; then echo "$name"; return; fi
  done
}

is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  echo "Installing $* ..." >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

if [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null; then exit 0; fi

python=$(choose)
if [ -z "$python" ] && [ -z "${PYTHON:-}" ] && is_debian_root; then
  apt_install python3 python3-venv
  python=$(choose)
fi
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed, and ${PYTHON:-none of python3.13, python3.12, python3.11, python3.14, python3} is that." >&2
  echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13)," >&2
  echo "or name it: make PYTHON=/path/to/python3 ..." >&2
  exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
  if is_debian_root; then
    apt_install "$package"
  else
    echo "$python cannot make a virtual environment: Debian and Ubuntu keep that part in the package $package." >&2
    echo "Run: sudo apt-get install $package" >&2
    exit 1
  fi
fi

echo "Making .venv with $("$python" --version) ..."
rm -rf .venv
"$python" -m venv .venv
