"""Characters of symbol fonts (Wingdings, Symbol) as the Unicode characters they look like."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lxml import etree

from taskner.readers.docx_xml import W

# Symbol fonts stand at U+F000 to U+F0FF of the private use area, or at 0 to 255.
_PRIVATE, _PRIVATE_END = 0xF000, 0xF100
_FIRST = 0x20
_UNKNOWN_FONT = ("wingdings", "symbol")


def font_of(properties: etree._Element | None) -> str | None:
    """Give the name of a run's symbol font, in lower case; None for any other font."""
    fonts = None if properties is None else properties.find(W + "rFonts")
    if fonts is None:
        return None
    names = (fonts.get(W + name, "").lower() for name in ("ascii", "hAnsi"))
    return next((name for name in names if name in _tables()), None)


def symbols(text: str, font: str | None) -> str:
    """Replace the characters of a symbol font by what they look like.

    Args:
        text: As stored.
        font: The symbol font of the run, in lower case; None for a font for text.

    Returns:
        The text; what a symbol font shows but no table knows is left out, since the bare
        code would be read as something else.
    """
    if font is None and not any(_is_private(character) for character in text):
        return text
    return "".join(_symbol(character, font) for character in text)


def symbol(code: str, font: str) -> str:
    """Give the character of a ``w:sym``: a code of four hexadecimal digits and a font."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    font = font.lower()
    if font in _tables() or _is_private(character):
        return _symbol(character, font if font in _tables() else None)
    return character if character.isprintable() else ""


def _symbol(character: str, font: str | None) -> str:
    code = ord(character)
    if _is_private(character):
        code -= _PRIVATE
    elif font is None or not _FIRST < code < _PRIVATE_END - _PRIVATE:
        return character
    for name in _UNKNOWN_FONT if font is None else (font,):
        if code in _tables()[name]:
            return _tables()[name][code]
    return ""


def _is_private(character: str) -> bool:
    return _PRIVATE <= ord(character) < _PRIVATE_END


@cache
def _tables() -> Mapping[str, Mapping[int, str]]:
    """Give for each font its characters by code."""
    text = (files("taskner") / "data" / "symbol_fonts.toml").read_text("utf-8")
    tables: dict[str, dict[int, str]] = {}
    for font, runs in tomllib.loads(text).items():
        tables[font] = {
            int(first, 16) + index: character
            for first, characters in runs.items()
            for index, character in enumerate(characters)
            if character != "\u00a0"
        }
    return tables
