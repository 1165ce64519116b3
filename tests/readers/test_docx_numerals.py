import pytest

from taskner.readers.docx_numerals import printed

ROWS = """
decimal                       1  20  101  =  1  20  101
decimalZero                   1  10  100  =  01  10  100
decimalFullWidth              1  10  205  =  １  １０  ２０５
decimalHalfWidth              7  =  7
decimalEnclosedCircle         1  10  20  21  =  ①  ⑩  ⑳  21
decimalEnclosedCircleChinese  3  11  =  ③  ⑪
decimalEnclosedFullstop       1  20  21  =  ⒈  ⒛  21
decimalEnclosedParen          2  =  ⑵
ideographEnclosedCircle       1  10  11  =  ㈠  ㈩  11
ideographTraditional          1  10  11  =  甲  癸  11
ideographZodiac               1  12  13  =  子  亥  13
ideographDigital              1  10  11  20  105  =  一  一〇  一一  二〇  一〇五
chineseCounting               1  10  11  20  21  99  =  一  十  十一  二十  二十一  九十九
chineseCounting               100  111  =  一〇〇  一一一
taiwaneseCounting             9  10  19  30  =  九  十  十九  三十
chineseCountingThousand       10  15  40  100  101  =  十  十五  四十  一百  一百零一
chineseCountingThousand       110  115  1000  1001  =  一百一十  一百一十五  一千  一千零一
chineseCountingThousand       1010  1100  9999  =  一千零一十  一千一百  九千九百九十九
chineseCountingThousand       10000  =  10000
taiwaneseCountingThousand     12  120  =  十二  一百二十
japaneseCounting              1  10  12  20  100  111  1000  =  一  十  十二  二十  百  百十一  千
chineseLegalSimplified        1  10  11  20  101  =  壹  壹拾  壹拾壹  贰拾  壹佰零壹
ideographLegalTraditional     2  10  =  貳  壹拾
upperRoman                    1  4  9  14  1990  =  I  IV  IX  XIV  MCMXC
lowerRoman                    8  =  viii
upperLetter                   1  26  27  53  =  A  Z  AA  AAA
lowerLetter                   3  28  781  =  c  bb  781
ordinal                       1  2  3  4  11  12  13  =  1st  2nd  3rd  4th  11th  12th  13th
ordinal                       21  101  111  =  21st  101st  111th
hex                           10  255  =  A  FF
numberInDash                  3  =  -_3_-
chicago                       1  4  5  =  *  §  **
0                             1  10  100  =  01  10  100
00                            1  10  100  =  001  010  100
cardinalText                  3  =  3
no-such-format                3  =  3
decimal                       0  -2  =  0  -2
decimalZero                   0  =  00
chineseCounting               0  =  0
"""
CASES = [
    (form, int(number), text.replace("_", " "))
    for line in ROWS.strip().splitlines()
    for form, *numbers in [line.partition("=")[0].split()]
    for number, text in zip(numbers, line.partition("=")[2].split(), strict=True)
]


@pytest.mark.parametrize(("form", "number", "text"), CASES)
def test_a_number_is_written_as_word_prints_it(form, number, text):
    assert printed(number, form) == text


@pytest.mark.parametrize("form", sorted({form for form, *_ in CASES}))
def test_no_number_is_long_in_any_format(form):
    assert all(len(printed(10**n + 7, form)) <= 33 for n in range(10))


def test_a_level_without_number_prints_none():
    assert printed(5, "none") == ""
