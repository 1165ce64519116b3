"""Borders of metrics that words fix, whatever the tagger says.

Source: docs/annotating.md: a metric has no verb before it and none behind it; a word is
never cut.
"""

from __future__ import annotations

import re
from functools import cache

from taskner.folding import fold
from taskner.linking.words import read_words, words_pattern
from taskner.types import Document, Span

_REACH = 12
"""Characters read on each side of a span."""

_SHORTEST_METRIC = 2
_PAIR = 2
"""Characters of most verbs."""

_RATIO = re.compile(r"(?:的)?(?:比重|占比|比例|比率)(?!重|例)")
_PEOPLE = "人员者民属生童工妇户"
_FAMILIES = re.compile(r"家庭(?!医生|农场|养老|病床|教育|文明|成员|暴力|困难|经济|照护|服务)")
"""Families behind who they are, which the tagger left out: 困难老人|家庭."""
_SHARES = ("率", "占比", "比重", "比例")
_NEW = re.compile(r"新(?:开工|竣工|建|增)$")
"""A share is not built: 新开工 tells of which buildings it is (新开工钢结构住宅占比)."""
_LAST_OF_WORD = re.compile(
    r"(?![达为至到超共约近等各均的增减升降建设办修招破逾满占在是有按每可以上下内于从由比了完过用给"
    r"新再又仅只须应要需能将已未计总余前后中间年月日和及与或开出入进做分缩向求保争改乡镇])[\u4e00-\u9fff]"
)
"""One character between a metric and its number that is no word of its own (普|查620公里)."""
_ADVERB = re.compile(r"(?:同口径|同比|环比|分别|双双|年均|[均各的、,])$")


_ENUMERATOR = re.compile(r"(?:[①-⑳]|[一二三四五六七八九]\s*是)\s*(?=\S)")
"""The sign of an item that a tagger took for the beginning of its name: ①, 三是."""
_COUNTS, _IS = re.compile(r"(?:^|[,;。:])\s*[一二三四五六七八九]\s*$"), re.compile(r"是(?=\S)")
_NEW_JOBS = re.compile(r"城镇\s*新\s*增\s*$")
_SHARE = re.compile("比(?:[重例](?!大))?")
_BODY = re.compile("[共联]体(?![系检育])")


def metric_borders(document: Document, span: Span, taken: set[int]) -> tuple[int, int]:
    """Say where a tagged metric begins and ends.

    Args:
        document: The document.
        span: The tagger's metric.
        taken: Positions that lie in a span.
    """
    own = fold(span.text)
    before = fold(document.text[max(0, span.start - _REACH) : span.start])
    if match := _ENUMERATOR.match(own) or (_COUNTS.search(before) and _IS.match(own)):
        start = span.start + match.end()
        start, end = metric_borders(document, Span.of(document, start, span.end, "METRIC"), taken)
        return max(start, span.start + match.end()), end
    cut_off = _word_before(before, own)
    half = 0 if cut_off else _verb_ended(before, own)
    start = span.start - cut_off if cut_off else span.start + half + _verbs_before(own[half:])
    said = fold(document.text[max(0, start - _REACH) : start])
    if own.endswith(_SHARES) and (match := _NEW.search(said)):
        start -= len(match.group())
    if taken & set(range(start, span.start)):
        start = span.start
    end = span.end
    while (match := _ADVERB.search(fold(document.text[start:end]))) and match.start():
        end = start + match.start()
    end -= _verb_begun(fold(document.text[start:end]), fold(document.text[end : end + _REACH]))
    after = fold(document.text[end : end + _REACH])
    if end == span.end and end not in taken and end + 1 in taken and _LAST_OF_WORD.match(after):
        end += 1
    elif end == span.end and (match := _tail(own, after)):
        further = end + match.end()
        if not taken & set(range(end, further)):
            end = further
    return start, end


def _tail(own: str, after: str) -> re.Match[str] | None:
    """The noun behind a metric that belongs to it."""
    if own.endswith("占"):
        return _SHARE.match(after)
    if own[-1] in "医教学":
        return _BODY.match(after)
    return _RATIO.match(after) or (_FAMILIES.match(after) if own[-1] in _PEOPLE else None)


def _word_before(before: str, own: str) -> int:
    """Count the characters in front of a metric that belong to its first word (立|体停车库)."""
    if own.startswith("就业") and (match := _NEW_JOBS.search(before)):
        return len(match.group())
    return 0 if before.endswith(_verbs()) else _cut(read_words("metric_first_words"), before, own)


def _verb_ended(before: str, own: str) -> int:
    """Count the characters at a metric's start that end the verb before it (腾|空旧厂房)."""
    if before.endswith(_verbs()):
        return 0  # 新建|设施农业: not the end of 建设
    before = before.rstrip()  # a line may end inside the verb
    ended = before and before[-1] + own[:1] in _verbs_of_two()
    return 1 if ended and len(own) > _SHORTEST_METRIC else 0


def _verb_begun(own: str, after: str) -> int:
    """Count the characters at a metric's end that begin the verb behind it (农产品净|增350个)."""
    verbs = _long("fillers")
    n_begun = 0 if after.startswith(verbs) else _cut(verbs, own, after)
    return n_begun if len(own) - n_begun >= _SHORTEST_METRIC else 0


def _cut(words: tuple[str, ...], before: str, behind: str) -> int:
    """Count the characters at the end of one text that begin a word which the other ends."""
    rests = _rests(words)
    for at in range(min(len(before), _REACH), 0, -1):
        if behind.startswith(rests.get(before[-at:], ())):
            return at
    return 0


@cache
def _rests(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Give what may follow each beginning of the words."""
    rests: dict[str, tuple[str, ...]] = {}
    for word in words:
        for at in range(1, len(word)):
            rests[word[:at]] = (*rests.get(word[:at], ()), word[at:])
    return rests


@cache
def _long(name: str) -> tuple[str, ...]:
    return tuple(word for word in read_words(name) if len(word) > 1)


@cache
def _verbs() -> tuple[str, ...]:
    return (*_long("metric_verbs"), *_long("fillers"))


@cache
def _verbs_of_two() -> frozenset[str]:
    return frozenset(verb for verb in read_words("metric_verbs") if len(verb) == _PAIR)


def _is_rate_of(verb: str, rest: str) -> bool:
    """Whether a verb of work belongs to the short name of its rate: 培训|取证率, 培训|后就业率."""
    return (
        verb in read_words("work_of_rates") and rest.endswith("率") and len(rest) <= _LONGEST_RATE
    )


_LONGEST_RATE = 4


def _verbs_before(own: str) -> int:
    """Count the characters of verbs a metric begins with (新启动建设公寓房)."""
    cut = 0
    while match := words_pattern("metric_verbs").match(own, cut):
        rest = own[match.end() :]
        names = rest.startswith(read_words("metric_nouns")) or _is_rate_of(match.group(), rest)
        if len(rest) < _SHORTEST_METRIC or names or rest in read_words("metric_last_nouns"):
            break
        cut = match.end()
    return cut
