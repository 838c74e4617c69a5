"""The sign-ins of the demonstration; each password is derived from the installation's secret."""

import base64
import hashlib
import hmac

# user name: (role, name, code of the place of managers and counters)
SIGN_INS = {
    "admin": ("administrator", "演示管理员", ""),
    "manager": ("manager", "演示总经理", "DEMO"),
    "manager-east": ("manager", "演示华东经理", "DEMO-E"),
    "counter": ("counter", "演示前台", "SHA-01"),
    "marketing": ("marketing", "演示市场部", ""),
    "auditor": ("auditor", "演示审计", ""),
}
LENGTH = 12


def password(secret_key: str, username: str) -> str:
    """Return 12 characters (60 bits) that only this installation can compute, the same at every start."""
    digest = hmac.digest(secret_key.encode(), f"demo:{username}".encode(), hashlib.sha256)
    return base64.b32encode(digest).decode()[:LENGTH].lower()
