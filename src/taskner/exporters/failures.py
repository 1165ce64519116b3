"""What kept a file out of the ledger, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from taskner.exporters.options import Failure, Language

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


def failure_kind(failure: Failure, language: Language) -> str:
    """Say what went wrong and what to do; the error's class where there are no words for it."""
    name = type(failure.error).__name__
    return _CHINESE.get(name, name) if language == "zh" else name
