"""Benchmarks of the product beside the minimum that the same work can cost. Run by ``make bench``."""

import os
import tempfile

# The embedded server requires this variable at import, and containers do not set it.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="huiyin-run-"))
