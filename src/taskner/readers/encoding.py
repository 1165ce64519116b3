"""Bytes to text: strict decoding first, a detector last.

Source: Chinese government sites and offices write UTF-8, GB18030 (declared as
gb2312 or gbk), and, from Windows Notepad, UTF-16.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import charset_normalizer

from taskner.errors import EmptyFileError, EncodingError
from taskner.folding import fold

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names under which pages declare subsets of GB18030.
_SUBSETS = {"gb2312": "gb18030", "gbk": "gb18030", "hz-gb-2312": "gb18030"}
_KNOWN = "UTF-8, UTF-16 or GB18030"
_WIDE = ("utf-16-le", "utf-16-be")
_SAMPLE = 65_536
_BYTES_PER_NUL = 50
_LEAST_PLAUSIBLE = 0.7
_MOST_CONTROLS = 0.05
_MOST_DAMAGE = 0.001
_CUT, _SHORT = 4, 100
"""Replacement characters that one bad byte may cost, and texts too short to forgive it."""
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_FIRST_RARE_ROW = 0xD8  # GB 2312 level one, the everyday characters, ends before it


def decode(data: bytes, *, path: str, declared: str | None = None) -> str:
    """Decode a file's bytes; the byte order mark is dropped, line ends become LF.

    Args:
        data: The whole file.
        path: The file as the user named it, for errors.
        declared: The charset that the file itself names. It may be wrong: it is
            tried after UTF-8, and then a few damaged bytes are forgiven.

    Returns:
        The text; NUL characters between others are kept, those at the end dropped.

    Raises:
        EmptyFileError: There is nothing but blanks and NUL bytes.
        EncodingError: No encoding gives plausible text.
    """
    if not data.strip(b"\0\t\n\r "):
        raise EmptyFileError(path=path)
    text = _marked(data, path) or _utf8(data) or _best(data, declared)
    if text is None:
        raise EncodingError(path=path, known=_KNOWN)
    text = text.rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\0\ufeff \t\n"):
        raise EmptyFileError(path=path)
    return text


def plausibility(text: str) -> float:
    """Say how much a text looks like Chinese prose rather than wrongly decoded bytes.

    Returns:
        The share, in [0, 1], of everyday Han characters and punctuation among all
        characters that are not ASCII.
    """
    others = [character for character in fold(text[:_SAMPLE]) if character > "\x7f"]
    return sum(map(_is_everyday, others)) / len(others) if others else 1.0


def _is_everyday(character: str) -> bool:
    code = character.encode("gb2312", "ignore")
    return bool(code) and code[0] < _FIRST_RARE_ROW


def _marked(data: bytes, path: str) -> str | None:
    """Decode by the byte order mark, when there is one."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], codec)
            if text is None:
                raise EncodingError(path=path, known=_KNOWN)
            return text
    return None


def _utf8(data: bytes) -> str | None:
    """Decode what is valid UTF-8: that is no accident, whatever the language."""
    text = None if _has_wide_characters(data) else _strict(data, "utf-8")
    return text if text is not None and not _is_binary(text) else None


def _best(data: bytes, declared: str | None) -> str | None:
    for text in _candidates(data, _codec(declared)):
        if plausibility(text) >= _LEAST_PLAUSIBLE and not _is_binary(text):
            return text
    return None


def _has_wide_characters(data: bytes) -> bool:
    # Every second byte of UTF-16 ASCII is NUL, and that is valid UTF-8 too.
    sample = data[:_SAMPLE]
    return sample.count(0) * _BYTES_PER_NUL > len(sample)


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample)


def _candidates(data: bytes, codec: str | None) -> Iterator[str]:
    """Give decodings, the likeliest first; each is made only when it is asked for."""
    legacy = ("gb18030",) if codec is None else (codec, "gb18030")
    is_wide = _has_wide_characters(data)
    for name in (*_WIDE, "utf-8", *legacy) if is_wide else (*legacy, *_WIDE):
        text = _strict(data, name)
        if text is not None and not (name in _WIDE and "\0" in text):
            yield text
    text = data.decode(codec or "utf-8", "replace")
    n_damaged = text.count("\ufffd")
    if n_damaged <= _MOST_DAMAGE * len(text) or (n_damaged <= _CUT and len(text) >= _SHORT):
        yield text
    if match := charset_normalizer.from_bytes(data[:_SAMPLE]).best():
        yield data.decode(match.encoding, "replace")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _codec(declared: str | None) -> str | None:
    """Give Python's name of a declared charset, or None for one it does not know."""
    try:
        name = codecs.lookup(declared or "").name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return _SUBSETS.get(name, name)
