"""Views to look at: a handover log, a complaint, a uniform requisition, a blank form and a small manual."""

from dataclasses import replace
from typing import Any

from csdocs.render.qr import draw_qr
from csdocs.render.view import (
    AmendmentView,
    AppendixView,
    BlankView,
    ChangeView,
    ChapterView,
    ClauseView,
    DocumentView,
    FieldView,
    Html,
    ManualView,
    PartView,
    RecordView,
    RedlineBlockView,
    RedlineChapterView,
    RedlineClauseView,
    RedlineFieldView,
    RedlineView,
    SectionView,
    SignOffView,
    TableView,
)
from tools.sample import part
from tools.sample.part import IMPRINT, ORGANISATION, columns, signed


def field(label: str, english: str, *lines: str, **more: Any) -> FieldView:
    return part.field(label, *lines, english=english, **more)


ISSUES = TableView(
    label="未结事项",
    columns=columns(
        ("序号", "code"), ("事项类别", "choice"), ("客户及诉求", "text"), ("目前进展与下一步", "long_text"), ("时限", "date_time"),
        ("承接人", "staff"),
    ),
    rows=(
        ("01", "投诉", "会员 88213，冰箱二次维修后仍不制冷，要求换机", "维修站已确认压缩机故障；等待技术部换机意见，上午 10 点前回电",
         "2026-11-20 10:00", "周文 S1041"),
        ("02", "预约", "会员 90177，洗衣机安装改期至周六上午", "已改派安装二组，短信已发", "2026-11-21 09:00", "周文 S1041"),
        ("03", "系统", "工单系统 06:40—07:05 响应缓慢", "信息部已重启节点，继续观察；再次出现即转人工登记", "2026-11-20 12:00",
         "周文 S1041"),
    ),
)  # fmt: skip

HANDOVER = RecordView(
    title="客服坐席交接班日志",
    subtitle_en="Agent shift handover log",
    number="JB-20261120-early-A01",
    form_id="F-HANDOVER",
    form_revision=2,
    state="已关闭",
    day="2026-11-20",
    sections=(
        SectionView(
            title="一、班次",
            content=(
                field("班次", "Shift", "早班 08:00—16:00", kind="choice"),
                field("坐席", "Seat", "A01", kind="code"),
                field("交班人", "Outgoing", "李晓岚（S1023）", kind="staff"),
                field("接班人", "Incoming", "周文（S1041）", kind="staff"),
                field("到岗时间", "Arrived", "07:48", kind="time"),
                field("提前到岗（分钟）", "Lead time", "12", kind="integer", computed=True),
            ),
        ),
        SectionView(
            title="二、本班情况",
            content=(
                field("接听量", "Calls answered", "143", kind="integer"),
                field("室温（℃）", "Room temperature", "27.0", kind="decimal"),
                field("设备状况", "Equipment", "耳麦、话机、双屏正常；2 号打印机卡纸，已报修", wide=True),
                field(
                    "特别提示", "Notes", "配送高峰，来电多问到货时间，统一按公告口径答复。", "午间 12:00—13:00 只留两席，来电请先致歉再转排队。",
                    kind="long_text", wide=True,
                ),
                ISSUES,
            ),
        ),
    ),
    sign_offs=(
        signed("交班确认", "以上事项属实，未结事项已当面说明。", "李晓岚", "S1023", "坐席员", "2026-11-20 08:01:10 +08:00", "签字"),
        signed("接班确认", "已阅读并理解全部未结事项，由本人承接。", "周文", "S1041", "坐席员", "2026-11-20 08:03:42 +08:00", "签字"),
    ),
    findings=("REG-HANDOVER/1：接班人应至少提前 15 分钟到岗，实际提前 12 分钟。", "REG-WORKPLACE/4：室温 27.0 ℃，高于规定上限 26.0 ℃。"),
    imprint=IMPRINT,
)  # fmt: skip

COMPLAINT = RecordView(
    title="客户投诉受理与处理单",
    subtitle_en="Complaint record",
    number="TS-202611-0047",
    form_id="F-COMPLAINT",
    form_revision=4,
    state="已解决，待回访",
    day="2026-11-18",
    sections=(
        SectionView(
            title="一、受理",
            content=(
                field("受理时间", "Received", "2026-11-18 09:26", kind="date_time"),
                field("受理渠道", "Channel", "热线", kind="choice"),
                field("客户编号", "Customer", "88213", kind="customer"),
                field("投诉等级", "Level", "较大", kind="choice"),
                field(
                    "投诉内容", "Complaint",
                    "冰箱购买三个月，先后两次上门维修，更换温控器后第二天又停止制冷，冷冻室食品全部化冻。客户认为维修人员没有找到真正"
                    "原因，要求换机并赔偿食品损失 360 元。",
                    kind="long_text", wide=True,
                ),
            ),
        ),
        SectionView(
            title="二、调查与处理",
            content=(
                field("责任部门", "Department", "售后服务部", kind="department"),
                field("赔付金额（元）", "Compensation", "360.00", kind="money"),
                field("调查结果", "Findings", "压缩机启动继电器间歇失效，两次维修均未检测启动电流。", kind="long_text", wide=True),
                field("处理方案", "Solution", "同型号换机，旧机拉回检测；凭清单赔付食品损失；维修站补做检测流程培训。", kind="long_text", wide=True),
                TableView(
                    label="联系记录",
                    columns=columns(("时间", "date_time"), ("方式", "choice"), ("联系人", "staff"), ("内容", "long_text")),
                    rows=(
                        ("2026-11-18 10:02", "电话", "周文 S1041", "致歉并说明流程，约定当日下午给出方案"),
                        ("2026-11-18 15:40", "电话", "韩梅 S0312", "告知换机及赔付方案，客户接受，约定 11 月 20 日上门换机"),
                    ),
                ),
            ),
        ),
    ),
    sign_offs=(
        signed("受理人签字", "受理内容为客户原意，未作删改。", "周文", "S1041", "坐席员", "2026-11-18 09:41:05 +08:00", "签字"),
        signed("主管审批", "方案合规，同意赔付。", "韩梅", "S0312", "客服主管", "2026-11-18 15:20:31 +08:00", "同意"),
        SignOffView(
            title="回访确认", attests="已与客户本人核实处理结果。", person="赵一鸣", staff_no="S1066", post="质检员",
            at="2026-11-21 10:12:00 +08:00", reason="密钥在签名时已停用", decision="签字",
        ),
    ),
    amendments=(AmendmentView(id="TS-202611-0047.a1", at="2026-11-18 16:02", person="周文 S1041", reason="客户编号末位登记有误，已与来电记录核对"),),
    imprint=replace(IMPRINT, copy_mark="受控", code="TS-2611-9M2C-H8"),
)  # fmt: skip

UNIFORM = RecordView(
    title="制服领用申请表",
    subtitle_en="Uniform requisition",
    number="ZL-202611-003",
    form_id="F-UNIAPPLY",
    form_revision=1,
    state="草稿",
    day="2026-11-19",
    sections=(
        SectionView(
            title="申请",
            content=(
                field("申请人", "Applicant", "吴小满（S1102）", kind="staff"),
                field("部门", "Department", "客户服务一部", kind="department"),
                field("申请日期", "Date", "2026-11-19", kind="date"),
                field("申请类别", "Kind", "新入职配发", kind="choice"),
                TableView(
                    label="领用明细",
                    columns=columns(("序号", "code"), ("品名", "text"), ("规格", "text"), ("数量", "integer"), ("单价（元）", "money"), ("金额（元）", "money")),
                    rows=(
                        ("1", "春秋衬衫（长袖）", "165/88A", "2", "85.00", "170.00"),
                        ("2", "西裤", "165/72A", "2", "120.00", "240.00"),
                        ("3", "胸牌", "", "1", "6.50", "6.50"),
                    ),
                ),
                field("合计（元）", "Total", "416.50", kind="money", computed=True),
                field("备注", "Remarks", kind="long_text", wide=True),
            ),
        ),
    ),
    imprint=replace(IMPRINT, copy_mark="草案", seal_place=False, code=""),
)  # fmt: skip

BLANK = BlankView(
    title="制服领用申请表",
    subtitle_en="Uniform requisition",
    form_id="F-UNIAPPLY",
    form_revision=1,
    sections=(
        SectionView(
            title="申请",
            content=(
                field("申请人", "Applicant"),
                field("部门", "Department"),
                field("申请日期", "Date"),
                FieldView(label="申请类别", label_en="Kind", kind="choice", choices=("新入职配发", "到期换发", "损坏补发", "遗失补领"), wide=True),
                TableView(
                    label="领用明细",
                    columns=columns(("序号", "code"), ("品名", "text"), ("规格", "text"), ("数量", "integer"), ("单价（元）", "money"), ("金额（元）", "money")),
                    blank_rows=6,
                ),
                field("备注", "Remarks", kind="long_text", wide=True),
            ),
        ),
    ),
    steps=(
        SignOffView(title="申请人签字", attests="本人申请领用上列制服，内容属实。"),
        SignOffView(title="部门负责人确认", attests="情况属实，同意领用。"),
        SignOffView(title="仓管发放", attests="上列物品已当面点清发放。"),
    ),
    imprint=replace(IMPRINT, seal_place=False, code="F-UNIAPPLY-1"),
)  # fmt: skip

NUMERALS = "一二三四五六七八九十"


def clause(document: str, number: int, body: str, deleted: bool = False) -> ClauseView:
    return ClauseView(
        number=f"第{NUMERALS[number - 1]}条", anchor=f"{document}-{number}", body=Html(body), deleted=deleted
    )


def regulation(
    id: str, title: str, english: str, bodies: tuple[str, ...], title_of_chapters: tuple[str, str]
) -> DocumentView:
    half = len(bodies) // 2
    clauses = tuple(clause(id, number, body, deleted="（删除）" in body) for number, body in enumerate(bodies, start=1))
    return DocumentView(
        title=title,
        title_en=english,
        id=id,
        revision=2,
        effective="2026-09-01",
        owner="客服经理（R-CSMGR）",
        chapters=(
            ChapterView(title=title_of_chapters[0], anchor=f"{id}-c1", clauses=clauses[:half]),
            ChapterView(title=title_of_chapters[1], anchor=f"{id}-c2", clauses=clauses[half:]),
        ),
        changes=(
            ChangeView(revision="1", date="2026-03-01", kind="重大", summary="首次发布", reason="统一各班组做法"),
            ChangeView(
                revision="2",
                date="2026-08-20",
                kind="一般",
                summary="到岗提前量由 10 分钟改为 15 分钟",
                reason="三季度交接遗漏分析",
            ),
        ),
        sign_offs=(
            signed("起草人提交", "提交第 2 版终稿。", "许静", "S0007", "文控员", "2026-08-20 10:12:00 +08:00"),
            signed(
                "批准",
                "同意第 2 版自 2026-09-01 起施行。",
                "韩梅",
                "S0312",
                "客服主管",
                "2026-08-22 09:30:00 +08:00",
            ),
        ),
        imprint=replace(IMPRINT, code=f"{id}-2"),
    )


HANDOVER_CLAUSES = (
    '<p>接班人员应在班次开始前 15 分钟到岗，先阅读上一班的<a href="#REG-HANDOVER-3">交接班日志</a>，再与交班人员当面核对未结事项。</p>',
    (
        "<p>交班人员应当逐项说明：</p><ol><li>未结的投诉、预约和承诺回电；</li><li>系统、话机、耳麦等设备的异常；</li>"
        "<li>上级临时通知以及对外答复口径：<ol><li>通知原文的出处；</li><li>口径的起止时间。</li></ol></li></ol>"
    ),
    "<p>交接以双方在日志上签字为完成。接班人员签字前，交班人员不得离岗；接班人员未到岗的，由班长安排替班并在日志注明。</p>",
    "<p>（删除）</p>",
    (
        "<p>不同情形的处理时限如下：</p><table><thead><tr><th scope='col'>情形</th><th scope='col'>处理人</th><th scope='col'>时限</th></tr></thead>"
        "<tbody><tr><td>客户来电未完即交班</td><td>交班人员</td><td>通话结束后 5 分钟内</td></tr>"
        "<tr><td>系统故障跨班</td><td>接班人员</td><td>每 30 分钟登记一次</td></tr></tbody></table>"
    ),
    "<p>班长每周抽查交接班日志不少于五份，发现漏项的，当日补正并记入班组台账。</p>",
)
WORKPLACE_CLAUSES = (
    "<p>坐席区内保持安静，手机调至静音，通话以不影响邻座为度。</p>",
    "<p>桌面只放当班所需物品。含有客户信息的纸张不得留在桌面过夜，离席即锁屏。</p>",
    "<p>食物和无盖饮料不得带入坐席区。</p>",
    "<p>坐席区室温应保持在 18 ℃ 至 26 ℃ 之间，由行政每日两次记录；超出范围的，应在一小时内报修并登记。</p>",
)
COMPLAINT_CLAUSES = (
    "<p>任何员工接到投诉，应当先听完、先致歉，不得推诿，不得要求客户另打电话。</p>",
    "<p>一般投诉 24 小时内、较大投诉 4 小时内首次联系客户；无法按时联系的，应留下三次不同时段的联系记录。</p>",
    "<p>处理方案超过坐席权限的，由主管审批；赔付 500 元以上的，由客服经理批准。</p>",
    "<p>结案后三个工作日内回访。客户不认可的，原编号重开，不得另立新单。</p>",
)

MANUAL = ManualView(
    title="客户服务部规章制度手册",
    title_en="Customer service rule book",
    facts=(
        ("编制单位", ORGANISATION),
        ("版本", "2026 年第 4 次汇编"),
        ("截至日期", "2026-11-20"),
        ("依据提交", "4c1e9a72d0b3"),
        ("收录", "规章 3 份，表单 3 种"),
    ),
    parts=(
        PartView(
            number="第一篇　",
            title="日常运行",
            anchor="part-1",
            documents=(
                regulation(
                    "REG-HANDOVER",
                    "交接班管理规定",
                    "Shift handover",
                    HANDOVER_CLAUSES,
                    ("第一章　交接要求", "第二章　时限与检查"),
                ),
                regulation(
                    "REG-WORKPLACE",
                    "坐席现场管理规定",
                    "Workplace",
                    WORKPLACE_CLAUSES,
                    ("第一章　秩序", "第二章　环境"),
                ),
            ),
        ),
        PartView(
            number="第二篇　",
            title="客户权益",
            anchor="part-2",
            documents=(
                regulation(
                    "REG-COMPLAINT",
                    "投诉处理规定",
                    "Complaints",
                    COMPLAINT_CLAUSES,
                    ("第一章　受理", "第二章　处理"),
                ),
            ),
        ),
    ),
    appendices=(
        AppendixView(
            title="附录一　表单清单",
            anchor="appendix-forms",
            intro="下列表单为现行有效版本，空白表可由本手册同一来源打印。",
            tables=(
                TableView(
                    columns=columns(
                        ("编号", "code"),
                        ("名称", "text"),
                        ("版次", "integer"),
                        ("对应条款", "text"),
                        ("保存期限", "text"),
                    ),
                    rows=(
                        ("F-HANDOVER", "客服坐席交接班日志", "2", "REG-HANDOVER/1、3", "24 个月"),
                        ("F-COMPLAINT", "客户投诉受理与处理单", "4", "REG-COMPLAINT/1—4", "60 个月"),
                        ("F-UNIAPPLY", "制服领用申请表", "1", "REG-UNIFORM/5", "36 个月"),
                    ),
                ),
            ),
        ),
        AppendixView(
            title="附录二　参数一览",
            anchor="appendix-parameters",
            tables=(
                TableView(
                    columns=columns(
                        ("参数", "text"),
                        ("含义", "long_text"),
                        ("数值", "decimal"),
                        ("单位", "choice"),
                        ("出处", "text"),
                    ),
                    rows=(
                        ("handover_lead_min", "接班人员提前到岗", "15", "分钟", "REG-HANDOVER/1"),
                        ("room_temp_max", "坐席区室温上限", "26.0", "℃", "REG-WORKPLACE/4"),
                        ("complaint_contact_h", "较大投诉首次联系", "4", "小时", "REG-COMPLAINT/2"),
                    ),
                ),
            ),
        ),
    ),
    imprint=replace(IMPRINT, code="M-2026-4-T7Q9", qr_svg=draw_qr("CSDOCS:MANUAL:t7q9")),
)


def passage(status: str, *runs: tuple[str, str]) -> RedlineBlockView:
    return RedlineBlockView(status=status, kind="paragraph", rows=((runs,),))


REDLINE = RedlineView(
    title="交接班管理规定",
    title_en="Shift handover",
    id="REG-HANDOVER",
    before="第 1 版",
    after="第 2 版",
    kind="重大",
    changes=(ChangeView(revision="2", date="2026-11-01", kind="重大", summary="提前到岗改为 15 分钟", reason="十月多次交接仓促"),),
    fields=(RedlineFieldView(label="生效日期", before="2026-01-01", after="2026-11-20"),),
    parameters=(RedlineFieldView(label="提前到岗", note="handover_lead_min", before="10 分钟", after="15 分钟"),),
    chapters=(
        RedlineChapterView(
            number="第一章　",
            title=(("equal", "交接要求"),),
            clauses=(
                RedlineClauseView(
                    status="changed",
                    status_words="修改",
                    number="第一条",
                    blocks=(
                        passage("changed", ("equal", "接班人员提前 "), ("delete", "10"), ("insert", "15"), ("equal", " 分钟到岗。")),
                    ),
                    reasons=("第 2 版：十月多次交接仓促",),
                ),
                RedlineClauseView(status="added", status_words="新增", number="第二条", blocks=(passage("added", ("insert", "先阅读上一班日志。")),)),
                RedlineClauseView(status="same", status_words="", number="第三条", blocks=(passage("same", ("equal", "双方签字后交接完成。")),)),
            ),
        ),
    ),
    imprint=replace(IMPRINT, copy_mark="修订对照", seal_place=False),
)  # fmt: skip
