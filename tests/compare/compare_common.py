"""A regulation and a form small enough to read, and changes made to them."""

from csdocs.compare.kind import computed_kind
from csdocs.compare.reason import ComputedKind

REGULATION = "handbook/regulations/REG-SAMPLE.md"
FORM = "templates/forms/sample.yaml"

DOCUMENT = """---
id: REG-SAMPLE
title: {zh: 样例制度, en: Sample}
summary: {zh: 说明交接的做法, en: How shifts hand over}
revision: 1
owner: R-SUPERVISOR
effective: 2026-09-01
review_every: 365
profile: GEN
changes:
  - revision: 1
    date: 2026-08-20
    kind: major
    summary: {zh: 首次发布, en: First issue}
    reason: {zh: 统一做法, en: One way for all}
    drafted_by: [S0007]
parameters:
  - id: lead_min
    kind: number
    value: "10"
    unit: {zh: 分钟, en: min}
    label: {zh: 提前到岗的时间, en: Lead}
  - id: repair
    kind: choice
    value: "full"
    options:
      - {code: full, label: {zh: 全额赔偿, en: Full price}}
      - {code: half, label: {zh: 折半赔偿, en: Half the price}}
    label: {zh: 赔偿方式, en: Compensation}
obligations:
  - {clause: 2, form: F-SAMPLE, every: day, per: workspace, since: 2026-10-01, due: P1D}
evidence:
  inspection: [3]
  acknowledgement: [5]
---

## 总则

为保证工作不中断，制定本制度。

1. 接班人员应当提前{{ lead_min }}分钟到岗，认真核对台账。

2. 交班人员应当填写[交接班记录](F-SAMPLE)，并签字；不得代签。

## 要求

3. 温度应当保持在18至26摄氏度，按照下表记录：

   | 时段 | 次数 |
   |------|------|
   | 早班 | 3 |
   | 晚班 | 二十 |

4. 有异议的，可以在5日内申诉；赔偿方式为{{ repair }}，由**现场主管**办理：
   1. 填写申诉单；
   2. 等待答复。

5. 本制度由客户服务部解释，代号为`A-01`。
"""

FORM_TEXT = """id: F-SAMPLE
title: {zh: 样例单, en: Sample form}
revision: 1
owner: R-SUPERVISOR
effective: 2026-09-01
review_every: 365
profile: GEN
changes:
  - revision: 1
    date: 2026-08-20
    kind: major
    summary: {zh: 首次发布, en: First issue}
    reason: {zh: 统一做法, en: One way for all}
    drafted_by: [S0007]
clauses: [REG-SAMPLE/2]
number: {pattern: "YL-{day:YYYYMM}-{serial:3}", gap: report}
retention: {months: "24", from: closed, then: destroy, basis: REG-SAMPLE/2}
void_by: [R-SUPERVISOR]
sections:
  - id: main
    title: {zh: 内容, en: Contents}
    fields:
      - {id: author, kind: staff, label: {zh: 填表人, en: Author}, required: true}
      - id: reason
        kind: choice
        label: {zh: 原因, en: Reason}
        options:
          - {code: new, label: {zh: 新入职, en: Newcomer}}
          - {code: renew, label: {zh: 更新, en: Renewal}}
      - {id: qty, kind: integer, min: 1, max: 9, label: {zh: 数量, en: Quantity}, hint: {zh: 按件填写, en: Count pieces}}
rules:
  - id: enough
    assert: qty >= 1
    at: qty
    message: {zh: "数量{qty}太少", en: "{qty} is too few"}
deadlines:
  - {id: answer, label: {zh: 答复, en: Answer}, from: signed.write, within: days(3), until: closed, breaks: REG-SAMPLE/2}
steps:
  - {id: write, title: {zh: 填表人签字, en: Author signs}, by: author, section: main, attests: {zh: 情况属实, en: It is true}}
  - {id: check, title: {zh: 主管签字, en: Supervisor signs}, by: {post: R-SUPERVISOR}, section: main, attests: {zh: 同意, en: Agreed}}
"""


def edited(text: str, *replacements: tuple[str, str]) -> str:
    """Each first part must stand in the text."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def document_kind(old: str, new: str) -> ComputedKind:
    return computed_kind(REGULATION, DOCUMENT.encode(), edited(DOCUMENT, (old, new)).encode())


def form_kind(old: str, new: str) -> ComputedKind:
    return computed_kind(FORM, FORM_TEXT.encode(), edited(FORM_TEXT, (old, new)).encode())
