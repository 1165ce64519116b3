"""The report's page in a real browser: needs chromium and chromedriver."""

from dataclasses import replace

import pytest

from ledgers import DOCUMENT, GOLD, change_target, change_task
from taskner.evaluation.mistakes import find_mistakes
from taskner.evaluation.report import Report, reliability, report_to_html
from taskner.evaluation.score import score

HOSTILE = "<script>document.title = 'taken'</script>"


@pytest.fixture(params=[1280, 390])
def page(browser, request, tmp_path):
    lost, wrong = change_task(2, targets=()), change_target(0, 0, deadlines=())
    scores = {"yunxi": score(GOLD, lost), "linxi": score(GOLD, wrong), HOSTILE: score(GOLD, GOLD)}
    report = Report(
        model=HOSTILE,
        facts={"command": HOSTILE},
        scores=scores,
        mistakes=(*find_mistakes(GOLD, lost), *find_mistakes(GOLD, wrong)),
        texts={DOCUMENT.id: DOCUMENT.text.replace("2.推进河道整治。", HOSTILE[:8])},
        reliability=(reliability("rows", [0.2, 0.9, 0.8], [False, True, True]),),
    )
    path = tmp_path / "report.html"
    path.write_text(report_to_html(replace(report), language="zh"), encoding="utf-8")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {
            "width": request.param,
            "height": 800,
            "deviceScaleFactor": 1,
            "mobile": request.param < 500,
        },
    )
    browser.get(path.as_uri())
    return browser


def _column(page, number):
    cells = page.find_elements(
        "css selector", f"section:nth-of-type(2) tbody td:nth-child({number})"
    )
    return [cell.text for cell in cells]


@pytest.mark.real
def test_the_page_is_clean_and_fits_the_screen(page):
    assert page.get_log("browser") == []
    assert page.title == f"评测报告：{HOSTILE}"
    width = page.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert page.execute_script("return document.scripts.length") == 1


@pytest.mark.real
def test_a_click_on_a_title_sorts_and_a_second_one_turns(page):
    rows = len(_column(page, 12))
    head = page.find_element("css selector", "section:nth-of-type(2) th:nth-child(12) button")
    page.execute_script("arguments[0].click()", head)
    falling = [float(text) for text in _column(page, 12)]
    assert falling == sorted(falling, reverse=True)
    page.execute_script("arguments[0].click()", head)
    rising = [float(text) for text in _column(page, 12)]
    assert rising == sorted(falling)
    assert len(rising) == rows == 4


@pytest.mark.real
def test_the_gallery_shows_one_kind_at_a_time(page):
    every = page.find_elements("css selector", "#gallery > li")
    options = page.find_elements("css selector", "#kind option")
    options[1].click()
    shown = [item for item in every if item.is_displayed()]
    assert 0 < len(shown) < len(every)
    assert page.find_element("id", "shown").text == f"{len(shown)} / {len(every)}"
