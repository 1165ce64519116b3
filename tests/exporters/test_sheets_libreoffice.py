"""Ledgers whose cells would like to be formulas, opened in a real spreadsheet program."""

import shutil
import subprocess

import openpyxl
import pytest

from notice_samples import make_notice
from taskner.exporters import write

FORMULAS = (
    '=HYPERLINK("http://example.org","点击")',
    "+1+2",
    "-3+4",
    "@SUM(1,2)",
    "=1+1",
    "\t=1+1",
    "\r=2+2",
    "＝1+1",
    '"=1+1',
)


def _sheet(folder, ledger):
    """Open a ledger in LibreOffice and save it as a workbook again; give its cells."""
    done = subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            # Comma, double quote, UTF-8: what a person would choose or the byte order mark tells.
            *(["--infilter=CSV:44,34,76,1"] if ledger.suffix == ".csv" else []),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")),
            str(ledger),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    saved = folder / "out" / f"{ledger.stem}.xlsx"
    assert saved.exists(), done.stderr
    return [
        cell for sheet in openpyxl.load_workbook(saved) for row in sheet.iter_rows() for cell in row
    ]


@pytest.mark.real
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_notice_becomes_a_formula(tmp_path, suffix, text):
    notice = make_notice(text=f"{text}，新建公园3个以上、绿道5公里|园林中心|财政局")
    ledger = tmp_path / f"ledger.{suffix}"
    write(notice, ledger)
    cells = _sheet(tmp_path, ledger)
    shown = [str(cell.value) for cell in cells if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert any("新建公园3个以上" in value for value in shown)
    assert "3" in shown
