"""The review page in a real browser: needs chromium and chromedriver."""

import pytest

from notice_samples import HOSTILE, TEXT, make_notice
from taskner.exporters import write


@pytest.fixture
def page(browser, tmp_path):
    path = tmp_path / "review.html"
    write(make_notice(text=TEXT + "\n" * 200 + HOSTILE), path)
    browser.get(path.as_uri())
    return browser


def _texts(page, selector):
    return [element.text for element in page.find_elements("css selector", selector)]


@pytest.mark.real
def test_a_click_on_a_row_highlights_its_place(page):
    page.find_element("css selector", ".row.goal").click()
    assert _texts(page, ".text mark.on") == ["公园", "3个以上", "园林中心", "财政局"]
    assert len(page.find_elements("css selector", ".row.on")) == 1


@pytest.mark.real
def test_a_click_on_a_span_shows_its_row(page):
    page.find_elements("css selector", ".text mark.target")[1].click()
    assert "5公里" in page.find_element("css selector", ".row.on").text
    assert "5公里" in _texts(page, ".text mark.on")


@pytest.mark.real
def test_a_place_far_away_is_scrolled_to(page):
    text = page.find_element("css selector", ".text")
    page.execute_script("arguments[0].scrollTop = 1e9", text)
    assert page.execute_script("return arguments[0].scrollTop", text) > 1000
    page.find_element("css selector", ".row.goal").click()
    assert page.execute_script("return arguments[0].scrollTop", text) < 200


@pytest.mark.real
def test_filters_hide_tasks_and_a_span_brings_them_back(page):
    page.find_element("id", "search").send_keys("没有这个词")
    assert _texts(page, ".item:not([hidden])") == []
    assert page.find_element("id", "count").text == "0 / 1 项"
    page.find_element("css selector", ".text mark.target").click()
    assert len(_texts(page, ".item:not([hidden])")) == 1


@pytest.mark.real
def test_no_script_of_the_notice_runs_and_the_page_is_clean(page):
    assert page.execute_script("return document.scripts.length") == 1
    assert page.execute_script("return document.images.length") == 0
    assert page.title == "关于分解的通知"
    assert page.get_log("browser") == []


@pytest.mark.real
def test_a_narrow_screen_needs_no_sideways_scrolling(page):
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    for selector in (".text", ".ledger"):
        pane = page.find_element("css selector", selector)
        assert page.execute_script(
            "return arguments[0].scrollWidth <= arguments[0].clientWidth", pane
        )
        assert pane.size["height"] > 200
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
