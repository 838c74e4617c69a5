import re
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from survey.channels import qr

ADDRESS = "https://huiyin.example.cn/s/abcd2345"
LONG = "https://" + "a-long-name." * 12 + "example.cn/s/abcd2345"


def decode(image: Image.Image) -> str:
    (code,) = zxingcpp.read_barcodes(np.array(image.convert("L")))
    return code.text


def drawn(svg: str) -> Image.Image:
    """The SVG's one path, painted by its own reading of ``M x y h n v1 h-n z``."""
    root = ElementTree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    pixels = np.full((side, side), 255, np.uint8)
    (path,) = root.findall("{http://www.w3.org/2000/svg}path")
    steps = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.attrib["d"])
    for x, y, n, back in steps:
        assert n == back
        pixels[int(y), int(x) : int(x) + int(n)] = 0
    return Image.fromarray(pixels).resize((side * 4, side * 4), Image.Resampling.NEAREST)


@pytest.mark.parametrize("text", [ADDRESS, LONG, "http://服务.example/s/x"])
def test_the_svg_encodes_its_text(text):
    assert decode(drawn(qr.svg(text))) == text


@pytest.mark.parametrize("text", [ADDRESS, LONG])
def test_the_png_encodes_its_text(text):
    assert decode(Image.open(BytesIO(qr.png(text)))) == text


@pytest.mark.parametrize("pixels", [1000, 1001, 2400])
def test_the_png_is_as_large_as_asked_and_square_in_whole_modules(pixels):
    image = Image.open(BytesIO(qr.png(ADDRESS, pixels)))
    side = len(qr.modules(ADDRESS)) + 8
    assert image.width == image.height >= pixels
    assert image.width % side == 0


def test_four_modules_around_stay_white():
    pixels = np.array(drawn(qr.svg(ADDRESS)))
    margin = 4 * 4
    assert (pixels[:margin] == 255).all()
    assert (pixels[:, -margin:] == 255).all()
    assert (pixels[margin] == 0).any()


def test_the_svg_is_named_and_passes_a_strict_policy():
    picture = qr.svg(ADDRESS, 'Code <of> "East & West"')
    assert ElementTree.fromstring(picture)[0].text == 'Code <of> "East & West"'
    assert "style" not in picture
    assert 'role="img"' in picture


def test_a_code_survives_damage_of_a_tenth():
    image = np.array(Image.open(BytesIO(qr.png(ADDRESS))).convert("L"))
    side = image.shape[0]
    image[side // 2 : side // 2 + side // 6, side // 2 : side // 2 + side // 4] = 255
    assert decode(Image.fromarray(image)) == ADDRESS
