"""The table of formats, and writing by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from taskner.errors import ConfigError
from taskner.exporters.csv import render_csv
from taskner.exporters.html import render_html
from taskner.exporters.jsonl import render_json, render_jsonl
from taskner.exporters.options import Batch, Failure, Language
from taskner.exporters.xlsx import render_xlsx
from taskner.output_files import write_whole
from taskner.types import Notice

_RENDERERS: Mapping[str, Callable[[Batch], bytes]] = MappingProxyType(
    {
        "xlsx": render_xlsx,
        "csv": render_csv,
        "jsonl": render_jsonl,
        "json": render_json,
        "html": render_html,
    }
)
FORMATS: tuple[str, ...] = tuple(_RENDERERS)
"""Names of the formats; each is also the suffix of its files."""


def write(
    notices: Notice | Iterable[Notice],
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the option's name on the command line
    language: Language = "zh",
    failures: Iterable[Failure] = (),
    with_text: bool = False,
) -> None:
    """Write notices to a file, in the format that its suffix names.

    Args:
        notices: One notice or several.
        path: The file; one that exists is overwritten.
        format: One of :data:`FORMATS`; by default the suffix of the path.
        language: Of column titles and glosses in csv and xlsx.
        failures: Documents that gave no notice.
        with_text: Whether json and jsonl embed the text.

    Raises:
        ConfigError: The format is not known.
        OutputError: The file cannot be written; what was there before stays.
    """
    path = Path(path)
    format = format or path.suffix.lower().removeprefix(".")  # noqa: A001
    data = render(
        notices,
        format=_check_format(format, path=str(path)),
        language=language,
        failures=failures,
        with_text=with_text,
    )
    write_whole(path, (data,))


def render(
    notices: Notice | Iterable[Notice],
    *,
    format: str,  # noqa: A002 - as in write
    language: Language = "zh",
    failures: Iterable[Failure] = (),
    with_text: bool = False,
) -> bytes:
    """Give the bytes that :func:`write` would put into a file.

    Raises:
        ConfigError: The format is not known.
    """
    batch = Batch(
        notices=(notices,) if isinstance(notices, Notice) else tuple(notices),
        failures=tuple(failures),
        language=language,
        with_text=with_text,
    )
    return _RENDERERS[_check_format(format, path="output")](batch)


def _check_format(name: str, *, path: str) -> str:
    if name not in _RENDERERS:
        detail = f"{name!r} is not known; expected one of {', '.join(FORMATS)}."
        raise ConfigError(path=path, key="format", detail=detail)
    return name
