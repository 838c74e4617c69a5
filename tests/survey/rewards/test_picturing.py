from __future__ import annotations

import hashlib

import pytest
from PIL import Image

from survey.db import db
from survey.refusal import Refused
from survey.rewards import picturing
from survey.rewards.models.catalogue import Picture
from tests import factories
from tests.survey.rewards.pictures import file, opened

KINDS = [
    *((mode, "PNG") for mode in ("RGB", "RGBA", "P", "LA")),
    *((mode, "JPEG") for mode in ("RGB", "CMYK")),
    ("RGB", "WEBP"),
]


@pytest.mark.parametrize(("mode", "form"), KINDS)
def test_a_picture_is_redrawn_small_and_without_metadata(mode, form):
    image = opened(picturing.redraw(file((3000, 1500), mode, form)))
    assert (image.format, image.size, image.mode) == ("WEBP", (800, 400), "RGB")
    assert "exif" not in image.info


def test_a_photo_loses_its_location_and_time_and_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the orientation of a photo turned by 90 degrees
    exif[0x010E] = "taken at home"
    content = picturing.redraw(file((400, 200), "RGB", "JPEG", exif=exif))
    assert opened(content).size == (200, 400)
    assert b"taken at home" not in content


def test_transparent_pixels_become_white():
    assert opened(picturing.redraw(file((200, 200), "RGBA"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cannot|not a picture"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "This picture cannot be read. Use a JPEG, PNG or WebP file.",
        ),
        (b"%PDF-1.7 and so on", "This picture cannot be read. Use a JPEG, PNG or WebP file."),
        (file(form="GIF", mode="P"), "This picture cannot be read. Use a JPEG, PNG or WebP file."),
        (file()[:100], "This picture cannot be read. Use a JPEG, PNG or WebP file."),
        (file(form="JPEG")[:-200], "This picture cannot be read. Use a JPEG, PNG or WebP file."),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "This picture cannot be read. Use a JPEG, PNG or WebP file."),
        (file((30_000, 30_000), "1"), "too many pixels"),
        (file((6000, 6000), "1"), "too many pixels"),
        (file((99, 500)), "too small"),
        (bytes(picturing.LARGEST + 1), "larger than 8 MB"),
    ],
)
def test_files_without_a_picture_and_bombs_are_rejected_with_a_sentence(data, why):
    with pytest.raises(Refused, match=why):
        picturing.redraw(data)


def test_a_picture_of_several_rewards_is_stored_once(app):
    first, second = factories.reward(), factories.reward()
    for reward in (first, second, second):
        picturing.illustrate(reward.id, file())
    db.session.expire_all()
    (kept,) = db.session.query(Picture).all()
    assert first.picture_id == second.picture_id == kept.digest == hashlib.sha256(kept.content).hexdigest()
    picturing.remove(first.id)
    db.session.expire_all()
    assert (first.picture_id, second.picture_id) == (None, kept.digest)


def test_a_rejected_file_leaves_the_old_picture(app):
    reward = factories.reward()
    picturing.illustrate(reward.id, file())
    with pytest.raises(Refused):
        picturing.illustrate(reward.id, b"no picture")
    db.session.expire_all()
    assert reward.picture_id is not None
