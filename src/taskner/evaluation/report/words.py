"""Words of a report in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from taskner.evaluation.report.evidence import Language

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Evaluation of {model}", "评测报告：{model}"),
    "facts": ("How this was made", "如何得出"),
    "scores": ("Scores", "总分"),
    "measure": ("measure", "指标项"),
    "precision": ("precision", "准确率"),
    "recall": ("recall", "召回率"),
    "f1": ("F1", "F1"),
    "interval": ("95 % interval", "95% 区间"),
    "gold": ("gold", "标准数"),
    "predicted": ("predicted", "预测数"),
    "true": ("true", "正确数"),
    "documents": ("By document (F1)", "分文件 F1"),
    "document": ("document", "文件"),
    "slices": ("By kind (F1)", "分类 F1"),
    "slice": ("slice", "类别"),
    "layout": ("layout", "版式"),
    "metrics per task": ("metrics per task", "每项任务的指标数"),
    "length of span": ("length of span (characters)", "片段长度（字）"),
    "seen in training": ("text seen in training", "训练中是否见过"),
    "compared": ("Compared with {other}", "与 {other} 比较"),
    "difference": ("F1 difference", "F1 之差"),
    "p": ("p", "p 值"),
    "doubt": ("How far the confidences can be trusted", "置信度是否可信"),
    "of": ("confidence of", "置信度对象"),
    "size": ("judged", "个数"),
    "error": ("expected calibration error", "期望校准误差"),
    "curve": ("Rows kept by least confidence", "按最低置信度保留的行"),
    "confidence": ("least confidence", "最低置信度"),
    "kept": ("share of rows kept", "保留行占比"),
    "share_right": ("share right", "正确占比"),
    "mistakes": ("Mistakes", "差错"),
    "kinds": ("Most frequent kinds", "差错类型（由多到少）"),
    "stage": ("stage", "环节"),
    "kind": ("kind", "类型"),
    "parts": ("what differs", "差异所在"),
    "count": ("rows", "行数"),
    "place": ("place", "位置"),
    "all": ("all", "合计"),
    "all_kinds": ("all kinds", "全部类型"),
    "gallery": ("Row by row, gold beside prediction", "逐行对照：标准与预测"),
    "none": ("(nothing)", "（无）"),
    "hidden": (
        "The text of this document is not shown; numbers are offsets in characters.",
        "此文件不显示原文；数字为字符位置。",
    ),
    "absent": (
        "A dash: gold has none of it, so it was not tested.",
        "短横表示标准中没有此项，未作检验。",
    ),
    "target": ("target", "目标值"),
    "metrics": ("metric", "指标"),
    "deadlines": ("deadline", "时限"),
    "units": ("units", "责任单位"),
    "quantity": ("value", "数值"),
    "task": ("task", "任务"),
    "shown": ("shown: {n} of {all}", "显示 {n} / {all}"),
    "sort_hint": ("Click a column's title to sort.", "点击列名可排序。"),
    "plot_reliability": (
        "Stated confidence against share right; on the diagonal both agree.",
        "横轴为所报置信度，纵轴为正确占比；落在对角线上表示一致。",
    ),
    "plot_curve": (
        "Share of rows kept against share of them that is right.",
        "横轴为保留行占比，纵轴为其中正确占比。",
    ),
}


def word(name: str, language: Language, **facts: object) -> str:
    """Give a word or phrase; a name without one is given as it is."""
    if name not in _WORDS:
        return name
    english, chinese = _WORDS[name]
    return (english if language == "en" else chinese).format(**facts)
