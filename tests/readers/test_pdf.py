import pdf_making as pdf
from taskner.readers import read_bytes


def _read(drawing):
    return read_bytes(pdf.data(drawing), name="通知.pdf")


def _blocks(document, *, kind=None):
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if kind in (None, block.kind)
    ]


def test_paragraphs_are_joined_and_pages_counted():
    drawing = pdf.canvas()
    texts = [
        "一、全年新增规上企业30家以上，PM2.5平均浓度降到28微克/立方米以内，新建绿道25公里。",
        "二、完成山地果园改造7.5万亩，建成冷链仓库12座，果品产值增长8.5%左右，群众满意。",
    ]
    y = 100
    for text in texts:
        y = pdf.paragraph(drawing, y, text)
    drawing.showPage()
    pdf.paragraph(drawing, 100, "三、新建小学2所。")
    document = _read(drawing)
    assert _blocks(document) == [*texts, "三、新建小学2所。"]
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert document.source.media_type == "application/pdf"


def test_a_ruled_table_is_cells_with_places():
    drawing = pdf.canvas()
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "新建标准化果园30个，改造灌渠12公里，果品产值增长8%。", "县农业农村局、县水利局"],
    ]
    pdf.table(drawing, 100, [40, 240, 120], rows)
    document = _read(drawing)
    cells = [
        (block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]
    assert cells == [
        (row, column, text)
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
    ]
