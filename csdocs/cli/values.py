"""Field values as people type them, turned into what a record writes."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csdocs.cli.words import refusal
from csdocs.model.error import CsdocsError
from csdocs.model.suggestion import did_you_mean, suggestion
from csdocs.model.text import BELOW, COMMA, SPACE, Text, same

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace
    from csdocs.model.field import Field, RowsField
    from csdocs.model.finding import Problem
    from csdocs.model.form import Form
    from csdocs.model.person import Person

_YES, _NO = {"true", "yes", "y", "是", "对", "1"}, {"false", "no", "n", "否", "不", "0"}
_DAYS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
_OF_TIME = {"date", "date_time", "time", "month", "week", "year", "duration"}
_NUMBER = re.compile(r"[0-9]{1,18}")  # ② is a digit to Python as well, and no number
_MIDNIGHT = re.compile(r"(?<=\S) 0?0:00(?::00)?$")  # where a spreadsheet shows days with a time
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")


def read_source(source: Path) -> dict[str, Any]:
    """The fields of a YAML file: either its `data` or the whole of it."""
    from csdocs.parse.yamltext import parse_yaml

    parsed = parse_yaml(source.read_bytes())
    for problem in parsed.problems:
        raise _mistake(":".join(map(str, (source, *problem.at))), problem)
    tree = parsed.tree.get("data", parsed.tree) if isinstance(parsed.tree, dict) else None
    if not isinstance(tree, dict):
        raise CsdocsError(
            Text("{source} 不是“字段: 值”的 YAML 文件", "{source} is not a YAML file of “field: value”").format(
                source=source
            ),
            Text(
                "每行写一个“字段: 值”；xlsx 和 csv 由 csdocs new 读取",
                "write “field: value” line by line; csdocs new reads xlsx and csv",
            ),
        )
    return tree


def read_settings(form: "Form", settings: Sequence[str], workspace: "Workspace") -> dict[str, Any]:
    """`FIELD=VALUE` options; for a table, a list or a file `{…}` or `[…]` is YAML, nothing means without the field (None)."""
    data: dict[str, Any] = {}
    for setting in settings:
        field, value = _setting(form, setting)
        is_yaml = value[:1] in ("[", "{") and (field.list or field.kind in ("rows", "file"))
        if field.id in data:
            raise CsdocsError(
                Text("{field} 给了不止一次", "{field} is given more than once").format(field=field.id),
                Text("只写一次 --set {field}=值", "write --set {field}=VALUE once").format(field=field.id),
            )
        data[field.id] = typed(field, _structure(value) if is_yaml else value, workspace) if value else None
    return data


def add_rows(
    form: "Form", additions: Sequence[str], data: dict[str, Any], known: Mapping[str, Any], workspace: "Workspace"
) -> None:
    """`TABLE={…}` options: a row more each, below what `data` or else the record (`known`) has."""
    for addition in additions:
        table, value = _setting(form, addition)
        row = _structure(value) if value[:1] == "{" else None
        if table.kind != "rows" or not isinstance(row, dict):
            raise CsdocsError(
                Text("“{addition}”不是“表格={{栏: 值, …}}”", "“{addition}” is not TABLE={{field: value, …}}").format(
                    addition=addition
                ),
                _tables(form),
            )
        rows = data.get(table.id, known.get(table.id)) or []
        data[table.id] = [*rows, *typed(table, [row], workspace, above=rows)]


def add_files(form: "Form", files: Sequence[str], data: dict[str, Any], known: Mapping[str, Any]) -> None:
    """`FIELD=FILE` options, or `FILE` for the list of attachments that every form has."""
    from csdocs.prepare.enclosure import enclose

    for asked in files:
        id, equals, place = asked.partition("=")
        field = form.fields.get(id.strip()) if equals else None
        if field is None or field.kind != "file":
            field, place = form.fields["attachments"], asked
        enclosure = enclose(place, Path.cwd(), _bytes(field))
        listed = data.get(field.id, known.get(field.id)) or []
        others = [each for each in listed if each != enclosure.listed] if field.list else []
        data[field.id] = [*others, enclosure] if field.list else enclosure


def _bytes(field: "Field") -> int:
    """How large a file it takes."""
    assert field.kind == "file"
    return int(field.most)


def _setting(form: "Form", setting: str) -> tuple["Field", str]:
    id, equals, value = setting.partition("=")
    field = form.fields.get(id.strip())
    if not equals or field is None:
        named = id.strip() if equals else ""
        said = (
            Text("{form} 没有字段 {field}{meant}", "{form} has no field {field}{meant}")
            if named
            else Text("“{setting}”不是 {form} 的“字段=值”", "“{setting}” is not FIELD=VALUE of {form}")
        )
        raise CsdocsError(
            said.format(setting=setting, form=form.id, field=named, meant=_meant(form, named)),
            Text("字段：{fields}", "fields: {fields}").format(fields=_listed(form.fields.values())),
        )
    return field, value.strip()


def _meant(form: "Form", typed: str) -> Text:
    """People write what the paper says."""
    labelled = (id for id, field in form.fields.items() if typed in (field.label.zh, field.label.en))
    id = next(labelled, None)
    return did_you_mean(id) if id else suggestion(typed, form.fields)


def _listed(fields: Iterable["Field"]) -> Text:
    return COMMA.join(same(field.id).noted(field.label) for field in fields if not field.is_computed)


def _tables(form: "Form") -> Text:
    tables = [field for field in form.fields.values() if field.kind == "rows"]
    if not tables:
        return Text("{form} 没有表格", "{form} has no tables").format(form=form.id)
    told = [SPACE.join((same(table.id).noted(table.label), _listed(table.fields))) for table in tables]
    return BELOW.join([Text("表格和栏目：", "tables and their fields:"), *told])


def _structure(value: str) -> Any:
    from csdocs.parse.yamltext import parse_yaml

    parsed = parse_yaml(f"value: {value}\n".encode())
    for problem in parsed.problems:
        raise _mistake(value, problem)
    return parsed.tree["value"]


def _mistake(what: str, problem: "Problem") -> CsdocsError:
    """Half-understood YAML would lose what somebody entered without a word."""
    from csdocs.rules import by_slug

    rule = by_slug()[problem.slug]
    return CsdocsError(
        Text("{what} 的写法有误：{why}", "there is a mistake in the YAML of {what}: {why}").format(
            what=what, why=rule.message.format(**problem.values)
        ),
        rule.hint.format(**problem.values),
    )


def typed(
    field: "Field", value: Any, workspace: "Workspace", folder: Path | None = None, above: Sequence[Any] = ()
) -> Any:
    """The one spelling of what somebody typed; what cannot be understood stays as it is, for the check to refuse.

    `folder` is where the names of files start, `above` the rows that a table has already.
    """
    from csdocs.model.field import RowsField

    if isinstance(field, RowsField) and isinstance(value, list):
        rows: list[Any] = []
        for row in value:
            rows.append(_row(field, row, workspace, folder, [*above, *rows]))
        return rows
    if isinstance(value, list):
        return [_spelled(field, each, workspace, folder) if isinstance(each, str) else each for each in value]
    if not isinstance(value, str):
        return value
    if field.list:
        return [_spelled(field, part, workspace, folder) for part in re.split(r"[,，、]", value) if part.strip()]
    return _spelled(field, value, workspace, folder)


def _row(table: "RowsField", row: Any, workspace: "Workspace", folder: Path | None, above: Sequence[Any]) -> Any:
    """A row of a table, with the next number if it has none."""
    if not isinstance(row, dict):
        return row
    fields = {field.id: field for field in table.fields}
    out = {id: typed(fields[id], value, workspace, folder) if id in fields else value for id, value in row.items()}
    if table.key and table.key not in out and fields[table.key].kind in ("code", "integer", "text"):
        return {table.key: next_key([each.get(table.key) for each in above if isinstance(each, dict)]), **out}
    return out


def next_key(keys: Sequence[Any]) -> str:
    """The number after the highest, as wide as that is written."""
    numbers = [str(key) for key in keys if _NUMBER.fullmatch(str(key))]
    last = max(numbers, key=int, default="0")
    return str(int(last) + 1).zfill(len(last) if last.startswith("0") and last != "0" else 1)


def _spelled(field: "Field", said: str, workspace: "Workspace", folder: Path | None) -> Any:
    if field.kind == "file":
        from csdocs.prepare.enclosure import enclose

        return enclose(said, folder or Path.cwd(), _bytes(field))
    kind, text = field.kind, _normal(field.kind, said)
    refused = refusal(text)
    if refused:
        raise CsdocsError(
            Text("“{field}”：{why}", "“{field}”: {why}").format(field=field.label, why=refused[0]), refused[1]
        )
    if kind == "choice":
        return _choice(field, text)
    if kind in _OF_WORKSPACE:
        return _OF_WORKSPACE[kind](text, workspace)
    return _OF_ITSELF[kind](text) if kind in _OF_ITSELF else text


def _normal(kind: str, text: str) -> str:
    from csdocs.model.kind import NUMBERS

    text = unicodedata.normalize("NFC", text.strip())
    if kind in NUMBERS | _OF_TIME:  # typed with a Chinese keyboard, or as a spreadsheet shows them
        text = unicodedata.normalize("NFKC", text)
    if kind in ("date", "month"):
        text = _MIDNIGHT.sub("", text)
    if kind == "money":
        text = text.removeprefix("¥").removesuffix("元").strip()
    if kind in NUMBERS and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return text


def _yes_no(text: str) -> str:
    lower = text.lower()
    return "true" if lower in _YES else "false" if lower in _NO else text


def _time(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)(?::00)?", text)  # seconds come with what a spreadsheet saves as CSV
    return f"{found[1].zfill(2)}:{found[2]}" if found else text


def _money(text: str) -> str:
    if re.fullmatch(r"-?\d+", text):
        return f"{text}.00"
    return f"{text}0" if re.fullmatch(r"-?\d+\.\d", text) else text


def _month(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.]0?1)?", text)
    return f"{found[1]}-{int(found[2]):02d}" if found else text


def _year(text: str) -> str:
    return text.removesuffix("年")


def _percent(text: str) -> str:
    return text.rstrip("%").rstrip()


def _date(text: str, workspace: "Workspace") -> str:
    if text.lower() in _DAYS:
        return (workspace.today + dt.timedelta(_DAYS[text.lower()])).isoformat()
    found = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", text)
    if not found:
        return text
    year, month, day = found.group(4, 5, 6) if found[4] else found.group(1, 2, 3)
    return f"{int(year or workspace.today.year):04d}-{int(month):02d}-{int(day):02d}"


def _date_time(text: str, workspace: "Workspace") -> str:
    if text.lower() in ("now", "现在"):
        return workspace.now.isoformat(timespec="minutes")
    found = re.fullmatch(r"(?:(\S+)[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    if not found:
        return text
    day = _date(found[1], workspace) if found[1] else workspace.today.isoformat()
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{int(found[2]):02d}:{found[3]}:{found[4] or '00'}")
    except ValueError:
        return text
    return moment.replace(tzinfo=workspace.settings.zone).isoformat(timespec="seconds" if moment.second else "minutes")


def _choice(field: "Field", text: str) -> str:
    options = getattr(field, "options", ())
    if _NUMBER.fullmatch(text) and 1 <= int(text) <= len(options) and all(option.code != text for option in options):
        return str(options[int(text) - 1].code)
    found = [option.code for option in options if text in (option.code, option.label.zh, option.label.en)]
    return found[0] if found else text


def _staff(text: str, workspace: "Workspace") -> str:
    """By number, by name, or by both as lists show them."""
    found = [
        p.staff_no
        for p in workspace.register.people
        if text.lower() in (p.staff_no.lower(), p.name.zh.lower(), p.name.en.lower())
        or text.lower().split(maxsplit=1)
        in ([p.staff_no.lower(), p.name.zh.lower()], [p.staff_no.lower(), p.name.en.lower()])
    ]
    return found[0] if len(found) == 1 else text


def _reference(text: str, workspace: "Workspace") -> str:
    """The number as the file writes it, typed in either case; the row after `#` as it is."""
    from csdocs.prepare.entry import existing, in_capitals

    id, mark, row = text.partition("#")
    capital = in_capitals(id)
    if id == capital or existing(workspace, {id, capital}) != {capital}:
        return text
    return capital + mark + row


def _department(text: str, workspace: "Workspace") -> str:
    found = [d.id for d in workspace.register.departments if text in (d.id, d.name.zh, d.name.en)]
    return found[0] if found else text


_OF_ITSELF: Mapping[str, Callable[[str], str]] = {
    "yes_no": _yes_no,
    "time": _time,
    "money": _money,
    "month": _month,
    "year": _year,
    "percent": _percent,
}
_OF_WORKSPACE: "Mapping[str, Callable[[str, Workspace], str]]" = {
    "date": _date,
    "date_time": _date_time,
    "staff": _staff,
    "department": _department,
    "reference": _reference,
}


def who_may_be_named(field: "Field", workspace: "Workspace") -> list["Person"]:
    """People who hold a post today, of those that the field asks for."""
    asked, today = set(getattr(field, "posts", ())), workspace.today
    held = ((person, {tenure.post for tenure in person.tenures(today)}) for person in workspace.register.people)
    return [person for person, posts in held if posts and (not asked or asked & posts)]
