"""Field values as people type them, turned into what a record writes."""

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csdocs.load.workspace import Workspace
    from csdocs.model.field import Field
    from csdocs.model.finding import Problem
    from csdocs.model.form import Form

_YES, _NO = {"true", "yes", "y", "是", "对", "1"}, {"false", "no", "n", "否", "不", "0"}
_DAYS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}


def read_source(source: Path) -> dict[str, Any]:
    """The fields of a YAML file: either its `data` or the whole of it."""
    from csdocs.parse.yamltext import parse_yaml

    parsed = parse_yaml(source.read_bytes())
    _refuse_problems(str(source), parsed.problems)
    tree = parsed.tree.get("data", parsed.tree) if isinstance(parsed.tree, dict) else None
    if not isinstance(tree, dict):
        raise CsdocsError(
            Text("{source} 不是“字段: 值”的 YAML 文件", "{source} is not a YAML file of “field: value”").format(
                source=source
            )
        )
    return tree


def read_settings(form: "Form", settings: tuple[str, ...], workspace: "Workspace") -> dict[str, Any]:
    """`FIELD=VALUE` options; a value in `{…}` or `[…]` is YAML."""
    data: dict[str, Any] = {}
    for setting in settings:
        id, equals, value = setting.partition("=")
        field = form.fields.get(id.strip())
        if not equals or field is None:
            raise CsdocsError(
                Text("“{setting}”不是 {form} 的“字段=值”", "“{setting}” is not FIELD=VALUE of {form}").format(
                    setting=setting, form=form.id
                ),
                Text("csdocs form schema {form} 列出字段", "csdocs form schema {form} lists the fields").format(
                    form=form.id
                ),
            )
        data[field.id] = _structure(value) if value[:1] in "[{" and value else typed_text(field, value, workspace)
    return data


def _structure(value: str) -> Any:
    from csdocs.parse.yamltext import parse_yaml

    parsed = parse_yaml(f"value: {value}\n".encode())
    _refuse_problems(value, parsed.problems)
    return parsed.tree["value"]


def _refuse_problems(what: str, problems: "Sequence[Problem]") -> None:
    """Half-understood YAML would lose what somebody entered without a word."""
    if problems:
        raise CsdocsError(
            Text("{what} 的写法有误", "there is a mistake in the YAML of {what}").format(what=what),
            Text("运行 csdocs explain {slug}", "run csdocs explain {slug}").format(slug=problems[0].slug),
        )


def typed_text(field: "Field", text: str, workspace: "Workspace") -> Any:
    """The one spelling of what somebody typed; what cannot be understood stays as it is, for the check to refuse."""
    text = text.strip()
    if getattr(field, "list", False):
        return [_spelled(field, part, workspace) for part in re.split(r"[,，、]", text) if part.strip()]
    return _spelled(field, text, workspace)


def _spelled(field: "Field", text: str, workspace: "Workspace") -> str:
    text = text.strip()
    match field.kind:
        case "yes_no":
            lower = text.lower()
            return "true" if lower in _YES else "false" if lower in _NO else text
        case "date":
            return _date(text, workspace)
        case "date_time":
            return _date_time(text, workspace)
        case "time":
            return f"{text.zfill(5)}" if re.fullmatch(r"\d:\d\d", text) else text.replace("：", ":")
        case "money":
            return (
                f"{text}.00"
                if re.fullmatch(r"-?\d+", text)
                else f"{text}0"
                if re.fullmatch(r"-?\d+\.\d", text)
                else text
            )
        case "choice":
            return _choice(field, text)
        case "staff":
            return _staff(text, workspace)
        case "department":
            found = [d.id for d in workspace.register.departments if text in (d.id, d.name.zh, d.name.en)]
            return found[0] if found else text
    return text


def _date(text: str, workspace: "Workspace") -> str:
    if text.lower() in _DAYS:
        return (workspace.today + dt.timedelta(_DAYS[text.lower()])).isoformat()
    found = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", text)
    if not found:
        return text
    return f"{int(found[1] or workspace.today.year):04d}-{int(found[2]):02d}-{int(found[3]):02d}"


def _date_time(text: str, workspace: "Workspace") -> str:
    if text.lower() in ("now", "现在"):
        return workspace.now.isoformat(timespec="minutes")
    found = re.fullmatch(r"(?:(\S+)[ T])?(\d{1,2})[:：](\d{2})", text)
    if not found:
        return text
    day = _date(found[1], workspace) if found[1] else workspace.today.isoformat()
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{int(found[2]):02d}:{found[3]}")
    except ValueError:
        return text
    return moment.replace(tzinfo=workspace.settings.zone).isoformat(timespec="minutes")


def _choice(field: "Field", text: str) -> str:
    options = getattr(field, "options", ())
    if text.isdigit() and 1 <= int(text) <= len(options) and all(option.code != text for option in options):
        return str(options[int(text) - 1].code)
    found = [option.code for option in options if text in (option.code, option.label.zh, option.label.en)]
    return found[0] if found else text


def _staff(text: str, workspace: "Workspace") -> str:
    found = [
        p.staff_no
        for p in workspace.register.people
        if text.lower() in (p.staff_no.lower(), p.name.zh.lower(), p.name.en.lower())
    ]
    return found[0] if len(found) == 1 else text
