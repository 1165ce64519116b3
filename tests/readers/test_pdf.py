import pytest

import pdf_making as pdf
from pdf_reading import cells, read, texts
from taskner.notices import parse_notice
from taskner.readers import document_from_text

LONG = (
    "全年新增规上企业30家以上，PM2.5平均浓度降到28微克/立方米以内，新建绿道25公里，"
    "完成山地果园改造7.5万亩，建成冷链仓库12座，果品产值增长8.5%左右。"
)
HEADING = "一、聚焦产业强县，加快提质增效"


def test_lines_are_joined_to_paragraphs_over_pages():
    drawing = pdf.canvas()
    y = pdf.paragraph(drawing, 100, HEADING)
    y = pdf.paragraph(drawing, y, "1." + LONG)
    y = pdf.paragraph(drawing, y, "责任单位：县发展改革局、县农业农村局")
    lines = pdf.wrap("　　2." + LONG, size=16, width=pdf.RIGHT - pdf.LEFT)
    pdf.put(drawing, pdf.LEFT, y, lines[0])
    drawing.showPage()
    for index, line in enumerate(lines[1:]):
        pdf.put(drawing, pdf.LEFT, 100 + 28 * index, line)
    document = read(drawing)
    assert texts(document) == [
        HEADING,
        "1." + LONG,
        "责任单位：县发展改革局、县农业农村局",
        "2." + LONG,
    ]
    assert [block.page for block in document.blocks] == [1, 1, 1, 1]
    assert document.source.media_type == "application/pdf"
    assert document.source.reader == "pdf"


def test_a_number_or_word_that_a_line_cuts_is_one_again():
    drawing = pdf.canvas()
    for index, line in enumerate(
        ("　　全县新增规上工业企业并完成入库统计的达到一百", "零五家，新增规上企", "业30家。")
    ):
        pdf.put(drawing, pdf.LEFT, 100 + 28 * index, line)
    pdf.put(drawing, pdf.LEFT, 200, "全年新建改建农村公路里程，合计完成投资金额共12", size=16)
    pdf.put(drawing, pdf.LEFT, 228, "00万元。")
    assert "1200万元" in read(drawing).text.replace("\n", "")


def test_digits_that_meet_at_a_loose_line_end_stay_apart():
    drawing = pdf.canvas()
    for y, text in ((100, "甲" * 28), (128, "甲" * 26 + "12"), (156, "1234567新建公园")):
        pdf.put(drawing, pdf.LEFT, y, text)
    # There was room for one more digit: 12 and 1234567 are two numbers.
    assert "12\n1234567" in read(drawing).text


def test_paragraphs_without_indent_begin_at_numbers_and_after_short_lines():
    drawing = pdf.canvas()
    given = ["1." + LONG, "2.新建小学2所。", "3." + LONG, "责任单位：县教育局"]
    y = 100
    for text in given:
        y = pdf.paragraph(drawing, y, text, indent=0)
    assert texts(read(drawing)) == given


def test_a_title_of_several_lines_is_one_title_below_the_letterhead():
    drawing = pdf.canvas()
    pdf.centre(drawing, 120, "云岭县人民政府文件", size=40)
    pdf.centre(drawing, 180, "云政发〔2026〕7号")
    drawing.setStrokeColorRGB(1, 0, 0)
    drawing.line(72, 640, 523, 640)
    pdf.centre(drawing, 260, "云岭县人民政府关于印发2026年", size=22)
    pdf.centre(drawing, 292, "重点任务责任分解的通知", size=22)
    pdf.paragraph(drawing, 350, "各乡镇人民政府，县政府各部门：", indent=0)
    pdf.paragraph(drawing, 378, LONG)
    document = read(drawing)
    assert texts(document, kind="title")[-1] == "云岭县人民政府关于印发2026年重点任务责任分解的通知"
    assert "云岭县人民政府文件" in texts(document)
    notice = parse_notice(document)
    assert notice.number == "云政发〔2026〕7号"
    assert notice.title == "云岭县人民政府关于印发2026年重点任务责任分解的通知"


def test_a_signature_on_the_right_stays_on_its_lines():
    drawing = pdf.canvas()
    y = pdf.paragraph(drawing, 100, LONG)
    for index, text in enumerate(("云岭县人民政府办公室", "2026年3月5日")):
        drawing.setFont(pdf.FONT, 16)
        drawing.drawRightString(pdf.RIGHT, pdf.HEIGHT - y - 28 * index, text)
    assert texts(read(drawing)) == [LONG, "云岭县人民政府办公室", "2026年3月5日"]


@pytest.mark.parametrize(
    "number",
    ["- {} -", "— {} —", "—{}—", "第{}页", "第{}页 共3页", "第 {} 页，共 3 页", "{}", "{}/3"],
)
def test_headers_and_page_numbers_are_dropped(number):
    drawing = pdf.canvas()
    for page in (1, 2, 3):
        pdf.centre(drawing, 45, "云岭县重点任务责任分解", size=10.5)
        pdf.paragraph(drawing, 100, f"{page}.新建公园{page}个，绿道{page + 10}公里。")
        pdf.centre(drawing, 805, number.format(page), size=10.5)
        drawing.showPage()
    assert texts(read(drawing)) == [
        f"{page}.新建公园{page}个，绿道{page + 10}公里。" for page in (1, 2, 3)
    ]


def test_a_unit_line_that_ends_two_pages_alike_is_no_footer():
    drawing = pdf.canvas()
    for page in (1, 2):
        for index in range(23):
            pdf.paragraph(drawing, 100 + 28 * index, f"{23 * page + index}.新建公园{index}个。")
        pdf.paragraph(drawing, 100 + 28 * 23, "责任单位：县住房城乡建设局")
        drawing.showPage()
    assert texts(read(drawing)).count("责任单位：县住房城乡建设局") == 2


def test_a_bare_number_of_the_text_is_kept():
    drawing = pdf.canvas()
    pdf.paragraph(drawing, 100, "新建公园个数：")
    pdf.centre(drawing, 400, "12")
    assert "12" in texts(read(drawing))


def test_two_columns_are_read_one_after_the_other():
    drawing = pdf.canvas()
    pdf.centre(drawing, 80, "云岭县二〇二六年重点任务", size=22)
    for column, left in enumerate((72, 312)):
        y = 120
        for item in range(4):
            number = 4 * column + item + 1
            text = f"{number}.新建改造山地果园、冷链仓库并延伸配套道路，确保产值增长{item + 2}%。"
            y = pdf.paragraph(drawing, y, text, size=12, step=18, left=left, right=left + 216)
    found = texts(read(drawing), kind="paragraph")
    assert [text.partition(".")[0] for text in found] == list("12345678")
    assert all(text.endswith("%。") for text in found)


def test_footnotes_do_not_cut_a_paragraph_and_are_kept():
    drawing = pdf.canvas()
    lines = pdf.wrap("　　" + LONG * 2, size=16, width=pdf.RIGHT - pdf.LEFT)
    for index, line in enumerate(lines[:4]):
        pdf.put(drawing, pdf.LEFT, 640 + 28 * index, line)
    pdf.put(drawing, pdf.LEFT, 770, "①规上企业指年主营业务收入二千万元以上的企业。", size=9)
    drawing.showPage()
    for index, line in enumerate(lines[4:]):
        pdf.put(drawing, pdf.LEFT, 100 + 28 * index, line)
    document = read(drawing)
    assert texts(document) == [LONG * 2, "①规上企业指年主营业务收入二千万元以上的企业。"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_is_read_upright(turn):
    drawing = pdf.canvas()
    y = pdf.paragraph(drawing, 100, "1." + LONG)
    y = pdf.table(drawing, y, [50, 250], [["序号", "工作任务"], ["1", "新建公园3个"]])
    straight = pdf.data(drawing)
    drawing = pdf.canvas(
        width=pdf.HEIGHT if turn % 180 else pdf.WIDTH,
        height=pdf.WIDTH if turn % 180 else pdf.HEIGHT,
    )
    drawing.setPageRotation(turn)
    moves = {90: (842, 0, 90), 180: (595, 842, 180), 270: (0, 595, 270)}
    x, y, angle = moves[turn]
    drawing.translate(x, y)
    drawing.rotate(angle)
    drawing._pagesize = (pdf.WIDTH, pdf.HEIGHT)
    y = pdf.paragraph(drawing, 100, "1." + LONG)
    pdf.table(drawing, y, [50, 250], [["序号", "工作任务"], ["1", "新建公园3个"]])
    turned, expected = read(drawing), read(straight)
    assert turned.text == expected.text
    assert cells(turned) == cells(expected)


def test_columns_of_vertical_writing_are_read_from_right_to_left():
    drawing = pdf.canvas()
    columns = ["全县新建公园三十个并且建成绿道", "二十五公里。"]
    for column, text in enumerate(columns):
        for row, character in enumerate(text):
            pdf.put(drawing, 480 - 30 * column, 120 + 20 * row, character)
    assert read(drawing).text.replace("\n", "") == "".join(columns)


def test_a_watermark_across_the_page_is_no_text():
    drawing = pdf.canvas()
    pdf.paragraph(drawing, 100, LONG)
    drawing.saveState()
    drawing.rotate(45)
    drawing.setFont(pdf.FONT, 60)
    drawing.drawString(300, 100, "内部资料")
    drawing.restoreState()
    assert texts(read(drawing)) == [LONG]


def test_text_in_the_margin_stands_aside():
    drawing = pdf.canvas()
    y = pdf.paragraph(drawing, 300, "1." + LONG)
    pdf.paragraph(drawing, y, "2." + LONG)
    drawing.saveState()
    drawing.rotate(90)
    pdf.put(drawing, 440, drawing._pagesize[1] + 40, "装订线内不要书写", size=10)
    drawing.restoreState()
    assert texts(read(drawing)) == ["1." + LONG, "2." + LONG, "装订线内不要书写"]


def test_an_outline_notice_gives_the_tasks_of_its_plain_text():
    drawing = pdf.canvas()
    lines = [
        "云岭县人民政府办公室关于印发2026年重点任务责任分解的通知",
        HEADING,
        "1." + LONG,
        "牵头单位：县经济信息局",
        "责任单位：县发展改革局、县农业农村局、县生态环境局、各乡镇（街道）",
        "2.完成固定资产投资52.5亿元，引进亿元以上项目16个，6月底前开工8个。",
        "牵头单位：县发展改革局",
        "责任单位：县商务局",
    ]
    pdf.centre(drawing, 90, lines[0][:14], size=22)
    pdf.centre(drawing, 122, lines[0][14:], size=22)
    y = 180
    for line in lines[1:]:
        y = pdf.paragraph(drawing, y, line)
    from_pdf = parse_notice(read(drawing))
    from_text = parse_notice(document_from_text("\n".join(lines)))
    assert len(from_text.tasks) == 2
    assert [
        (task.number, task.text, [(unit.name, unit.role) for unit in task.units])
        for task in from_pdf.tasks
    ] == [
        (task.number, task.text, [(unit.name, unit.role) for unit in task.units])
        for task in from_text.tasks
    ]


def test_short_lines_of_a_page_that_holds_few_are_not_run_together():
    drawing = pdf.canvas()
    given = ["附件1：重点任务责任分解表", "附件2：重点项目责任分解表"]
    pdf.paragraph(drawing, 100, "现将任务分解印发给你们。")
    for page, text in enumerate(given):
        y = pdf.paragraph(drawing, 140, text, indent=0)
        pdf.table(drawing, y, [50, 150], [["序号", "工作任务"], [str(page + 1), "新建公园3个"]])
        drawing.showPage()
    assert texts(read(drawing), kind="paragraph") == ["现将任务分解印发给你们。", *given]


def test_units_one_a_line_of_one_length_are_not_run_together():
    drawing = pdf.canvas()
    given = [f"县{name}局" for name in ("教育", "水利", "商务", "统计", "审计", "财政")]
    for index, text in enumerate(given):
        pdf.put(drawing, pdf.LEFT, 100 + 28 * index, text)
    assert texts(read(drawing)) == given
