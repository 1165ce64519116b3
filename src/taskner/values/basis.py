"""Basis and aim: what the words before a number make of it."""

from __future__ import annotations

import re
from typing import Any

from taskner.folding import fold
from taskner.types import Aim, Basis, Quantity
from taskner.values.comparators import BEFORE_PATTERN
from taskner.values.lexicon import any_of, read_list
from taskner.values.measures import SETS, read_measure
from taskner.values.quantities import parse_quantity

_WORDS = read_list("basis")
_LISTS: dict[str, list[str]] = _WORDS["words"]
_CONTEXT = 60
_NOUN_LENGTH = range(2, 25)

_Verbs = dict[str, tuple[Basis, bool]]
"""A verb of change, the basis it gives and whether it gives it to counts of things."""


def _read_verbs(table: dict[str, Any]) -> _Verbs:
    bases: tuple[Basis, ...] = ("rise", "fall")
    return {
        word: (basis, strength == "strong")
        for basis in bases
        for strength in ("strong", "weak")
        for word in table[basis][strength]
    }


_TOUCHING = _read_verbs(_WORDS["touching"])
_TRANSITIVE = _read_verbs(_WORDS["transitive"])
_AIMS: dict[str, Aim] = {word: aim for aim in ("ensure", "strive") for word in _WORDS["aim"][aim]}

_BLANK = re.compile(r"\s+")
_SENTENCE_BREAK = re.compile("[。;!?]")
_CLAUSE_BREAK = re.compile("[,:、()]")
_AIM = re.compile(any_of(_AIMS))
_ADVERB_END = re.compile(f"(?:{any_of(_LISTS['adverbs'])}|{BEFORE_PATTERN})$")
_TOUCHING_END = re.compile(f"({any_of(_TOUCHING)})$")
# 投资增4%, 能耗降3%, not 新增; 血压 and 紧缩 are nouns.
_SHORT_END = re.compile("(?<![新净激])([增降减])$|(?<![血电高低气水变])(压)$|(?<![紧收])(缩)$")
_SHORT: dict[str, Basis] = {"增": "rise", "降": "fall", "减": "fall", "压": "fall", "缩": "fall"}
_SHARES = {"%", "‰", "个百分点", "百分点", "个基点"}
_FURTHER_END = re.compile("再([降减压缩])$")  # 再降2天 counts no things
# 比上年多两成: so much more than what there was.
_COMPARED_END = re.compile(
    r"[比较](?:[去上前]年|上一年|20\d\d年)(?:同期|全年|末|底)?(?:再|又)?([多少高低])$"
)
_COMPARED: dict[str, Basis] = {"多": "rise", "高": "rise", "少": "fall", "低": "fall"}
_GROWTH_END = re.compile(f"({any_of(_LISTS['growth'])})(?:{any_of(_LISTS['after_growth'])})$")
_JOINT_END = re.compile(
    f"(?:{any_of(_LISTS['joints'])})(?:{any_of(_LISTS['after_joint'])}){{0,2}}$"
)
_LIST_NOUN_END = re.compile(f"(?:{any_of(_LISTS['list_joints'])})([^\\W0-9、和及]{{2,24}})$")
_NUMBER_END = re.compile(
    "(?:[0-9][0-9.%至到~—–-]*|[一二两三四五六七八九十百千万亿半]+)[^0-9,、。;:]{0,12}$"
)
_NUMBER = re.compile("[0-9]|[一二两三四五六七八九十百千万]+(?:个|家|项|成|倍|番|分之)|翻番|翻倍")
_TRANSITIVE_VERB = re.compile(f"({any_of(_TRANSITIVE)})(?!值)")
_OTHER_VERB = re.compile(any_of(_LISTS["other_verbs"]))
_RATIO_ENDS = tuple(_LISTS["ratio_ends"])


def parse_basis(before: str, quantity_text: str, after: str = "") -> Basis:
    """Say whether a number is a level or the size of a rise or a fall.

    Args:
        before: The text of the sentence before the number, as printed; the last 40 or
            so characters are enough.
        quantity_text: The text of the target.
        after: The text after it, where the measure stands if the target was cut short.

    Returns:
        ``rise`` or ``fall`` where a verb of change governs the number (增长, 压减),
        else ``level`` (提高到, 新增, 增速达).

    Source:
        ANNOTATION.md, TARGET and rulings 5 and 12.
    """
    quantity = parse_quantity(quantity_text)
    if quantity is not None and quantity.basis != "level":
        return quantity.basis
    measure = _find_measure(quantity, after)
    context = _sentence(before)
    while True:
        context = _strip_adverbs(context)
        found = _from_touching(context, measure)
        if found is not None:
            return found
        shorter = _drop_joined_number(context, measure)
        if shorter is None:
            return _from_list(context, measure) or _from_transitive(context, measure) or "level"
        context = shorter


def parse_aim(before: str) -> Aim:
    """Say how firmly a number is promised.

    An aim word governs its own clause, and the clauses listed after it only when its own
    holds a number: 确保A达到5个,B达到3个 promises both, 争取更好结果,A达到5个 neither.

    Args:
        before: The text of the sentence before the number, as printed.

    Returns:
        ``ensure`` (确保), ``strive`` (力争 争取 努力) or ``plain``.

    Source:
        DESIGN section 5 (aim).
    """
    context = _sentence(before)
    for match in reversed(list(_AIM.finditer(context))):
        governed = context[match.end() :]
        clause, comma, _ = governed.partition(",")
        if not comma or _NUMBER.search(clause):
            return _AIMS[match.group()]
    return "plain"


def _sentence(before: str) -> str:
    """Give the folded end of the last sentence, without blanks and line breaks."""
    return _SENTENCE_BREAK.split(_BLANK.sub("", fold(before[-_CONTEXT:])))[-1]


def _find_measure(quantity: Quantity | None, after: str) -> str:
    if quantity is None:
        return ""
    if quantity.measure:
        return quantity.measure
    rest = _CLAUSE_BREAK.split(fold(after[:_CONTEXT]).lstrip())[0]
    return rest[: read_measure(rest, spelled=False) or 0]


def _strip_adverbs(context: str) -> str:
    while (match := _ADVERB_END.search(context, max(0, len(context) - 8))) is not None:
        context = context[: match.start()]
    return context


def _from_touching(context: str, measure: str) -> Basis | None:
    """Read a verb that touches the number; a weak one before a count gives a level."""
    match = _TOUCHING_END.search(context) or _GROWTH_END.search(context)
    if match is None:
        return _from_short(context, measure)
    basis, strong = _TOUCHING[match.group(1)]
    return basis if strong or measure not in SETS else "level"


def _from_short(context: str, measure: str) -> Basis | None:
    """Read a verb of one character, or a comparison with the year before."""
    short = _SHORT_END.search(context) if measure in _SHARES else _FURTHER_END.search(context)
    if short:
        return _SHORT[short.group(short.lastindex or 1)]
    compared = _COMPARED_END.search(context)
    return _COMPARED[compared.group(1)] if compared else None


def _drop_joined_number(context: str, measure: str) -> str | None:
    """Go back over a number that shares its verb and measure with the next: 增长5%、6%."""
    joint = _JOINT_END.search(context)
    if joint is None:
        return None
    return _drop_number(context[: joint.start()], measure)


def _drop_number(context: str, measure: str = "") -> str | None:
    number = _NUMBER_END.search(context)
    quantity = parse_quantity(number.group()) if number else None
    if number is None or quantity is None:
        return None
    if measure and quantity.measure and not measure.startswith(quantity.measure):
        return None  # 增长5%,达到18亿元: the second number has a verb of its own
    return context[: number.start()]


def _from_list(context: str, measure: str) -> Basis | None:
    """Read the verb spared in 货物贸易增长6%、数字贸易8%."""
    noun = _LIST_NOUN_END.search(context)
    if noun is None or measure != "%" or noun.group(1).endswith(_RATIO_ENDS):
        return None
    if _OTHER_VERB.search(noun.group(1)):
        return None
    earlier = _drop_number(context[: noun.start()])
    return None if earlier is None else _from_touching(_strip_adverbs(earlier), measure)


def _from_transitive(context: str, measure: str) -> Basis | None:
    """Read a verb before the noun: 降低企业成本100亿元."""
    clause = _CLAUSE_BREAK.split(context)[-1]
    verbs = list(_TRANSITIVE_VERB.finditer(clause))
    if not verbs:
        return None
    basis, strong = _TRANSITIVE[verbs[-1].group(1)]
    noun = clause[verbs[-1].end() :]
    if len(noun) not in _NOUN_LENGTH or _OTHER_VERB.search(noun) or _NUMBER.search(noun):
        return None
    if not strong and (measure in SETS or not measure):
        return None
    names_ratio = basis == "rise" and measure == "%" and noun.endswith(_RATIO_ENDS)
    return None if names_ratio else basis
