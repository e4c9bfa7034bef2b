"""# 条款编号不连续

## 检查什么

正文最外层的编号项就是条款，全文从 1 开始连续编号，中间有小标题也不重新开始。

## 为什么重要

记录和其他制度按“编号/条款号”引用。编号跳号或者重号，引用就指错了地方。

## 示例

    3. 来访登记保存十二个月。
    5. 本制度由客户服务部解释。       # 错：缺第 4 条

    4. （删除）                       # 对：删去的条款留着号码
    5. 本制度由客户服务部解释。

## 如何处理

补上缺少的号码。删去一条时不要顺改后面的编号，把内容换成“（删除）”。新增的条款放在最后。

---

# Clause numbering broken

## What it checks

The outermost numbered items are the clauses. They are numbered from 1 through the whole file,
across headings.

## Why it matters

Records and other documents cite “document/number”. A gap or a repeat makes those citations point at
the wrong clause.

## Example

    3. 来访登记保存十二个月。
    5. 本制度由客户服务部解释。       # wrong: no clause 4

    4. （删除）                       # right: a deleted clause keeps its number
    5. 本制度由客户服务部解释。

## How to fix

Fill the gap. When you delete a clause, leave its number and write “（删除）”
instead of its text; add new clauses at the end.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "DOC202",
    "clause-numbering-broken",
    Severity.ERROR,
    Text("条款编号应为 {expected}，写成了 {number}", "the clause should be numbered {expected}, not {number}"),
    Text(
        "全文连续编号；删去的条款保留为“（删除）”",
        "number the clauses through the file; keep a deleted one as “（删除）”",
    ),
)
