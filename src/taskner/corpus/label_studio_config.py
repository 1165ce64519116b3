"""The labelling configuration of a Label Studio project for our marks."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from taskner.corpus.annotated import CHANGES, LINK_ENDS, ROLES
from taskner.types import LABELS

LABEL, ROLE, CHANGE, TEXT = "label", "role", "change", "text"
"""Names of the controls, which results repeat as ``from_name`` and ``to_name``."""

_HINTS = {
    "UNIT": "责任单位",
    "METRIC": "指标",
    "TARGET": "目标值",
    "DEADLINE": "完成时限",
    "lead": "牵头",
    "co": "配合",
    "level": "达到的水平或数量",
    "up": "增长的幅度",
    "down": "下降的幅度",
}
# Dark enough to be told apart, light enough to read black on.
_COLOURS = {"UNIT": "#7fb3d5", "METRIC": "#82c99d", "TARGET": "#f0b27a", "DEADLINE": "#c39bd3"}
_HOTKEYS = {"UNIT": "1", "METRIC": "2", "TARGET": "3", "DEADLINE": "4"}


def label_studio_config() -> str:
    """Give the configuration: paste it under Settings, Labeling Interface, Code."""
    view = ET.Element("View")
    relations = ET.SubElement(view, "Relations")
    for kind in LINK_ENDS:
        ET.SubElement(relations, "Relation", value=kind)
    labels = ET.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for label in LABELS:
        ET.SubElement(
            labels,
            "Label",
            value=label,
            hint=_HINTS[label],
            background=_COLOURS[label],
            hotkey=_HOTKEYS[label],
        )
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    _add_choices(view, ROLE, "UNIT", ROLES)
    _add_choices(view, CHANGE, "TARGET", CHANGES)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add_choices(view: ET.Element, name: str, label: str, values: Iterable[str]) -> None:
    """Add a question that is asked of each region of a label."""
    choices = ET.SubElement(
        view,
        "Choices",
        name=name,
        toName=TEXT,
        perRegion="true",
        choice="single-radio",
        whenTagName=LABEL,
        whenLabelValue=label,
    )
    for value in values:
        ET.SubElement(choices, "Choice", value=value, hint=_HINTS[value])
