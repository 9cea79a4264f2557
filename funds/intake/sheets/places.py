"""Sheets of industries, parks, their leading industries and the segments of chains."""

from funds.drafts import IndustryDraft, ParkDraft, ParkIndustryDraft, SegmentDraft
from funds.intake.columns import Column, Kind, Sheet
from funds.kinds import IndustryCategory, SegmentPosition

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
)
