"""A real browser for pages: needs chromium and chromedriver."""

import shutil
from contextlib import contextmanager

import pytest


@contextmanager
def chromium(profile, *arguments):
    """A headless Chromium with its own profile that asks the network for nothing by itself."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs the extra real")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in (
        *("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run"),
        *("disable-background-networking", "disable-component-update", "disable-sync"),
        *("force-prefers-reduced-motion", f"user-data-dir={profile}"),
        *arguments,
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser for pages that taskner wrote."""
    with chromium(tmp_path_factory.mktemp("profile"), "window-size=1280,900") as driver:
        yield driver
