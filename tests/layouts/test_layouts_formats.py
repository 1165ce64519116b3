"""One notice gives one ledger, whether it comes as Word, workbook, web page or PDF.

The notices with a ``[build]`` table in their gold are made anew by python-docx, openpyxl and
LibreOffice, with automatic numbers and merged cells.
"""

import pytest

from layout_gold import NAMES, differences, load_fixture
from notice_files import BUILDERS, build_docx
from office_making import print_files
from taskner.readers import read_bytes

pytestmark = pytest.mark.xdist_group("layouts")
BUILT = {name: gold for name in NAMES if "build" in (gold := load_fixture(name)[1])}


def test_enough_notices_are_built():
    assert len(BUILT) >= 12


@pytest.mark.parametrize("suffix", BUILDERS)
@pytest.mark.parametrize("name", BUILT)
def test_every_format_gives_the_gold(extractor, name, suffix):
    data = BUILDERS[suffix](BUILT[name]["build"])
    notice = extractor.extract_document(read_bytes(data, name=f"{name}.{suffix}"))
    assert differences(BUILT[name], notice) == []


@pytest.mark.real
def test_pdfs_printed_by_libreoffice_give_the_gold(extractor, tmp_path):
    paths = [tmp_path / f"{name}.docx" for name in BUILT]
    for path in paths:
        path.write_bytes(build_docx(BUILT[path.stem]["build"]))
    for path, data in zip(paths, print_files(paths, tmp_path), strict=True):
        notice = extractor.extract_document(read_bytes(data, name=f"{path.stem}.pdf"))
        assert differences(BUILT[path.stem], notice) == [], path.stem
