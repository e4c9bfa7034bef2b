"""# 某年没有节假日

## 检查什么

handbook/calendar.yaml 列有节假日，但今年（十二月起还有明年）一天也没有。

## 为什么重要

按工作日计算的期限都从日历推算。国务院的放假通知发布后没有补进来，春节也会算作工作日：
没有逾期的会报逾期，值班要求也会出错。

## 示例

    holidays:
      - {from: 2025-10-01, until: 2025-10-08, name: {zh: 国庆节, en: National Day}}     # 错：今天是 2026 年
      - {from: 2026-10-01, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}     # 对

## 如何处理

按当年的放假通知补上各节日和调休上班日（extra_working_days），提交审批。

---

# Year without holidays

## What it checks

handbook/calendar.yaml lists holidays, but none of this year (from December on: or of the next).

## Why it matters

Deadlines in working days follow from the calendar. Unless the yearly notice is entered, the Spring
Festival counts as work: what is in time is called late, and shifts are asked for on days off.

## Example

    holidays:
      - {from: 2025-10-01, until: 2025-10-08, name: {zh: 国庆节, en: National Day}}     # wrong: it is 2026
      - {from: 2026-10-01, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}     # right

## How to fix

Enter the holidays of the year's notice and the days worked instead (extra_working_days), and have
them approved.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import CALENDAR
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

_NOTICE = 12  # the month by which the next year's holidays have been announced


def check(workspace: Workspace) -> Iterator[Problem]:
    known, today = workspace.calendar.years_with_holidays, workspace.today
    asked = (today.year, today.year + 1) if today.month == _NOTICE else (today.year,)
    for year in asked if known else ():
        if year not in known:
            yield Problem("year-without-holidays", ("holidays",), {"path": CALENDAR, "year": year})


RULE = Rule(
    "WSP527",
    "year-without-holidays",
    Severity.WARNING,
    Text("日历中没有 {year} 年的节假日", "the calendar has no holidays of {year}"),
    Text("按放假通知补上节假日和调休", "enter the holidays and the days worked instead"),
    check,
)
