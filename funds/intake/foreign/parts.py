"""What a table of the trade can become: for each sheet of the template the columns that usually feed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """A sheet of the template that a table may feed.

    `needs` are groups of concepts, of each of which one must be there; `columns` name, for each column of the
    template, the concepts that feed it, the best first; `words` what stands in a column where nothing feeds it.
    """

    sheet: str
    needs: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()  # a table with any of these is about something else


def _any(*concepts: str) -> frozenset[str]:
    return frozenset(concepts)


_FUND = {"基金代码": ("fund",)}
_FUND_AND_COMPANY = {"基金代码": ("fund",), "企业代码": ("company", "project")}
_FUND_AND_INVESTOR = {"基金代码": ("fund",), "出资人代码": ("investor",)}
_FIRM = _any("company", "project")

PARTS: tuple[Part, ...] = (
    Part(
        "园区",
        (_any("park"),),
        {"园区代码": ("park",), "名称": ("park",)},
        without=_any("company", "project", "fund", "amount", "investor"),
    ),
    Part(
        "机构",
        (_any("investor"),),
        {"机构代码": ("investor",), "名称": ("investor",), "统一社会信用代码": ("credit_code",)},
        without=_FIRM,
    ),
    Part(
        "企业名录",
        (_FIRM,),
        {
            "企业代码": ("company", "project"),
            "名称": ("company", "project"),
            "统一社会信用代码": ("credit_code",),
            "国标行业代码": ("industry",),
            "园区代码": ("park",),
        },
    ),
    Part(
        "资金性质",
        (_any("investor"), _any("nature")),
        {"机构代码": ("investor",), "性质": ("nature",), "生效日": ("signed_on", "day")},
    ),
    Part(
        "基金",
        (_any("fund"), _any("established", "manager", "filing_no", "target_size")),
        {
            "基金代码": ("fund",),
            "名称": ("fund",),
            "类型": ("kind",),
            "管理人代码": ("manager",),
            "托管行代码": ("custodian",),
            "目标规模": ("target_size",),
            "成立日": ("established",),
            "基金备案编号": ("filing_no",),
        },
        {"类型": "子基金"},
        without=_any("company", "project", "investor"),
    ),
    Part(
        "认缴",
        (_any("investor"), _any("committed")),
        {**_FUND_AND_INVESTOR, "认缴额": ("committed",), "签署日": ("signed_on", "established", "day")},
        {"变更": "新增"},
    ),
    Part(
        "实缴",
        (_any("investor"), _any("paid_in", "amount")),
        {
            **_FUND_AND_INVESTOR,
            "实缴额": ("paid_in", "amount"),
            "到账日": ("received_on", "paid_on", "day"),
        },
        without=_any("distributed", "company"),
    ),
    Part(
        "分配",
        (_any("investor"), _any("distributed")),
        {
            **_FUND_AND_INVESTOR,
            "金额": ("distributed",),
            "日期": ("distributed_on", "day"),
            "性质": ("kind",),
        },
        {"性质": "返还本金"},
    ),
    Part(
        "企业产业",
        (_FIRM, _any("industry")),
        {
            "企业代码": ("company", "project"),
            "产业代码": ("industry",),
            "生效日": ("paid_on", "closed_on", "day"),
        },
        {"权重%": "100", "主标签": "是"},
    ),
    Part(
        "投资",
        (_FIRM, _any("amount"), _any("paid_on", "closed_on", "day", "received_on")),
        {
            **_FUND_AND_COMPANY,
            "决策日": ("decided_on",),
            "付款日": ("paid_on", "closed_on", "day", "received_on"),
            "金额": ("amount",),
            "工具": ("instrument",),
            "持股比例%": ("stake",),
        },
        without=_any("investor"),
    ),
    Part(
        "回款",
        (_FIRM, _any("exit_amount"), _any("exit_date")),
        {
            **_FUND_AND_COMPANY,
            "日期": ("exit_date",),
            "金额": ("exit_amount",),
            "类型": ("exit_kind",),
        },
        {"类型": "转让", "转让比例%": "100"},
    ),
    Part(
        "估值",
        (_FIRM, _any("fair_value")),
        {
            **_FUND_AND_COMPANY,
            "估值日": ("valued_on",),
            "公允价值": ("fair_value",),
            "方法": ("method",),
            "依据": ("note",),
        },
    ),
    Part(
        "基金净值",
        (_any("fund"), _any("nav")),
        {**_FUND, "日期": ("valued_on", "day"), "净值": ("nav",)},
        without=_FIRM,
    ),
)
PART_BY_SHEET: Mapping[str, Part] = {part.sheet: part for part in PARTS}
