"""Data frames and the notebook's view; the libraries themselves read what we give them."""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from ledgers import GOLD, change_target
from notice_samples import HOSTILE, TEXT, make_notice
from taskner.errors import MissingExtraError
from taskner.exporters import notebook_html, to_arrow, to_pandas, to_polars, to_rows
from taskner.exporters.table import COLUMNS
from taskner.types import Annex, Document, Notice, Period, Quantity

WHOLE = [column.zh for column in COLUMNS.values()]
WHOLE.insert(WHOLE.index("完成日期") + 1, "日期为默认")
MAKERS = [Notice.to_pandas, Notice.to_polars, Notice.to_arrow]


def columns_of(frame):
    """Give the columns of any of the three as plain lists, nulls as None."""
    if hasattr(frame, "to_pydict"):
        return frame.to_pydict()
    if hasattr(frame, "to_dicts"):
        return frame.to_dict(as_series=False)
    return {
        title: [None if is_null else cell for cell, is_null in zip(cells, nulls, strict=True)]
        for title, cells, nulls in (
            (title, frame[title].tolist(), frame[title].isna()) for title in frame
        )
    }


@pytest.mark.parametrize("make", MAKERS)
def test_a_frame_has_the_columns_and_rows_of_the_ledger(make):
    columns, rows = columns_of(make(GOLD)), to_rows(GOLD)
    assert list(columns) == WHOLE
    assert columns["工作任务"] == [row.task for row in rows]
    assert columns["指标"] == [row.metrics or None for row in rows]
    assert columns["目标值"] == [None if row.value is None else int(row.value) for row in rows]
    assert columns["牵头单位"] == [row.lead for row in rows]
    assert columns["需复核"] == [False] * len(rows)
    english = columns_of(make(GOLD, language="en"))
    assert list(english)[:2] == ["No.", "Section"]
    assert english["Comparison"][0] == "at least"


@pytest.mark.parametrize("make", MAKERS)
def test_dates_are_dates_and_say_whether_they_are_assumed(make):
    year = Annex(id="0", title=None, start=0, period=Period(last=date(2025, 12, 31)))
    columns = columns_of(make(replace(GOLD, annexes=(year,))))
    assert [(day.year, day.month, day.day) for day in columns["完成日期"]] == [(2025, 12, 31)] * 4
    assert columns["日期为默认"] == [False, True, True, True]
    assert columns_of(make(GOLD))["完成日期"][1:] == [None] * 3


def test_every_column_has_its_type():
    types = {"目标值": "decimal128(38, 10)", "完成日期": "date32[day]", "置信度": "double"}
    types |= {"上限": "decimal128(38, 10)", "需复核": "bool", "日期为默认": "bool"}
    for notice in (GOLD, Notice(document=Document(id="empty", text=""))):
        schema = notice.to_arrow().schema
        assert {name: str(schema.field(name).type) for name in WHOLE} == {
            name: types.get(name, "string") for name in WHOLE
        }
        frame = notice.to_pandas()
        assert str(frame["目标值"].dtype) == "float64"
        assert str(frame["完成日期"].dtype) == "datetime64[s]"
        assert str(frame["指标"].dtype) == "string"
        of_polars = notice.to_polars().to_arrow().schema.field("目标值").type
        assert str(of_polars) == types["目标值"]


def test_several_notices_make_one_frame():
    for make in (to_pandas, to_polars, to_arrow):
        assert len(make([GOLD, GOLD])) == 2 * len(to_rows(GOLD))
        assert list(columns_of(make([]))) == WHOLE


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("12345678901234567.25"), Decimal("12345678901234567.25")),
        (Decimal("0.12345678901"), Decimal("0.1234567890")),
        (Decimal(10) ** 28 - 1, Decimal(10) ** 28 - 1),
        (Decimal(10) ** 28, None),
        (Decimal(9) * 10**400, None),
    ],
)
def test_numbers_are_exact_or_absent(value, kept):
    notice = change_target(0, 0, quantity=Quantity(value=value))
    assert notice.to_arrow().column("目标值")[0].as_py() == kept
    assert notice.to_polars()["目标值"][0] == kept


@pytest.mark.parametrize("make", MAKERS)
def test_text_that_no_library_stores_is_dropped(make):
    notice = replace(GOLD, tasks=(replace(GOLD.tasks[1], text="河\ud800道\x00", leader="\x01"),))
    columns = columns_of(make(notice))
    assert (columns["工作任务"], columns["牵头领导"]) == (["河道"], [None])


@pytest.mark.parametrize("make", MAKERS)
def test_a_missing_library_is_named_in_one_line(make, monkeypatch):
    name = {"to_arrow": "pyarrow"}.get(make.__name__, make.__name__.removeprefix("to_"))
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError) as caught:
        make(GOLD)
    assert str(caught.value) == f"a data frame needs {name}: pip install 'taskner[frames]'"


class Tags(HTMLParser):
    """Notes the tags and the text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs).get("class")))

    def handle_data(self, data):
        self.texts.append(data)


def test_a_notebook_shows_coloured_spans_and_the_ledger():
    page = GOLD._repr_html_()
    assert page == notebook_html(GOLD)
    seen = Tags(page)
    assert {("mark", name) for name in ("unit", "metric", "target", "deadline")} <= set(seen.tags)
    assert "≥ 12 座" in seen.texts
    assert seen.texts.count("县水利局") == 2, "once in the text, once in the ledger"


def test_a_notebook_obeys_nothing_that_a_notice_says():
    notice = replace(make_notice(text=TEXT + HOSTILE), title=HOSTILE, issuer=HOSTILE)
    seen = Tags(notice._repr_html_())
    assert not {tag for tag, _ in seen.tags} & {"script", "img"}
    # Title, issuer, text and task.
    assert sum(HOSTILE[:20] in text for text in seen.texts) == 4


def test_the_style_of_the_view_touches_nothing_else():
    style = GOLD._repr_html_().partition("<style>")[2].partition("</style>")[0]
    selectors = [part for rule in style.split("}")[:-1] for part in rule.split("{")[0].split(",")]
    assert all(selector.strip().startswith(".taskner-notice") for selector in selectors)
