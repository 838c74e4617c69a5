"""The answer page on a slow phone: how many bytes are sent, and when the customer sees the page."""

from __future__ import annotations

MOST_BYTES, MOST_REQUESTS = 10 * 1024, 2
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms there and back, 400 kbit/s."""
SLOWER_CPU = 6
LATEST = 2500  # milliseconds
OBSERVE = """
    window.painted = 0
    new PerformanceObserver(list => list.getEntries().forEach(one => window.painted = one.startTime))
        .observe({type: 'largest-contentful-paint', buffered: true})
"""


def test_the_answer_page_is_light_and_soon_there(open_page, live, record_property):
    page = open_page("/healthz")
    page.add_init_script(OBSERVE)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    asked: list[str] = []
    received: list[float] = []
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(live.address("/s/{link}"))
    painted, before = page.evaluate("window.painted"), -1
    for _ in range(20):  # until half a second brings nothing new; the policy forbids wait_for_function
        if painted == before > 0:
            break
        before = painted
        page.wait_for_timeout(500)
        painted = page.evaluate("window.painted")
    record_property("bytes", sum(received))
    record_property("largest contentful paint in ms", painted)
    print(f"{sum(received):.0f} bytes in {len(received)} requests, painted after {painted:.0f} ms")
    requests = [url for url in asked if not url.startswith("data:")]
    assert len(requests) <= MOST_REQUESTS, requests
    assert 0 < sum(received) <= MOST_BYTES
    assert 0 < painted <= LATEST
