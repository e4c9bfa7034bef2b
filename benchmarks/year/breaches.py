"""The breaches of the year, as a manager would tell them; every one is found by `csdocs check`, and nothing else is.

A plain row is one field that says how it really was. What needs more is a function: some before the year begins, because others
read what it leaves, most when the year has been told, some when its files have been written.
"""

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.year import wrong_papers, wrong_people, wrong_plans, wrong_rosters, wrong_supply, wrong_uniforms
from benchmarks.year.plot import Fields, Plot, Tale
from benchmarks.year.year import Year


class Slip(NamedTuple):
    """A truthful record of something that was not kept: a rule of the form, its clause, the values that show it."""

    rule: str  # FORM:rule
    clause: str
    changes: Fields
    zh: str
    en: str
    suits: Callable[[Fields], bool] = lambda _: True


SLIPS = (
    Slip("F-HANDOVER:in_person", "REG-HANDOVER/2", {"face_to_face": False}, "接班人先上机，双方隔着过道口头交接。", "Handed over across the aisle."),
    Slip("F-HANDOVER:temperature", "REG-HANDOVER/15", {"room_check.0.temp_c": "28.5"}, "空调故障，座席区室温二十八度半。", "The air conditioning failed; the seats had 28.5 degrees."),
    Slip("F-COMPLAINT:apologised", "REG-COMPLAINT/1", {"apology": False}, "受理时没有致歉。", "No apology was made when the complaint was taken."),
    Slip("F-CASE:identity_before_telling", "REG-RECORD/15", {"callbacks.0.identity_verified": False}, "回复个案时没有核对身份。", "A case was answered without checking who was on the line."),
    Slip("F-REVISIT:introduced_first", "REG-PHONE/7", {"introduced": False}, "回访时没有报公司和工号。", "The caller did not say who was calling."),
    Slip("F-REVISIT:identity_first", "REG-REVISIT/9", {"identity_ok": False}, "回访时没有核对客户身份。", "A follow-up without checking the customer's identity."),
    Slip("F-PHONELOG:rings_in_time", "REG-PHONE/1", {"rows.0.rings": 6}, "前台电话响了六声才接。", "Six rings before reception answered."),
    Slip("F-VISITOR:badge_back", "REG-RECEPTION/2", {"rows.0.badge_returned": False}, "来访证没有收回。", "A visitor's badge was not returned."),
    Slip("F-FIVES:personal_limit", "REG-WORKPLACE/4", {"rows.0.personal_items": 3}, "桌面上三件个人物品。", "Three personal things on a desk."),
    Slip("F-FIVES:ready_in_time", "REG-WORKPLACE/16", {"clean_by_0800": False}, "八点时桌面还没有清理。", "Desks were not clear at eight."),
    Slip("F-ROOMENTRY:escorted_throughout", "REG-CONF/17", {"escorted": False, "note": "陪同人中途接电话离开十分钟。"}, "外来人员在机房无人陪同十分钟。", "A visitor was alone in the machine room for ten minutes."),
    Slip("F-DATAACCESS:scope_kept", "REG-RECORD/6", {"within_scope": False}, "查阅超出批准的范围。", "More was looked at than had been approved."),
    Slip("F-BACKUP:restorable", "REG-RECORD/5", {"verified_restore": False}, "备份无法恢复，次周重做。", "A backup could not be restored."),
    Slip("F-SKILLTEST:typing_speed", "REG-DUTY/19", {"typing": 66}, "录入速度没有达标。", "Typing was too slow."),
    Slip("F-STATION:wiped_before", "REG-ROOM/8", {"rows.0.wiped": False}, "签入前没有擦屏。", "The screen was not wiped before signing in."),
    Slip("F-STATION:desk_left_clear", "REG-WORKPLACE/20", {"rows.1.desk_clear": False}, "离开时桌面没有清理。", "A desk was left untidy."),
    Slip("F-QUALITYMON:stayed_calm", "REG-CONDUCT/5", {"calm": False, "comment": "与客户争执，已停岗辅导。"}, "与客户争吵。", "An agent quarrelled with a customer."),
    Slip("F-SHIFTSWAP:rest", "REG-HANDOVER/10", {"applicant_rest_hours": "9.0"}, "换班后班间休息只有九小时。", "A swap left nine hours of rest."),
    Slip("F-DELEGATE:used_within", "REG-ESCALATION/7", {"valid_to": "2027-10-01", "valid_from": "2027-10-01"}, "授权期满后仍在行使。", "Power was used after it had expired."),
    Slip("F-DRILL:everybody_able", "REG-SAFETY/4", {"participants.0.able": False, "participants.0.note": "下周补训。"}, "一人不会使用灭火器。", "One person could not use the extinguisher."),
    Slip("F-DATADESTROY:never_sold", "REG-CONF/6", {"sold_as_waste": True}, "碎纸前整捆卖给废品站。", "Papers were sold as waste."),
    Slip("F-SWINSTALL:licensed_software", "REG-CONF/8", {"licensed": False}, "安装了没有授权的软件。", "Software without a licence was installed."),
    Slip("F-PHONEPERMIT:only_urgent", "REG-ROOM/5", {"rows.0.urgent": False}, "当班接了不急的私人电话。", "A private call that was not urgent."),
    Slip("F-DOCCUSTODY:nothing_missing", "REG-CONF/7", {"all_found": False, "missing": "一份合同副本未找到，正在查找。"}, "清点时少一份合同副本。", "A copy of a contract was missing at the count."),
    Slip("F-SUGGEST:thanked", "REG-FEEDBACK/1", {"thanked": False}, "没有向提建议的客户致谢。", "A customer was not thanked for a suggestion."),
    Slip("F-EMERGENCY:plan_was_started", "REG-SAFETY/4", {"plan_started": False, "plan_used": None}, "停电时没有启动预案。", "The emergency plan was not started."),
    Slip("F-OFFBOARD:no_account_left", "REG-HANDOVER/17", {"accounts_closed": False, "accounts_closed_at": None}, "离职员工的账号没有停用。", "A leaver's accounts were left open."),
    Slip("F-DATACONSENT:within_the_list", "REG-CONF/10", {"as_listed": False}, "提供的信息超出客户同意的范围。", "More was disclosed than the customer had agreed to."),
)  # fmt: skip


def plant_before(year: Year) -> Plot:
    plot = Plot(year)
    for plant in (*wrong_rosters.BEFORE, *wrong_people.BEFORE, *wrong_papers.BEFORE, *wrong_plans.BEFORE):
        plant(plot)
    return plot


def plant_after(plot: Plot) -> None:
    for slip in SLIPS:
        _slip(plot, slip)
    modules = (wrong_rosters, wrong_uniforms, wrong_people, wrong_papers, wrong_plans, wrong_supply)
    for plant in (each for module in modules for each in module.AFTER):
        plant(plot)


def _slip(plot: Plot, slip: Slip) -> None:
    story = plot.pick(slip.rule.partition(":")[0], slip.suits)
    plot.expect("REC318", plot.alter(story, slip.changes), slip.clause, Tale(slip.zh, slip.en), slip.rule)
