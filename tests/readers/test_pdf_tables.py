import pdf_making as pdf
from pdf_reading import cells, numbered, read, texts
from taskner.notices import parse_notice
from taskner.readers import read_bytes

WIDTHS = [40, 230, 100, 80]
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]


def _row(number, *, more=0):
    task = f"新建标准化果园{number + 3}个，改造灌渠{number}.5公里，果品产值增长{number + 1}%。"
    return [
        str(number),
        task + "完善从田头到园区的分拣线路，对照年度节点逐季盘点。" * more,
        ["县农业农村局", "县水利局、县财政局", "县经济信息局\n县商务局"][number % 3],
        "12月底前",
    ]


def _titles(*texts):
    """The cells of a first row; see ``pdf.merged_table``."""
    return [(0, column, 1, 1, text) for column, text in enumerate(texts)]


def _group(top, name, *rows):
    """A cell over several rows, the first of which is ``top``, and their cells to its right."""
    cells = [(top, 0, len(rows), 1, name)]
    for row, line in enumerate(rows, start=top):
        cells += [(row, column, 1, 1, text) for column, text in enumerate(line, start=1)]
    return cells


def _counted_from_one(cells):
    return [(row + 1, column + 1, *rest) for row, column, *rest in cells]


def _units(notice):
    return [
        (task.number, task.text, [(unit.name, unit.role) for unit in task.units])
        for task in notice.tasks
    ]


def _html(rows):
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    table = "".join(f"<tr>{line}</tr>" for line in lines).replace("\n", "<br>")
    return read_bytes(f"<h1>责任分解表</h1><table>{table}</table>".encode(), name="a.html")


def _pages(pages, *, draw=pdf.table):
    """Print one table a page, all with the same columns."""
    drawing = pdf.canvas()
    for rows in pages:
        draw(drawing, 80, WIDTHS, rows)
        pdf.centre(drawing, 800, f"— {drawing.getPageNumber()} —", size=10.5)
        drawing.showPage()
    return drawing


def test_a_ruled_table_is_cells_with_places():
    rows = [HEAD, _row(1), _row(2), _row(3, more=2)]
    drawing = pdf.canvas()
    y = pdf.paragraph(drawing, 80, "附件：重点任务责任分解表", indent=0)
    y = pdf.table(drawing, y, WIDTHS, rows)
    pdf.paragraph(drawing, y + 30, "以上任务请抓紧落实。")
    document = read(drawing)
    assert cells(document) == numbered(rows)
    assert {block.page for block in document.blocks} == {1}
    paragraphs = texts(document, kind="paragraph")
    assert paragraphs == ["附件：重点任务责任分解表", "以上任务请抓紧落实。"]


def test_merged_cells_keep_their_spans():
    drawing = pdf.canvas()
    given = [
        (0, 0, 2, 1, "序号"),
        (0, 1, 2, 1, "工作任务"),
        (0, 2, 1, 2, "责任分工"),
        (1, 2, 1, 1, "牵头单位"),
        (1, 3, 1, 1, "配合单位"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "新建小学2所"),
        (2, 2, 2, 1, "县教育局"),
        (2, 3, 1, 1, "县财政局"),
        (3, 0, 1, 1, "2"),
        (3, 1, 1, 1, "新增学位900个"),
        (3, 3, 1, 1, "县自然资源局"),
    ]
    pdf.merged_table(drawing, 100, [40, 180, 100, 100], [30, 30, 40, 40], given)
    document = read(drawing)
    assert cells(document, spans=True) == _counted_from_one(given)
    assert _units(parse_notice(document)) == [
        ("1", "新建小学2所", [("县教育局", "lead"), ("县财政局", "support")]),
        ("2", "新增学位900个", [("县教育局", "lead"), ("县自然资源局", "support")]),
    ]


def test_a_table_over_pages_is_one_and_its_repeated_header_goes():
    rows = [_row(number) for number in range(1, 10)]
    drawing = _pages([[HEAD, *rows[:3]], [HEAD, *rows[3:6]], [HEAD, *rows[6:]]])
    document = read(drawing)
    assert cells(document) == numbered([HEAD, *rows])
    assert {block.table for block in document.blocks} == {1}
    pages = {block.row: block.page for block in document.blocks}
    assert [pages[row] for row in (1, 4, 5, 8, 10)] == [1, 1, 2, 3, 3]
    assert _units(parse_notice(document)) == _units(parse_notice(_html([HEAD, *rows])))


def test_a_table_over_pages_without_a_repeated_header_is_one():
    rows = [_row(number) for number in range(1, 7)]
    document = read(_pages([[HEAD, *rows[:3]], rows[3:]]))
    assert cells(document) == numbered([HEAD, *rows])


def test_another_header_begins_another_table():
    drawing = pdf.canvas()
    pdf.table(drawing, 80, WIDTHS, [HEAD, _row(1)])
    drawing.showPage()
    pdf.table(drawing, 80, [100, 100, 250], [["项目", "金额", "单位"], ["公园", "3万元", "城管局"]])
    document = read(drawing)
    assert [block.table for block in document.blocks] == [1] * 8 + [2] * 6


def test_a_row_cut_by_the_page_is_one_row():
    rows = [HEAD, *(_row(number, more=number % 2) for number in range(1, 5))]
    first = ["4", "新建标准化果园7个，改造灌渠45公里，", "县水利局、县财", "12月底前"]
    rest = ["", "果品产值增长5%。", "政局", ""]
    rows[4] = [first[0], first[1] + rest[1], first[2] + rest[2], first[3]]
    document = read(_pages([[*rows[:4], first], [HEAD, rest, _row(5)]]))
    assert cells(document) == numbered([*rows, _row(5)])


def test_a_row_cut_between_its_names_is_one_row():
    first = ["3", "新建小学2所。", "县教育局", "6月底前"]
    rest = ["", "", "县财政局", ""]
    document = read(_pages([[HEAD, _row(1), _row(2), first], [rest, _row(4)]]))
    assert cells(document) == numbered(
        [HEAD, _row(1), _row(2), [*first[:2], "县教育局\n县财政局", first[3]], _row(4)]
    )


def test_a_new_row_of_a_merged_group_is_not_joined_to_the_one_above():
    drawing = pdf.canvas()
    widths, page = [60, 200, 120], [30, 30, 30]
    head = _titles("类别", "工作任务", "责任单位")
    one = (("新建小学2所", "县教育局"), ("新建公园3个", "县住建局"))
    two = (("新增床位90张", "县卫健局"), ("培训农民工2万人次", "县人社局"))
    for name, rows in (("民生事业", one), ("", two)):
        pdf.merged_table(drawing, 80, widths, page, head + _group(1, name, *rows))
        drawing.showPage()
    document = read(drawing)
    whole = head + _group(1, "民生事业", *one, *two)
    assert cells(document, spans=True) == _counted_from_one(whole)


def test_names_that_fill_their_lines_stay_apart_and_broken_ones_are_joined():
    rows = [
        HEAD,
        ["1", "新建小学2所。", "县农业农村局县人力资源\n县教育局", "全年"],
    ]
    drawing = pdf.canvas()
    cases = {
        "县人社局\n县水利局": "县人社局\n县水利局",
        "县住建\n局": "县住建局",
        "县水利\n局、县\n财政局": "县水利局、县财政局",
    }
    for index, text in enumerate(cases, start=1):
        rows.append([str(index + 1), "新建公园3个。", text, "全年"])
    y = 80
    widths = [40, 230, 12 * 4 + 11, 80]
    y = pdf.table(drawing, y, widths, [HEAD, rows[2]])
    y = pdf.table(drawing, y + 30, [40, 230, 12 * 3 + 11, 80], rows[3:])
    found = [text for _, column, text in cells(read(drawing)) if column == 3]
    assert found[1:] == list(cases.values())


def test_borders_may_be_thin_boxes_and_dashes():
    rows = [HEAD, _row(1), _row(2)]

    drawing = pdf.canvas()
    drawing.setDash(3, 2)
    expected = cells(read(_pages([rows])))
    pdf.table(drawing, 80, WIDTHS, rows)
    assert cells(read(drawing)) == expected
    drawing = pdf.canvas()
    top, left = pdf.HEIGHT - 100, 72
    for index in range(3):
        drawing.rect(left, top - 30 * index - 0.5, 200, 0.5, stroke=0, fill=1)
    for x in (0, 60, 200):
        drawing.rect(left + x, top - 60, 0.5, 60, stroke=0, fill=1)
    for index, (one, two) in enumerate((("序号", "任务"), ("1", "新建公园3个"))):
        pdf.put(drawing, left + 5, 120 + 30 * index, one, size=12)
        pdf.put(drawing, left + 65, 120 + 30 * index, two, size=12)
    assert cells(read(drawing)) == numbered([["序号", "任务"], ["1", "新建公园3个"]])


def test_a_table_open_at_its_sides_keeps_its_outer_columns():
    drawing = pdf.canvas()
    for index in range(3):
        drawing.line(72, 742 - 30 * index, 472, 742 - 30 * index)
    for x in (130, 350):
        drawing.line(x, 742, x, 682)
    rows = [["序号", "工作任务", "责任单位"], ["1", "新建公园3个", "县住建局"]]
    for row, line in enumerate(rows):
        for x, text in zip((80, 140, 360), line, strict=True):
            pdf.put(drawing, x, 120 + 30 * row, text, size=12)
    assert cells(read(drawing)) == numbered(rows)


def test_a_frame_around_text_is_no_table():
    drawing = pdf.canvas()
    drawing.rect(60, 600, 480, 200)
    pdf.paragraph(drawing, 80, "一、新建公园3个。")
    pdf.paragraph(drawing, 110, "二、新建小学2所。")
    document = read(drawing)
    assert texts(document, kind="paragraph") == ["一、新建公园3个。", "二、新建小学2所。"]


def test_turned_text_of_a_cell_is_read_along_its_direction():
    drawing = pdf.canvas()
    drawing.rect(72, 600, 40, 120)
    drawing.rect(112, 600, 200, 120)
    drawing.saveState()
    drawing.translate(98, 620)
    drawing.rotate(90)
    drawing.setFont(pdf.FONT, 14)
    drawing.drawString(0, 0, "城乡建设")
    drawing.restoreState()
    pdf.put(drawing, 120, 180, "新建公园3个", size=14)
    assert cells(read(drawing)) == [(1, 1, "城乡建设"), (1, 2, "新建公园3个")]


def test_aligned_columns_are_cells_where_rows_are_clear():
    rows = [HEAD[:3], *([str(n), f"新建公园{n}个", f"县{n}局"] for n in range(1, 5))]
    drawing = pdf.canvas()
    pdf.paragraph(drawing, 60, "一、新建公园任务分解如下，请各单位抓紧落实并按季度报送进展情况。")
    for row, line in enumerate(rows):
        for x, text in zip((72, 140, 400), line, strict=True):
            pdf.put(drawing, x, 130 + 30 * row, text, size=12)
    document = read(drawing)
    assert cells(document) == numbered(rows)


def test_aligned_columns_with_broken_lines_are_cells_by_their_numbers():
    drawing = pdf.canvas()
    for x, text in zip((72, 140, 400), HEAD[:3], strict=True):
        pdf.put(drawing, x, 100, text, size=12)
    y = 130
    for number in (1, 2, 3):
        pdf.put(drawing, 72, y, str(number), size=12)
        pdf.put(drawing, 140, y, "新建标准化果园并改造配套的灌渠和冷", size=12)
        pdf.put(drawing, 140, y + 18, f"链仓库{number}座。", size=12)
        pdf.put(drawing, 400, y, "县农业农村局", size=12)
        y += 36
    document = read(drawing)
    assert cells(document) == numbered(
        [
            HEAD[:3],
            *(
                [str(n), f"新建标准化果园并改造配套的灌渠和冷链仓库{n}座。", "县农业农村局"]
                for n in (1, 2, 3)
            ),
        ]
    )


def test_no_text_is_lost_or_made_whatever_the_table():
    """All that is printed comes back once, in cells or in lines."""
    drawing = pdf.canvas()
    rows = [HEAD, *(_row(number, more=number % 3) for number in range(1, 8))]
    pdf.table(drawing, 60, WIDTHS, rows)
    for x in (90, 200, 333):
        drawing.line(x, 100, x + 30, 400)
        drawing.line(x, 300, x + 80, 300)
    printed = "".join("".join(row) for row in rows)
    assert sorted("".join(read(drawing).text.split())) == sorted("".join(printed.split()))


def test_a_cut_row_without_numbers_is_joined_where_a_column_is_never_empty():
    widths, head = [230, 110, 80], ["工作任务", "责任单位", "完成时限"]
    whole = ["新建小学2所，新增学位900个。", "县教育局\n县财政局", "12月底前"]
    first = ["新建标准化果园7个，改造灌渠45公里，", "县水利局", "12月底前"]
    rest = ["果品产值增长5%。", "县财政局\n白沙镇", ""]
    drawing = pdf.canvas()
    for rows in ([head, whole, first], [head, rest, whole]):
        pdf.table(drawing, 80, widths, rows)
        drawing.showPage()
    joined = [first[0] + rest[0], "县水利局\n县财政局\n白沙镇", "12月底前"]
    assert cells(read(drawing)) == numbered([head, whole, joined, whole])


def test_two_whole_rows_without_numbers_stay_two():
    widths, head = [230, 110, 80], ["工作任务", "责任单位", "完成时限"]
    one = ["新建标准化果园7个，改造灌渠45公里，", "县水利局", "12月底前"]
    two = ["新增学位900个。", "县教育局", "6月底前"]
    drawing = pdf.canvas()
    for rows in ([head, two, one], [head, two, two]):
        pdf.table(drawing, 80, widths, rows)
        drawing.showPage()
    assert cells(read(drawing)) == numbered([head, two, one, two, two])


def test_a_merged_cell_that_a_spreadsheet_prints_on_both_pages_is_read_once():
    drawing = pdf.canvas()
    widths, heights = [80, 200, 120], [30, 30, 30]
    head = _titles("牵头单位", "工作任务", "责任单位")
    first = _group(1, "县教育局", ("新建小学2所", "县财政局"), ("新增学位900个", "白沙镇"))
    second = _group(0, "", ("改造操场3处", "县住建局"), ("培训教师400人次", "县人社局"))
    pdf.merged_table(drawing, 80, widths, heights, head + first)
    drawing.showPage()
    pdf.put(drawing, 80, 60, "县教育局", size=12)  # in the middle of the whole cell
    pdf.merged_table(drawing, 80, widths, heights[1:], second)
    document = read(drawing)
    leads = [cell for cell in cells(document, spans=True) if cell[1] == 1]
    assert leads == [(1, 1, 1, 1, "牵头单位"), (2, 1, 4, 1, "县教育局")]
    assert texts(document, kind="paragraph") == []


def test_a_deadline_repeated_on_the_next_page_is_no_echo():
    rows = [HEAD, _row(1), _row(2), _row(3), _row(4)]
    rows[4][3] = ""
    document = read(_pages([rows[:3], [HEAD, *rows[3:]]]))
    assert cells(document) == numbered(rows)


def test_a_row_that_equals_one_of_the_first_page_is_no_header():
    widths, head = [230, 110, 80], ["工作任务", "责任单位", "完成时限"]
    row, other = ["新增学位900个。", "县教育局", "6月底前"], ["新建公园3个。", "县住建局", "全年"]
    for second in ([head, row, other], [row, other]):
        drawing = pdf.canvas()
        for rows in ([head, row, other], second):
            pdf.table(drawing, 80, widths, rows)
            drawing.showPage()
        assert cells(read(drawing)) == numbered([head, row, other, row, other])


def test_a_repeated_header_of_two_rows_goes_with_its_title_or_without():
    drawing = pdf.canvas()
    widths, heights = [40, 180, 100, 100], [30, 30, 30, 40]
    title = [(0, 0, 1, 4, "重点任务责任分解表")]
    head = [
        (1, 0, 2, 1, "序号"),
        (1, 1, 2, 1, "工作任务"),
        (1, 2, 1, 2, "责任分工"),
        (2, 2, 1, 1, "牵头单位"),
        (2, 3, 1, 1, "配合单位"),
    ]
    for page, is_titled in ((1, True), (2, True), (3, False)):
        row = [
            (3, 0, 1, 1, str(page)),
            (3, 1, 1, 1, f"新建小学{page}所"),
            (3, 2, 1, 1, "县教育局"),
            (3, 3, 1, 1, "县财政局"),
        ]
        given = [*title, *head, *row] if is_titled else [*head, *row]
        shift = 0 if is_titled else 1
        moved = [(cell[0] - shift, *cell[1:]) for cell in given]
        pdf.merged_table(drawing, 80, widths, heights[shift:], moved)
        drawing.showPage()
    found = cells(read(drawing))
    assert [text for _, _, text in found].count("牵头单位") == 1
    assert [text for _, column, text in found if column == 1][-3:] == ["1", "2", "3"]
    assert {row for row, _, _ in found} == {1, 2, 3, 4, 5, 6}
