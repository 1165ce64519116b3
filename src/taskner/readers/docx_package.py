"""The parts of a Word file: which they are, and their XML, parsed without running into traps.

Source: ISO/IEC 29500-2 (parts and relationships); transitional and strict documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from taskner.errors import OverLimitError, UnreadableFileError, WrongFormatError
from taskner.readers.archive import check_archive
from taskner.readers.config import ReaderConfig
from taskner.readers.docx_xml import W
from taskner.readers.signatures import kind_of

_WORD_FILE = "a Word file (.docx)"
_MAIN = "/word/document.xml"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_TRANSITIONAL_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPackage:
    """The XML of the parts that make the text; a part that is not there is None."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def open_package(data: bytes, *, path: str, config: ReaderConfig) -> WordPackage:
    """Open a Word file's bytes.

    Args:
        data: The whole file.
        path: The file as the user named it, for errors.
        config: Limits.

    Raises:
        WrongFormatError: The content is something else.
        UnreadableFileError: The file is damaged or protected.
        OverLimitError: There is more of something than a limit allows.
    """
    _check_kind(data, path=path)
    check_archive(data, path=path, config=config)
    # These packages load when the first Word file is read, not with taskner.
    from docx.opc.packuri import PACKAGE_URI, PackURI  # noqa: PLC0415
    from docx.opc.phys_pkg import PhysPkgReader  # noqa: PLC0415

    parts = _Parts(PhysPkgReader(BytesIO(data)), path=path, config=config)
    targets = parts.targets(PACKAGE_URI)
    main = targets.get("officeDocument", PackURI(_MAIN))
    document = parts.tree(main)
    if document is None and kind_of(data) != _WORD_FILE:
        raise WrongFormatError(path=path, found=kind_of(data), wanted=_WORD_FILE)
    if document is None:
        detail = f"the part {main} with the text is missing; save the file again in Word or WPS"
        raise UnreadableFileError(path=path, detail=detail)
    if document.tag != W + "document":
        raise WrongFormatError(path=path, found=kind_of(data), wanted=_WORD_FILE)
    targets = parts.targets(main)
    styles, numbering = targets.get("styles"), targets.get("numbering")
    return WordPackage(
        document=document,
        styles=None if styles is None else parts.tree(styles),
        numbering=None if numbering is None else parts.tree(numbering),
    )


def _check_kind(data: bytes, *, path: str) -> None:
    found = kind_of(data)
    if "password" in found:
        detail = "it is protected by a password; open it in Word or WPS and save it without one"
        raise UnreadableFileError(path=path, detail=detail)
    if not found.endswith("zip archive") and found != _WORD_FILE:
        raise WrongFormatError(path=path, found=found, wanted=_WORD_FILE)


class _Parts:
    """Reads parts of an open package."""

    def __init__(self, reader: Any, *, path: str, config: ReaderConfig) -> None:
        self._reader = reader
        self._path = path
        self._config = config

    def targets(self, source: Any) -> dict[str, Any]:
        """Give the parts a part refers to, by the last word of the relationship's type."""
        from docx.opc.packuri import PackURI  # noqa: PLC0415

        data = self._reader.rels_xml_for(source)
        if data is None:
            return {}
        found: dict[str, Any] = {}
        for relation in self._parse(data, source.rels_uri):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            kind = relation.get("Type", "").replace(_STRICT_RELATIONS, _TRANSITIONAL_RELATIONS)
            target = relation.get("Target", "")
            if target and kind.startswith(_TRANSITIONAL_RELATIONS):
                uri = PackURI.from_rel_ref(source.baseURI, target)
                found.setdefault(kind.removeprefix(_TRANSITIONAL_RELATIONS), uri)
        return found

    def tree(self, uri: Any) -> etree._Element | None:
        """Parse a part; None when it is not in the package."""
        try:
            data = self._reader.blob_for(uri)
        except KeyError:
            return None
        return _transitional(self._parse(data, uri))

    def _parse(self, data: bytes, name: str) -> etree._Element:
        config = self._config
        self._check(name, len(data), "bytes", "max_xml_bytes", config.max_xml_bytes)
        self._check(name, data.count(b"<"), "tags", "max_xml_tags", config.max_xml_tags)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            deep = "Excessive depth" in str(error)
            fault = "is nested too deeply" if deep else f"is damaged: {error}"
            raise UnreadableFileError(path=self._path, detail=f"its part {name} {fault}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            detail = f"its part {name} declares entities, which no Word file does"
            raise UnreadableFileError(path=self._path, detail=detail)
        return root

    def _check(self, name: str, count: int, what: str, limit: str, value: int) -> None:
        if count > value:
            found = f"{count:,} {what} in its part {name}"
            raise OverLimitError(path=self._path, found=found, limit=limit, value=value)


def _transitional(root: etree._Element) -> etree._Element:
    """Give strict elements and attributes their usual names."""
    strict = "{" + _STRICT + "}"
    if str(root.tag).startswith(strict):
        for element in root.iter(strict + "*"):
            element.tag = str(element.tag).replace(strict, W)
            for name, value in element.items():
                if str(name).startswith(strict):
                    del element.attrib[name]
                    element.set(str(name).replace(strict, W), value)
    return root
