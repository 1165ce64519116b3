"""What cells of a ledger mean, in words for the person who opens the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from taskner.exporters.glosses import FLAGS, YES
from taskner.exporters.options import Language
from taskner.exporters.table import COLUMNS
from taskner.types import REVIEW_FLAGS

TITLES: Mapping[Language, tuple[str, str, str]] = {
    "zh": ("列或标记", "需复核", "含义"),
    "en": ("Column or flag", "Review", "Meaning"),
}
_COLUMNS: Mapping[str, Mapping[Language, str]] = {
    "value": {
        "zh": "换算后的数字，单位见“计量单位”；读不出的空着，不猜",
        "en": "the number, multiplied out, in the unit of Measure; empty rather than guessed",
    },
    "basis": {
        "zh": "水平：达到多少；增长、下降：变化多少",
        "en": "level: what is reached; rise, fall: by how much it changes",
    },
    "due": {
        "zh": "时限折合的最后一天；“日期为默认”写“是”的，原文没写时限，按附件所属年份或规划期末填",
        "en": "the last day the deadline means; if assumed, none is printed and its period ends",
    },
    "score": {
        "zh": "模型经过校准时，为本行全部正确的概率；否则为各项得分中最低的一个",
        "en": "the probability that the row is right where the model is calibrated, else the "
        "weakest score behind it",
    },
    "place": {
        "zh": "表号和行号，或在全文中的字符位置（全文用 taskner read 文件 打印）",
        "en": "table and row, or characters of the text that taskner read FILE prints",
    },
}
_FLAGS: Mapping[str, Mapping[Language, str]] = {
    "low_score": {
        "zh": "模型对目标或指标拿不准：对照原文看数字和指标名是否取全",
        "en": "the classifier was undecided about the target or its metric",
    },
    "link_tied": {
        "zh": "还有别的指标同样说得通，或只能凭计量单位推断：看这个数究竟说的是哪一项",
        "en": "another metric fits nearly as well, or only the measure points to this one",
    },
    "value_unparsed": {
        "zh": "找到了目标，但没能读出数字，或看不出数字属于哪一栏：手工填写目标值",
        "en": "no number was read, or not for which column: type it",
    },
    "role_unknown": {
        "zh": "区分牵头单位的标记已经丢失，或正文提到单位却没说主次：查原件",
        "en": "the mark that shows who leads was lost, or a unit is named without its role",
    },
    "role_assumed": {
        "zh": "通知没有说明谁牵头，暂按排在第一位的单位牵头：向发文单位确认",
        "en": "the notice does not say who leads: the first unit was taken to lead",
    },
    "unit_disputed": {
        "zh": "模型与分隔符对单位的切分不一致，按分隔符填写：看单位有没有拆错、并错",
        "en": "classifier and separators cut the units differently; the separators' cut is shown",
    },
    "no_unit": {"zh": "原文没有写责任单位", "en": "no unit is printed"},
    "no_deadline": {"zh": "原文没有写时限", "en": "no deadline is printed"},
    "unit_inherited": {
        "zh": "单位来自合并单元格或上级标题",
        "en": "the unit comes from a merged cell or a heading",
    },
}


def legend_rows(language: Language) -> Iterator[tuple[str, str, str]]:
    """Give a row for each column that needs words, and for each flag that a row can bear."""
    for key, meaning in _COLUMNS.items():
        yield COLUMNS[key].title(language), "", meaning[language]
    for flag, meaning in _FLAGS.items():
        asks = YES[language] if flag in REVIEW_FLAGS else ""
        yield FLAGS[flag][language], asks, meaning[language]
