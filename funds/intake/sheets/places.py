"""Sheets of industries, parks, their leading industries and the segments of chains."""

from funds.drafts import (
    CrosswalkDraft,
    IndustryDraft,
    ParkDraft,
    ParkIndustryDraft,
    SegmentDraft,
    SegmentEdgeDraft,
)
from funds.intake.columns import FLAG, Column, Kind, Sheet
from funds.kinds import Confirmation, IndustryCategory, SegmentPosition

CATEGORIES = {
    "重点": IndustryCategory.KEY,
    "前瞻": IndustryCategory.FRONTIER,
    "其他": IndustryCategory.OTHER,
}
POSITIONS = {
    "上游": SegmentPosition.UPSTREAM,
    "中游": SegmentPosition.MIDSTREAM,
    "下游": SegmentPosition.DOWNSTREAM,
}
CONFIRMATIONS = {"待核实": Confirmation.UNCHECKED, "已核实": Confirmation.CONFIRMED}

PLACE_SHEETS = (
    Sheet(
        "产业",
        IndustryDraft,
        (
            Column("产业代码", "code", Kind.CODE, required=True, example="SW"),
            Column("名称", "name", Kind.NAME, required=True, example="生物医药"),
            Column("上级代码", "parent", Kind.CODE, note="上一级产业的产业代码；最高一级留空。"),
            Column(
                "类别", "category", Kind.CHOICE, choices=CATEGORIES, note="留空按“其他”。", example="重点"
            ),
            Column(
                "国标代码",
                "national_codes",
                Kind.CODES,
                note="GB/T 4754-2017 代码，多个用分号隔开。",
                example="27;358;734",
            ),
            Column("别名", "aliases", Kind.TEXT, note="多个用分号隔开。", example="生命健康"),
            Column("生效日", "from_date", Kind.DATE, example="2022-01-01"),
            Column("失效日", "to_date", Kind.DATE),
            Column("依据", "basis", Kind.TEXT, note="文件名称、文号与条款。"),
        ),
        key=("code", "from_date"),
    ),
    Sheet(
        "园区",
        ParkDraft,
        (
            Column("园区代码", "code", Kind.CODE, required=True, example="P01"),
            Column("名称", "name", Kind.NAME, required=True, example="某某高新技术产业园"),
            Column("级别", "level", Kind.NAME, example="省级"),
            Column("所属区县", "district", Kind.NAME, example="某某区"),
            Column("生效日", "from_date", Kind.DATE, example="2022-01-01"),
        ),
        key=("code", "from_date"),
    ),
    Sheet(
        "园区主导产业",
        ParkIndustryDraft,
        (
            Column("园区代码", "park", Kind.CODE, required=True, example="P01"),
            Column("产业代码", "industry", Kind.CODE, required=True, example="SW"),
            Column("排序", "rank", Kind.WHOLE, required=True, note="1 为第一主导产业。", example=1),
            Column("生效日", "from_date", Kind.DATE, required=True, example="2022-01-01"),
            Column("失效日", "to_date", Kind.DATE),
            Column("依据", "basis", Kind.TEXT, note="文件名称、文号与条款。"),
        ),
        key=("park", "industry", "from_date"),
    ),
    Sheet(
        "产业链环节",
        SegmentDraft,
        (
            Column("产业代码", "industry", Kind.CODE, required=True, example="SW"),
            Column("环节代码", "code", Kind.CODE, required=True, example="SW-CXO"),
            Column("名称", "name", Kind.NAME, required=True, example="研发生产外包"),
            Column("上级环节", "parent", Kind.CODE, note="上一级环节的环节代码。"),
            Column("位置", "position", Kind.CHOICE, choices=POSITIONS, example="中游"),
        ),
        key=("industry", "code"),
    ),
    Sheet(
        "环节关系",
        SegmentEdgeDraft,
        (
            Column("产业代码", "industry", Kind.CODE, required=True, example="SW"),
            Column("环节代码", "source", Kind.CODE, required=True, note="供给的一方。", example="SW-CXO"),
            Column("下游产业代码", "target_industry", Kind.CODE, note="与下游环节同属一条产业链时留空。"),
            Column("下游环节代码", "target", Kind.CODE, required=True, note="接受的一方。", example="SW-YY"),
            Column("依据", "basis", Kind.TEXT),
        ),
        key=("industry", "source", "target_industry", "target"),
    ),
    Sheet(
        "国标对照",
        CrosswalkDraft,
        (
            Column("产业代码", "industry", Kind.CODE, required=True, example="SW"),
            Column("国标代码", "national_code", Kind.CODE, required=True, example="2761"),
            Column("环节代码", "segment", Kind.CODE, note="留空表示对应整个产业。", example="SW-CXO"),
            Column("部分对应", "is_partial", Kind.CHOICE, choices=FLAG, note="留空按“否”。", example="否"),
            Column(
                "核实状态",
                "confirmation",
                Kind.CHOICE,
                choices=CONFIRMATIONS,
                note="留空按“待核实”。",
                example="待核实",
            ),
            Column("生效日", "from_date", Kind.DATE, note="对应环节时不用填写。"),
            Column("依据", "basis", Kind.TEXT, note="文件名称、文号与条款。"),
        ),
        key=("industry", "national_code", "segment", "from_date"),
    ),
)
