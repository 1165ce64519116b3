from taskner.readers.encoding import decode


def test_utf8_with_a_cut_end_or_one_bad_byte_is_still_text():
    data = ("新建农村公路36公里，由县交通运输局牵头，各乡镇配合。\n" * 30).encode()
    assert "县交通运输局" in decode(data[:-2], path="x")
    assert "县交通运输局" in decode(data[:300] + b"\xff" + data[300:], path="x")
