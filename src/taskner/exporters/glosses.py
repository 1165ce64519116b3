"""Words a ledger uses for the closed sets of values."""

from __future__ import annotations

from collections.abc import Mapping

from taskner.exporters.options import Language

COMPARATORS: Mapping[str, Mapping[Language, str]] = {
    "=": {"zh": "达到", "en": "equal to"},
    ">=": {"zh": "不低于", "en": "at least"},
    ">": {"zh": "超过", "en": "more than"},
    "<=": {"zh": "不超过", "en": "at most"},
    "<": {"zh": "低于", "en": "less than"},
    "~": {"zh": "左右", "en": "about"},
    "range": {"zh": "区间", "en": "range"},
}
BASES: Mapping[str, Mapping[Language, str]] = {
    "level": {"zh": "水平", "en": "level"},
    "rise": {"zh": "增长", "en": "rise"},
    "fall": {"zh": "下降", "en": "fall"},
}
AIMS: Mapping[str, Mapping[Language, str]] = {
    "plain": {"zh": "", "en": ""},
    "ensure": {"zh": "确保", "en": "ensure"},
    "strive": {"zh": "力争", "en": "strive"},
}
FLAGS: Mapping[str, Mapping[Language, str]] = {
    "low_score": {"zh": "置信度低", "en": "low score"},
    "link_tied": {"zh": "关联不唯一", "en": "link tied"},
    "value_unparsed": {"zh": "数值未解析", "en": "value not parsed"},
    "role_unknown": {"zh": "牵头标记缺失", "en": "role unknown"},
    "role_assumed": {"zh": "牵头为推定", "en": "role assumed"},
    "unit_disputed": {"zh": "单位切分存疑", "en": "unit disputed"},
    "no_unit": {"zh": "无责任单位", "en": "no unit"},
    "no_deadline": {"zh": "无时限", "en": "no deadline"},
    "unit_inherited": {"zh": "单位承上", "en": "unit inherited"},
    "no_task": {"zh": "未发现任务", "en": "no task"},
    "set_aside": {"zh": "有文字未纳入", "en": "text set aside"},
    "repaired": {"zh": "文字已修复", "en": "text repaired"},
}
ASSUMED: Mapping[Language, str] = {"zh": "(默认)", "en": " (assumed)"}
YES: Mapping[Language, str] = {"zh": "是", "en": "yes"}


def flag_glosses(flags: tuple[str, ...], language: Language) -> str:
    """Name flags for a reader; a flag without a gloss keeps its own name."""
    names = [FLAGS[flag][language] if flag in FLAGS else flag for flag in flags]
    return ("；" if language == "zh" else "; ").join(names)
