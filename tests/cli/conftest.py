import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

import taskner
from taskner.cli import app

NOTICE = """临溪县人民政府办公室关于分解2031年重点工作任务的通知

各乡镇人民政府,县级各部门:

现将2031年重点工作任务分解如下,请认真抓好落实。

一、产业发展
1.新建标准厂房12万平方米以上,6月底前开工。
责任单位:县经信局、县投资公司
2.新增规上企业15家。
责任单位:县经信局
二、民生
3.新建口袋公园3个。
责任单位:县住建局、县园林中心
"""
MARKED = """临溪县人民政府办公室关于分解2031年重点工作任务的通知

一、产业发展
1.新增⟦M#a|规上企业⟧⟦T>a;k=level|15家⟧。
责任单位:⟦U:lead|县经信局⟧
"""


@pytest.fixture
def notice_path(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def gold_folder(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "linxi.txt").write_text(MARKED, encoding="utf-8")
    return folder


@dataclass
class Done:
    returncode: int
    stdout: bytes
    stderr: bytes
    exception: BaseException | None = None


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in this process, in an empty folder, with stdout and stderr in pipes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TASKNER_MODEL", "rules")

    def run_command(*arguments, stdin=None):
        result = CliRunner().invoke(app, [*map(str, arguments)], input=stdin, prog_name="taskner")
        return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes, result.exception)

    return run_command


@pytest.fixture
def start(tmp_path):
    """Start the real command: what the operating system has to do with."""

    def start_command(*arguments, **changes):
        source = str(Path(taskner.__file__).parents[1])
        return subprocess.Popen(
            [sys.executable, "-m", "taskner", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": source, "TASKNER_MODEL": "rules", **changes},
        )

    return start_command
