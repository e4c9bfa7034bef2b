"""Words that carry what a clause demands: a change to one of them is never a matter of style.

Matching is greedy and errs on the side of noticing: a compound that only looks like an obligation (应用, 获得) is noted as well,
under `other`, so that nothing can be slipped in behind it.
"""

import re
from collections.abc import Iterable, Mapping

_CHINESE: Mapping[str, str] = {
    "other": "应急 应用 供应 反应 回应 响应 相应 适应 对应 应付 应对 应答 答应 效应 应届 应收 感应 获得 取得 得到 得当 值得 使得"
    " 觉得 懂得 记得 难得 得出 得知 显得 所得 许可 认可 可靠 可能 可行 可见 可疑 尽可 可供 宁可 需求 所需 能力 功能 性能 职能"
    " 技能 智能 能源 只能 必要 未必 想必",
    "must": "不得不 不可不 不能不 应当 应该 应予 应 必须 务必 务须 须 必将 必 需要 需 有义务 负责 责令 要求 确保 保证",
    "must_not": "不得 不应当 不应该 不应 不可以 不可 不能够 不能 不准 不许 不允许 不予 不宜 严禁 禁止 切忌 切勿 请勿 勿 无权 未经"
    " 杜绝 拒绝",
    "may": "可以 可 方可 得以 得 能够 能 有权 准予 准许 允许 允 宜",
    "need_not": "无需 无须 毋须 毋需 不需要 不需 不须 不必 不用 免予 免于 免除 豁免",
}
_LIMITS = (
    "至少 至多 最多 最少 最高 最低 最长 最短 最早 最晚 最迟 不少于 不多于 不低于 不高于 不超过 不大于 不小于 不早于 不晚于 不迟于"
    " 超过 少于 多于 低于 高于 大于 小于 早于 晚于 迟于 等于 达到 以上 以下 以内 以外 之内 之外 以前 以后 之前 之后 之日 届满"
    " 提前 推迟 延长 缩短 事先 事前 事后 事中 立即 即时 及时 尽快 随时 当场 当面 书面 口头 当时 当日 当天 当周 当月 当年 次日 次月"
    " 同时 同日 随即 按时 按期 定期 逾期 到期 期间 每 各 全部 部分 全体 全额 任何 所有 一切 其他 其余 仅 只 除 例外 另行 单独 共同"
    " 分别 或者 或 并且 并 且 和 及 与 以及 如果 否则 但是 但 原则上 一般 尽量 优先 自行 擅自 直接 间接 连续 累计 平均 合计 减去 加上"
    " 增加 减少 提高 降低 扣除 罚款 赔偿 收取 退还 同意 批准 驳回 作废 生效 失效 开始 结束 工作日 自然日 每日 每天 每周 每月 每季"
    " 每年 每次 每班 每人 每件 前 后 不 未 无 非 勿 没 否 莫 免 停"
)
_ENGLISH: Mapping[str, str] = {
    "must_not": "must not|shall not|should not|may not|can not|cannot|prohibited|forbidden",
    "need_not": "need not|needs not|not required|exempt",
    "must": "must|shall|should|has to|have to|required|requires?|ensures?|responsible",
    "may": "may|can|permitted|allowed|entitled",
}
_ENGLISH_LIMITS = (
    "at least|at most|no|not|never|none|nor|neither|only|less|more|fewer|least|most|before|after|within|until|unless|except"
    "|every|each|all|any|both|either|or|and|if|immediately|daily|weekly|monthly|quarterly|yearly|annually|half|twice|double"
    "|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand"
)
_PEOPLE = (
    r"[\u4e00-\u9fff]{0,2}(?:人员|主管|经理|领导|小组|负责人|管理员|监督员|部门|部)|[\u4e00-\u9fff]{2}人(?![员力])|交班|接班|早班|白班|中班|晚班|夜班|双方|一方|各方|客户|顾客|员工"
    r"|公司|供应商|班次|本人|他人|上级|下级"
)


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CHINESE_FORCE = {word: force for force, words in _CHINESE.items() for word in words.split()}
OBLIGATIONS = _longest_first(_CHINESE_FORCE)
_CHINESE_PATTERN = re.compile(OBLIGATIONS)  # 不得不 is read before 不得, and 应用 before 应
_ENGLISH_PATTERN = re.compile(
    r"\b(?:" + "|".join(f"(?P<{force}>{words})" for force, words in _ENGLISH.items()) + r")\b", re.IGNORECASE
)
_LIMIT_PATTERN = re.compile(rf"{_longest_first(_LIMITS.split())}|\b(?:{_ENGLISH_LIMITS})\b", re.IGNORECASE)
_PEOPLE_PATTERN = re.compile(_PEOPLE)


def force_words(text: str) -> list[tuple[str, str]]:
    """Every obligation word in order, with its force (`other` for a look-alike)."""
    chinese = [(found.start(), found[0], _CHINESE_FORCE[found[0]]) for found in _CHINESE_PATTERN.finditer(text)]
    english = [(f.start(), f[0].casefold(), f.lastgroup or "other") for f in _ENGLISH_PATTERN.finditer(text)]
    return [(word, force) for _, word, force in sorted(chinese + english)]


def limit_words(text: str) -> list[str]:
    """Words of time, extent, condition and negation."""
    return [found[0].casefold() for found in _LIMIT_PATTERN.finditer(text)]


def people_words(text: str) -> list[str]:
    """Who acts: 交班人员, 现场主管, 双方."""
    return [found[0] for found in _PEOPLE_PATTERN.finditer(text)]
