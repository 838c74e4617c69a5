"""What the product costs, beside the least that the same work can cost. Run by ``make bench``."""

import os
import tempfile

# The embedded server asks for it when it is imported, and containers have none.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="huiyin-run-"))
