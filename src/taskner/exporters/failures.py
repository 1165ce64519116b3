"""Why a file has no row in the ledger, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from taskner.exporters.glosses import FLAGS
from taskner.exporters.options import Batch, Failure, Language
from taskner.types import Notice

_CHINESE: Mapping[str, str] = {
    "UnknownFormatError": "不支持这种文件：请另存为 .docx、.xlsx、PDF 或文本后再试",
    "WrongFormatError": "文件内容与扩展名不符：请用原来的程序打开后另存，或改正扩展名",
    "NeedsConversionError": "须先转换格式：请另存为 .docx、.xlsx 或 PDF 后再试",
    "EmptyFileError": "文件里没有文字：请检查保存的是不是所要的文件",
    "UnreadableFileError": "文件打不开：请检查文件是否存在、有没有损坏",
    "FolderError": "文件夹里没有能读的文件：请直接指定通知文件",
    "OverLimitError": "文件超出读取上限：确认文件无误后，用 --limits 放宽",
    "EncodingError": "文字编码无法识别：请另存为 UTF-8 文本，或改用原文件",
    "NoTextLayerError": "PDF 是扫描件，没有文字：请先做文字识别（OCR），或改用原文件",
    "ScannedPagesError": "PDF 有扫描页，其中的文字会丢失：请先做文字识别（OCR），或去掉该页",
    "UnmappedTextError": "PDF 的字体没有注明文字，读不出来：请改用原文件，或先做文字识别（OCR）",
    "ReadTimeoutError": "读取超时，已停止：确认文件无误后，用 --limits 放宽 max_seconds",
    "ReadMemoryError": "读取占用内存过多，已停止：确认文件无误后，用 --limits 放宽 max_memory",
    "ReadCrashError": "读取时程序崩溃，文件可能已损坏：请用原来的程序打开后另存再试",
    "UnexpectedError": "taskner 自身的错误：请带上右侧说明反馈给开发者",
}

_CHECKS: Mapping[Language, str] = {
    "zh": "文件已读完，里面没有找到任务。请检查：任务表是否在单独的附件里，是否只是图片，"
    "通知是否只有正文；taskner read 文件 可打印读到的文字",
    "en": "The file was read, and no task was found in it. See whether the table of tasks is in "
    "an attachment of its own or a picture; taskner read FILE prints what was read.",
}


def missing_rows(batch: Batch) -> Iterator[tuple[str, str, str]]:
    """Give file, reason and advice for each file without a row: those that failed, then others."""
    for failure in batch.failures:
        yield failure.path, failure_kind(failure, batch.language), str(failure.error)
    for notice in without_tasks(batch):
        path = notice.document.source.path or notice.document.id
        yield path, FLAGS["no_task"][batch.language], _CHECKS[batch.language]


def without_tasks(batch: Batch) -> tuple[Notice, ...]:
    """Give the notices that were read and hold no task."""
    return tuple(notice for notice in batch.notices if not notice.tasks)


def failure_kind(failure: Failure, language: Language) -> str:
    """Say what went wrong and what to do; the error's class where there are no words for it."""
    name = type(failure.error).__name__
    return _CHINESE.get(name, name) if language == "zh" else name
