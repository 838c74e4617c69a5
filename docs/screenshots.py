"""Takes the pictures of the README and of docs/pages.md: ``make screenshots``.

Starts the application on a throwaway instance with the demonstration company, in Chinese, light and dark.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PAGES = {
    "glance": "/admin/indexes/DEMO?lang=en",
    "drivers": "/admin/indexes/drivers/DEMO?lang=en",
    "comparison": "/admin/indexes/comparison/DEMO?lang=en",
}
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
sys.path.insert(0, str(ROOT))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-screenshots-") as folder:
        os.environ.update(INSTANCE_DIR=folder, LOG_LEVEL="WARNING")
        app = application()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(app, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def application() -> Flask:
    import wsgi

    app = wsgi.create_app()
    for command in (["db", "upgrade"], ["demo", "load"]):
        done = app.test_cli_runner().invoke(args=command)
        if done.exit_code:
            sys.exit(done.output)
    return app


def take(app: Flask, url: str) -> None:
    from survey.demo import queries
    from survey.demo.sign_ins import password
    from tests.browser import chromium

    with app.app_context():
        code = queries.first_link().code
        secret = password(app.config["SETTINGS"].secret_key, "manager")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.installed(), args=["--no-sandbox", "--disable-quic", "--lang=zh-CN"]
        )
        for ending, dark in (("", False), ("-dark", True)):
            picture(opened(browser, f"{url}/s/{code}", PHONE, dark), f"answer{ending}")
            page = opened(browser, f"{url}/admin/sign-in", SCREEN, dark)
            page.fill("[name=username]", "manager")
            page.fill("[name=password]", secret)
            page.click("main button")
            page.wait_for_url("**/admin/indexes/")
            picture(page, f"index{ending}")
            if not dark:
                of_pages(page, url)
        browser.close()


def of_pages(page: Page, url: str) -> None:
    """The pages of figures in English, on a phone and on a screen, for whoever is signed in on ``page``."""
    for size, height in ((PHONE, 1900), (SCREEN, 1450)):
        page.set_viewport_size({**size, "height": height})
        for name, path in PAGES.items():
            page.goto(url + path)
            picture(page, f"{name}-{size['width']}")


def opened(browser: Browser, address: str, size: dict[str, int], dark: bool) -> Page:
    context = browser.new_context(
        locale="zh-CN", color_scheme="dark" if dark else "light", viewport=size, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    return page


def picture(page: Page, name: str) -> None:
    if name.startswith("answer"):
        page.check("[name=quality][value='5']", force=True)
        page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:  # 256 colours are enough, and half of the bytes
        taken.convert("RGB").quantize(256).save(path, optimize=True)


if __name__ == "__main__":
    main()
