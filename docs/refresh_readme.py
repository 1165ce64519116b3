# noqa: INP001 - a script, no package
"""Fill what READMEs show from what really runs: refresh_readme.py [--check].

Between ``<!-- output:start -->`` and ``<!-- output:end -->`` of each README stands what
its Python snippet prints with the released model; between the markers ``scores`` stands the
table of evaluation/reports/protocol/published/scores.json. ``--check`` changes nothing and
exits with 1 when
a README is not current. Without a model in models/ the output is left as it is.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = Path("evaluation/reports/protocol/published/scores.json")
READMES = {"README.md": "en", "README.zh.md": "zh"}
STUDY = "taskner evaluate --protocol evaluation/protocol.toml"

FEWEST = 5
"""Intervals from drawing fewer documents than this are not shown: they say little."""

MEASURES = {
    "tasks": {"en": "Tasks cut exactly", "zh": "任务切分完全一致"},
    "spans.UNIT": {"en": "Responsible units found", "zh": "责任单位识别"},
    "spans.TARGET": {"en": "Numeric targets found", "zh": "数值目标识别"},
    "spans.METRIC": {"en": "Metrics found", "zh": "指标名称识别"},
    "spans.DEADLINE": {"en": "Deadlines found", "zh": "时限识别"},
    "links.metric": {"en": "Target joined to its metric", "zh": "目标与指标对应"},
    "links.deadline": {"en": "Target joined to its deadline", "zh": "目标与时限对应"},
    "links.unit": {"en": "Target joined to its units", "zh": "目标与责任单位对应"},
    "links.unit_role": {"en": "… with the right role", "zh": "……且主次正确"},
    "units": {"en": "Units under the right task", "zh": "责任单位归入正确任务"},
    "roles": {
        "en": "Role of a found unit (lead or support) ✓",
        "zh": "已识别单位的主次（牵头、配合）✓",
    },
    "values.value": {"en": "Value of a found target ✓", "zh": "已识别目标的数值 ✓"},
    "values.measure": {"en": "Its unit of measure ✓", "zh": "计量单位 ✓"},
    "values.comparator": {
        "en": "Its comparison (at least, about, …) ✓",
        "zh": "比较方式（不低于、左右等）✓",
    },
    "values.basis": {"en": "Level, rise or fall ✓", "zh": "口径（水平、增长、下降）✓"},
    "values.date": {"en": "Date of a found deadline ✓", "zh": "已识别时限的日期 ✓"},
    "rows": {
        "en": "Whole ledger rows: target, metric, deadline, units and value right",
        "zh": "台账整行：目标、指标、时限、单位、数值全对",
    },
}
"""Names of measures in a reader's words; ✓ marks a share right among what was found."""

WORDS = {
    "en": {
        "head": "| measure | F1 or share | 95 % interval | in gold |",
        "made": "{documents}. Made by `{command}` on {date}; {machine}.",
        "none": f"Not measured yet: `{STUDY}` writes the report.",
    },
    "zh": {
        "head": "| 测什么 | F1 或正确率 | 95% 区间 | 标准答案数 |",
        "made": "{documents}。生成命令：`{command}`；日期：{date}；机器：{machine}。",
        "none": f"尚未测量。测量命令：`{STUDY}`。",
    },
}


def score_block(report: Path, language: str) -> str:
    """Give the score table of a report in one language.

    Args:
        report: The scores.json of the protocol; it need not exist yet.
        language: "en" or "zh".

    Raises:
        KeyError: The report has a measure without a name here: none is dropped silently.
    """
    words = WORDS[language]
    if not report.exists():
        return words["none"]
    data = json.loads(report.read_text(encoding="utf-8"))
    counted = {name: one for name, one in data["all"].items() if one and one["gold"]}
    rows = [
        f"| {MEASURES[name][language]} | {one['f1']:.3f} | {_interval(one, data)} | {one['gold']} |"
        for name, one in counted.items()
        if not name.endswith("relaxed") and name != "spans"
    ]
    facts = data["facts"] | {"documents": ", ".join(data["documents"])}
    return "\n".join([words["head"], "|---|---|---|---|", *rows, "", words["made"].format(**facts)])


def _interval(count: dict[str, float], data: dict[str, dict[str, object]]) -> str:
    if "low" not in count or len(data["documents"]) < FEWEST:
        return "–"
    return f"{count['low']:.3f}–{count['high']:.3f}"


def snippet(readme: str) -> str:
    """Give the first Python block of a README."""
    match = re.search(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    if match is None:
        message = "no Python block"
        raise ValueError(message)
    return match[1]


def output_block(readme: str) -> str:
    """Run a README's snippet from the repository root and give what it prints.

    Raises:
        subprocess.CalledProcessError: The snippet fails.
    """
    environment = {key: value for key, value in os.environ.items() if key != "TASKNER_MODEL"}
    done = subprocess.run(  # noqa: S603 - the README's own code
        [sys.executable, "-c", snippet(readme)],
        cwd=ROOT,
        env=environment | {"PYTHONUTF8": "1"},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return f"```text\n{done.stdout.rstrip()}\n```"


def fill(readme: str, name: str, block: str) -> str:
    """Put a block between the markers of that name.

    Raises:
        ValueError: The README does not have the two markers once, in order.
    """
    start, end = f"<!-- {name}:start -->\n", f"<!-- {name}:end -->"
    before, found, rest = readme.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed or start in after:
        message = f"expected the markers {name}:start and {name}:end once"
        raise ValueError(message)
    return f"{before}{start}{block}\n{end}{after}"


def has_model() -> bool:
    """Tell whether a released model stands in models/."""
    return any((ROOT / "models").glob("*/manifest.json"))


def refreshed(path: Path, language: str, *, run: bool) -> str:
    """Give a README as it should be.

    Args:
        path: The README.
        language: "en" or "zh".
        run: Whether to run its snippet.
    """
    text = path.read_text(encoding="utf-8")
    text = fill(text, "scores", score_block(ROOT / REPORT, language))
    return fill(text, "output", output_block(text)) if run else text


def main() -> int:
    """Refresh or check both READMEs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when stale")
    is_check = parser.parse_args().check
    run = has_model()
    if not run:
        sys.stderr.write("no model in models/: the snippets' output is left as it is\n")
    stale = []
    for name, language in READMES.items():
        path = ROOT / name
        text = refreshed(path, language, run=run)
        if text == path.read_text(encoding="utf-8"):
            continue
        stale.append(name)
        if not is_check:
            path.write_text(text, encoding="utf-8")
    if is_check and stale:
        sys.stderr.write(f"{', '.join(stale)}: not current; run python docs/refresh_readme.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
