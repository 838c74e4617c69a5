"""Tests of the short address of a claim and of the manifest with which a phone installs a wallet."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.catalogue import zh


@pytest.mark.parametrize(("lang", "name"), [("zh_Hans_CN", zh("My points")), ("en", "My points")])
def test_the_manifest_names_the_wallet_and_its_icons(phone, lang, name):
    reply = phone.get(f"/w/manifest.webmanifest?lang={lang}")
    assert reply.mimetype == "application/manifest+json"
    manifest = reply.json
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (name, "/w/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = Image.open(BytesIO(phone.get(icon["src"]).data))
        assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_neither_the_manifest_nor_a_short_address_leaves_a_cookie(phone, claim):
    for path in ("/w/manifest.webmanifest", f"/c/{claim}"):
        assert "Set-Cookie" not in phone.get(path, follow=False).headers


def test_every_page_of_a_wallet_names_its_manifest(phone):
    assert "/w/manifest.webmanifest?lang=en" in phone.get("/w/sign-in").text
