"""Helpers that send forms of staff pages as a browser does: with the token of the page that has them."""

from __future__ import annotations

import re


def post(client, url, page=None, **data):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(page or "/admin/places/").text)
    assert token is not None
    return client.post(url, data={"csrf_token": token[1], **data}, follow_redirects=False)
