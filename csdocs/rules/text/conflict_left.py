"""# 留有合并冲突的标记

## 检查什么

文件里不能有 git 合并时留下的标记：以 `<<<<<<< ` 或 `>>>>>>> ` 开头的行。

## 为什么重要

两个人改了同一处，git 把两种写法都放进文件，等人选定。没有选就提交，谁也不知道哪一种算数。

## 示例

    <<<<<<< HEAD              # 错
      phone: 13800138000
    =======
      phone: 13900139000
    >>>>>>> origin/main

## 如何处理

文件还没有人签字的，留下对的一种写法，删去标记。记录已有人签字的，整份取其中一方：`git checkout --ours 文件` 或 `--theirs`，
另一方的内容用 csdocs amend 补上；两份不同的记录用了同一个编号的，先取消合并（`git merge --abort`），给自己的一份 csdocs renumber，再合并。

---

# Merge conflict left

## What it checks

No file may hold the marks that git leaves in a merge: lines that begin with `<<<<<<< ` or
`>>>>>>> `.

## Why it matters

Where two people changed the same place git puts both wordings into the file and leaves the choice
to somebody. Committed without it, nobody knows which one counts.

## Example

    <<<<<<< HEAD              # wrong
      phone: 13800138000
    =======
      phone: 13900139000
    >>>>>>> origin/main

## How to fix

If nobody has signed the file, keep the wording that is right and delete the marks. Of a record that
is signed take one side whole, `git checkout --ours FILE` or `--theirs`, and add what the other says
with csdocs amend. If two records took one number, give up the merge (`git merge --abort`), give your
own another with csdocs renumber, then merge.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT114",
    "conflict-left",
    Severity.ERROR,
    Text("留有合并冲突的标记", "a mark of a merge conflict is left"),
    Text(
        "没签过字的，留下对的写法，删去标记；两份记录同号的，先 git merge --abort；否则记录整份取一方：git checkout --ours 文件（或 --theirs）；见 csdocs explain TXT114",
        "if nobody has signed, keep what is right and delete the marks; if two records took one number, git merge --abort; else of a record take one side whole: git checkout --ours FILE (or --theirs); see csdocs explain TXT114",
    ),
)
