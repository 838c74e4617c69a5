"""Helpers that send a file as a browser does: with the token of the page that has the form."""

from __future__ import annotations

import re


def send_file(client, page: str, to: str, data: bytes, name: str = "a.csv", **fields: str):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)[1]
    part = '--cut\r\nContent-Disposition: form-data; name="'
    values = "".join(
        f'{part}{key}"\r\n\r\n{value}\r\n' for key, value in {"csrf_token": token, **fields}.items()
    )
    body = f'{values}{part}file"; filename="{name}"\r\n\r\n'.encode()
    return client.post(
        to, data=body + data + b"\r\n--cut--\r\n", content_type="multipart/form-data; boundary=cut"
    )


def sealed(answer) -> str:
    """Return the checked, signed file of a preview."""
    return re.search('name="file" value="([^"]+)"', answer.text)[1]
