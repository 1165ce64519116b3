"""Feasts: the day of 春节 or 国庆 in a year."""

from __future__ import annotations

from datetime import date

from taskner.values.lexicon import any_of, read_list

_FEASTS = read_list("feasts")
_FIXED: dict[str, str] = _FEASTS["fixed"]
_MOVING: dict[str, list[str]] = _FEASTS["moving"]
_FIRST_YEAR: int = _FEASTS["first_year"]
FEAST_PATTERN = any_of(_FIXED | _MOVING)
NEW_YEAR = "元旦"


def feast_day(name: str, year: int) -> date | None:
    """Give the day of a feast.

    Args:
        name: A name that ``FEAST_PATTERN`` matches.
        year: The calendar year.

    Returns:
        The day, or None for a moving feast outside the years of the table.
    """
    if name in _FIXED:
        day = _FIXED[name]
    else:
        days = _MOVING[name]
        if not 0 <= year - _FIRST_YEAR < len(days):
            return None
        day = days[year - _FIRST_YEAR]
    return date.fromisoformat(f"{year:04}-{day}")
