"""Write the documents that are generated: commands from `--help`, rules from their pages, forms and reports from their files.

python -m tools.docs            rewrite what differs
python -m tools.docs --check    change nothing, exit 1 if something differs
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from csdocs.load.workspace import Workspace
from csdocs.model.text import Language, Text
from csdocs.rules import SUBJECTS, page, rules
from csdocs.rules.rule import Rule, half
from tools.form_reference import form_pages
from tools.markdown import GENERATED, both, table
from tools.report_reference import reports_page

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 96

# Runs in an interpreter of its own for each language: click builds help texts when a verb's module is imported.
_PRINT_HELP = """
import json, sys
import click
from csdocs.cli.language import translate_click
from csdocs.cli.main import csdocs

def pages(command, name, parent):
    settings = {**command.context_settings, "terminal_width": int(sys.argv[1])}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    found = {context.command_path: context.get_help()}
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found |= pages(command.get_command(context, inner), inner, context)
    return found

translate_click()
json.dump(pages(csdocs, "csdocs", None), sys.stdout)
"""

_VARIABLES = [
    ("`CSDOCS_LANG`", "界面语言，`zh` 或 `en`", "language of messages, `zh` or `en`"),
    (
        "`CSDOCS_SEAL_PASSPHRASE`",
        "电子签章密钥的口令，不再询问",
        "passphrase of the key of the seal, which is then not asked for",
    ),
    (
        "`CSDOCS_CACHE`",
        "打印字体等可随时重做的文件放在哪里",
        "folder of what can be made again at any time, such as the fonts",
    ),
    ("`NO_COLOR`", "不用颜色", "no colours"),
    (
        "`CI`",
        "为 `1` 或 `true` 时不使用以前检查的结果",
        "where it is `1` or `true`, what earlier runs found is not used",
    ),
]
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_SUBJECTS = {
    "text": Text("文本", "Text of a file"),
    "shape": Text("文件结构", "Shape of a file"),
    "document": Text("制度和手册", "Regulations and handbook parts"),
    "form": Text("表单", "Forms"),
    "report": Text("报表", "Reports"),
    "record": Text("记录", "Records"),
    "rulebook": Text("整套制度、表单和登记册", "The rule book as a whole"),
    "workspace": Text("所有记录放在一起", "All records together"),
    "change": Text("变更", "A change and its history"),
}
_SEVERITIES = {
    "error": Text("错误", "error"),
    "breach": Text("不符合", "breach"),
    "warning": Text("警告", "warning"),
}


def help_pages(language: Language) -> dict[str, str]:
    """Help text of the program and of every verb, by command path."""
    command = [sys.executable, "-c", _PRINT_HELP, str(WIDTH)]
    environment = {**os.environ, "CSDOCS_LANG": language, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    pages: dict[str, str] = json.loads(done.stdout)
    return pages


def commands_page() -> str:
    zh, en = help_pages("zh"), help_pages("en")
    lines = ["# 命令参考 Commands", "", GENERATED, ""]
    lines += [
        "所有命令都接受 `--lang zh|en`。",
        "",
        "Every verb takes `--lang zh|en`.",
        "",
        *table(
            ("退出码", "含义", "Meaning"),
            [
                ("0", "已检查，没有问题", "looked, nothing found"),
                ("1", "已检查，有问题；search 没有找到", "looked, found something; search: found nothing"),
                ("2", "用法错误", "wrong usage"),
                ("3", "无法检查，例如没有文件；无法完成", "could not look, nothing was checked; could not do it"),
                ("70", "程序缺陷", "a bug"),
                ("130", "用户中止", "interrupted"),
            ],
        ),
        "",
        *table(("环境变量 Variable", "含义", "Meaning"), _VARIABLES),
    ]
    for path in zh:
        blocks = ("```text", zh[path], "```", "", "```text", en[path], "```")
        lines += ["", f"## {path}", "", *blocks]
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    lines = ["# 检查代码 Finding codes", "", GENERATED, ""]
    lines += [
        "`csdocs explain 代码` 显示一条规则的完整说明。代码一经使用不再改作他用。",
        "",
        "`csdocs explain CODE` shows the whole page of a rule. A code is never used again for something else.",
    ]
    for subject in SUBJECTS:
        head = ("代码 Code", "名称 Name", "级别 Severity", "说明", "Title")
        lines += ["", f"## {both(_SUBJECTS[subject])}", "", *table(head, [_rule_row(rule) for rule in rules(subject)])]
    for subject in SUBJECTS:
        for rule in rules(subject):
            lines += ["", f"## {rule.code} {rule.slug}", "", *_rule_text(rule)]
    return "\n".join(lines) + "\n"


def _rule_row(rule: Rule) -> tuple[str, ...]:
    link = f"[{rule.code}](#{rule.code.lower()}-{rule.slug})"
    return (link, f"`{rule.slug}`", both(_SEVERITIES[rule.severity]), _title(rule, "zh"), _title(rule, "en"))


def _title(rule: Rule, language: Language) -> str:
    return half(page(rule.slug), language).partition("\n")[0].removeprefix("# ")


def _rule_text(rule: Rule) -> list[str]:
    """The page of a rule: both halves, their headings below the rule's own."""
    lines: list[str] = []
    for language in _LANGUAGES:
        _, _, text = half(page(rule.slug), language).partition("\n")
        lines += [f"**{_title(rule, language)}**", "", *text.strip().replace("## ", "### ").splitlines(), ""]
    return lines[:-1]


def pages() -> dict[str, str]:
    """Every generated document by path."""
    return {
        "docs/commands.md": commands_page(),
        "docs/rules.md": rules_page(),
        **form_pages(Workspace(ROOT)),
        "docs/report-list.md": reports_page(Workspace(ROOT)),
    }


def stale() -> dict[str, str | None]:
    """The documents that differ from what they should be; None for one that should not be."""
    wanted = pages()
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/forms").glob("*.md")}
    gone = dict.fromkeys(sorted(found - wanted.keys()))
    return gone | {path: text for path, text in wanted.items() if not _is(ROOT / path, text)}


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def main() -> int:
    different = stale()
    if "--check" in sys.argv[1:]:
        for path in different:
            print(f"{path}: 已过期，请运行 make docs / out of date: run make docs")
        return 1 if different else 0
    for path, text in different.items():
        _put(ROOT / path, text)
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
