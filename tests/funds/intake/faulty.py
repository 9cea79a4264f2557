"""A workbook with twenty-five different faults and nothing else wrong; each stands in a cell of its own."""

from collections.abc import Mapping
from datetime import date

from tests.funds.intake.workbooks import Rows, change_part, make_workbook, read_part

DAY = date(2021, 3, 1)
LATER = date(2023, 6, 30)

# Where each fault stands, and its message code.
FAULTS: Mapping[str, str] = {
    "填报说明!B2": "date.impossible",
    "填报说明!B6": "import.control_rows",
    "填报说明!C7": "import.control_sum",
    "机构表!A1": "import.misspelt_sheet",
    "园区主导产业!A3": "code.unknown",
    "机构!C5": "credit_code.check_character",
    "机构!C6": "credit_code.not_text",
    "企业名录!B6": "import.missing_value",
    "企业名录!D1": "import.unknown_header",
    "资金性质!B5": "import.unknown_choice",
    "基金!D4": "date.ambiguous",
    "基金园区!D3": "park_share.not_whole",
    "认缴!E6": "money.not_a_number",
    "实缴!D4": "paid_in.over_commitment",
    "实缴!D5": "import.formula",
    "分配!D3": "import.error_cell",
    "企业产业!C3": "measure.not_a_share",
    "企业产业!C5": "tag.over_whole",
    "投资!E5": "import.merged",
    "投资!E7": "import.total_mismatch",
    "回款!G3": "exit.no_cost",
    "回款!G4": "exit.over_cost",
    "费用!D3": "money.not_whole_fen",
    "费用!D5": "twin.contradicted",
    "余额!D2": "money.negative",
}

_SHEETS: Mapping[str, Rows] = {
    "填报说明": [
        ["城市", "示例市"],
        ["数据截止日", "2025-02-30"],
        [],
        ["工作表", "行数", "金额合计（万元）"],
        ["机构", 5.0, None],
        ["产业", 9.0, None],
        ["回款", None, 9999.0],
    ],
    "机构表": [["机构代码", "名称"], ["LP7", "某某集团"]],
    "产业": [["产业代码*", "名称*"], ["SW", "生物医药"], ["XC", "新材料"]],
    "园区": [["园区代码*", "名称*"], ["P1", "某某园区"]],
    "园区主导产业": [
        ["园区代码*", "产业代码*", "排序*", "生效日*"],
        ["P1", "SW", 1.0, DAY],
        ["P9", "SW", 1.0, DAY],
    ],
    "机构": [
        ["机构代码*", "名称*", "统一社会信用代码"],
        ["LP1", "市财政局", None],
        ["LP2", "某某保险", "91350100M000100Y43"],
        ["LP3", "某某国资", None],
        ["LP4", "某某银行", "91350100M000100Y44"],
        ["LP5", "某某信托", 9.11101081234568e17],
    ],
    "企业名录": [
        ["企业代码*", "名称*", "园区代码", "联系人"],
        ["C1", "甲生物", "P1", None],
        ["C2", "乙生物", "P1", None],
        ["C3", "丙材料", None, None],
        ["C4", "丁材料", None, None],
        ["C5", None, None, None],
    ],
    "资金性质": [
        ["机构代码*", "性质*", "生效日*"],
        ["LP1", "财政", DAY],
        ["LP2", "社会资本", DAY],
        ["LP3", "国有企业", DAY],
        ["LP4", "银行", DAY],
    ],
    "基金": [
        ["基金代码*", "名称*", "类型*", "成立日*"],
        ["F1", "某某产业基金", "子基金", DAY],
        ["F2", "某某园区基金", "园区基金", DAY],
        ["F3", "某某专项基金", "专项基金", "03/04/2021"],
    ],
    "基金园区": [
        ["基金代码*", "园区代码*", "关系*", "份额%", "生效日*"],
        ["F1", "P1", "设立", 100.0, DAY],
        ["F2", "P1", "设立", 60.0, DAY],
    ],
    "认缴": [
        ["业务编号", "基金代码*", "出资人代码*", "变更*", "认缴额（万元）*", "签署日*"],
        ["RJ1", "F1", "LP1", "新增", 6000.0, DAY],
        ["RJ2", "F1", "LP2", "新增", 4000.0, DAY],
        ["RJ3", "F2", "LP1", "新增", 3000.0, DAY],
        ["RJ4", "F2", "LP3", "新增", 1000.0, DAY],
        ["RJ5", "F2", "LP7", "新增", "一千", DAY],
    ],
    "实缴": [
        ["业务编号", "基金代码*", "出资人代码*", "实缴额（万元）*", "到账日*"],
        ["SJ1", "F1", "LP1", 6000.0, DAY],
        ["SJ2", "F1", "LP2", 4000.0, DAY],
        ["SJ3", "F2", "LP3", 1500.0, DAY],
        ["SJ4", "F2", "LP1", "=D2/2", DAY],
        # These two rest on what was refused above and are no faults of their own.
        ["SJ5", "F2", "LP7", 500.0, DAY],
        ["SJ6", "F3", "LP1", 500.0, DAY],
    ],
    "分配": [
        ["业务编号", "基金代码*", "出资人代码*", "金额（万元）*", "日期*", "性质*"],
        ["FP1", "F1", "LP1", 600.0, LATER, "收益"],
        ["FP2", "F1", "LP2", "=1/0", LATER, "收益"],
    ],
    "企业产业": [
        ["企业代码*", "产业代码*", "权重%*", "主标签", "生效日*"],
        ["C1", "SW", 100.0, "是", DAY],
        ["C2", "SW", 120.0, "是", DAY],
        ["C3", "SW", 60.0, "是", DAY],
        ["C3", "XC", 60.0, "否", DAY],
    ],
    "投资": [
        ["业务编号", "基金代码*", "企业代码*", "付款日*", "金额（万元）*"],
        ["TZ1", "F1", "C1", DAY, 2000.0],
        ["TZ2", "F1", "C2", DAY, 1000.0],
        ["TZ3", "F1", "C3", DAY, 500.0],
        ["TZ4", "F1", "C4", DAY, 300.0],
        ["TZ5", "F1", "C4", DAY, None],
        ["合计", None, None, None, 38000.0],
    ],
    "回款": [
        ["业务编号", "基金代码*", "企业代码*", "日期*", "金额（万元）*", "类型*", "成本转出（万元）"],
        ["HK1", "F1", "C1", LATER, 800.0, "转让", 500.0],
        ["HK2", "F1", "C2", LATER, 900.0, "转让", None],
        ["HK3", "F1", "C3", LATER, 900.0, "并购", 700.0],
    ],
    "费用": [
        ["业务编号", "基金代码*", "类型*", "金额（万元）*", "日期*"],
        ["FY1", "F1", "管理费", 100.0, LATER],
        ["FY2", "F1", "托管费", 0.0000005, LATER],
        ["FY3", "F1", "税费", 10.0, LATER],
        ["FY3", "F1", "税费", 12.0, LATER],
    ],
    "余额": [
        ["基金代码*", "日期*", "项目*", "金额（万元）*"],
        ["F1", LATER, "银行存款", -5.0],
    ],
}


def make_faulty_workbook() -> bytes:
    """The workbook with exactly the faults of FAULTS."""
    content = make_workbook(_SHEETS)
    titles = list(_SHEETS)
    shares = f"xl/worksheets/sheet{titles.index('分配') + 1}.xml"
    error = b'<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    content = change_part(content, shares, b'<c r="D3"><f>1/0</f><v></v></c>', error)
    investments = f"xl/worksheets/sheet{titles.index('投资') + 1}.xml"
    assert b"</sheetData>" in read_part(content, investments)
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="E5:E6"/></mergeCells>'
    return change_part(content, investments, b"</sheetData>", merged)
