"""What a cold phone loads: bytes over the wire and requests of the whole survey, first paint beside a bare page."""

import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.serving import served
from tests.bench.table import Row

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
]  # fmt: skip
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 6
MOST_BYTES = 14 * 1024
RUNS = 15
WATCH = """
window.seen = {blocked: 0, shift: 0, usable: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => seen.blocked += Math.max(0, e.duration - 50)))
  .observe({type: "longtask", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) seen.shift += e.value; }))
  .observe({type: "layout-shift", buffered: true});
const shown = input => (input.labels?.[0] ?? input).checkVisibility();
const answered = asked => setTimeout(() => {
  const now = performance.now();
  if (now - asked < 400) seen.usable ||= now;
});
const look = () => {
  const painted = performance.getEntriesByName("first-contentful-paint").length, asked = performance.now();
  const inputs = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  if (painted && inputs.some(shown)) requestAnimationFrame(() => answered(asked));
  if (!seen.usable) setTimeout(look, 20);
};
look();
"""


def rows() -> list[Row]:
    if CHROMIUM is None:
        return [Row("phone page", "skipped: no Chromium", "", "", "", "", None)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours = {"ENGAGE_FOLDER": folder, "ENGAGE_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env={**os.environ, **ours}, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served("wsgi:app", ours) as ours_server, served("tests.bench.floor:app", _floor(folder)) as floor_server:
            youth, floor = _in_turns(browser, (ours_server.port, "/s/youth"), (floor_server.port, "/bare"))
            care, arabic = (_once(browser, ours_server.port, path) for path in ("/s/care", "/s/youth?lang=ar"))
        browser.close()
    return [*_weights({"youth": youth, "care": care, "youth in Arabic": arabic}), *_times(youth, floor)]


def _floor(folder: str) -> dict[str, str]:
    return {"FLOOR_DB": f"sqlite:///{folder}/floor.db"}


def _weights(pages: dict[str, dict[str, float]]) -> list[Row]:
    found: list[Row] = []
    for name, page in pages.items():
        size, count = page["bytes"], page["requests"]
        found.append(Row(f"/s/ page: {name}", size, "bytes", f"<= {MOST_BYTES}", "", "", size <= MOST_BYTES))
        found.append(Row(f"/s/ requests: {name}", count, "", "<= 2", "", "", count <= 2))
    found.append(Row("cards in the page: youth", pages["youth"]["cards"], "", "", "", "", None))
    return found


def _times(page: dict[str, float], floor: dict[str, float]) -> list[Row]:
    ratio = page["paint"] / floor["paint"]
    bare = f"bare page of {floor['bytes'] / 1000:.1f} kB {floor['paint']:.0f} ms"
    usable, ready = page["usable"] / floor["usable"], f"its first input {floor['usable']:.0f} ms"
    return [
        Row("first paint on a slow phone", page["paint"], "ms", "<= 1.1 x floor", bare, f"{ratio:.2f}", ratio <= 1.1),
        Row("usable on a slow phone", page["usable"], "ms", "<= 1.1 x floor", ready, f"{usable:.2f}", usable <= 1.1),
        Row("total blocking time", page["blocked"], "ms", "<= 50", "", "", page["blocked"] <= 50),
        Row("layout shift", page["shift"], "", "0", "", "", page["shift"] == 0),
    ]


def _in_turns(browser: Browser, *pages: tuple[int, str]) -> list[dict[str, float]]:
    """The medians of pages loaded by turns, so that a noisy minute meets all; the first turn wakes the servers up."""
    turns = [[_once(browser, *page) for page in pages] for _ in range(RUNS + 1)][1:]
    by_page = zip(*turns, strict=True)
    return [{name: sorted(run[name] for run in runs)[RUNS // 2] for name in runs[0]} for runs in by_page]


def _once(browser: Browser, port: int, path: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    line = context.new_cdp_session(page)
    loaded: list[dict[str, Any]] = []

    def remember(one: dict[str, Any]) -> None:
        loaded.append(one)

    line.on("Network.loadingFinished", remember)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
    page.wait_for_timeout(2500)
    seen = page.evaluate("window.seen")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    cards = page.locator("[data-card], section.card, .card").count()
    context.close()
    return {
        "bytes": sum(one["encodedDataLength"] for one in loaded), "requests": len(loaded), "paint": paint,
        "usable": seen["usable"], "blocked": seen["blocked"], "shift": seen["shift"], "cards": cards,
    }  # fmt: skip
