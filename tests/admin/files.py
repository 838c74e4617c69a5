"""A file on a form, sent as a browser sends it: with the token of the page it stands on."""

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
    """The checked file as it stands in the preview."""
    return re.search('name="file" value="([^"]+)"', answer.text)[1]
