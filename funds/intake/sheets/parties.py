"""Sheets of institutions, firms, the nature of money, ownership, and the industries of firms."""

from funds.drafts import CompanyDraft, CompanyTagDraft, NatureDraft, OwnershipDraft, PartyDraft
from funds.intake.columns import FLAG, Column, Kind, Sheet
from funds.kinds import GovernmentLevel, Nature

SINCE = Column("生效日", "from_date", Kind.DATE, note="这一行的内容自哪天起；留空表示一直如此。")

NATURES = {
    "财政": Nature.FISCAL,
    "国有企业": Nature.STATE_OWNED,
    "社会资本": Nature.SOCIAL,
    "财政资金": Nature.FISCAL,
    "国企": Nature.STATE_OWNED,
    "社会": Nature.SOCIAL,
}
LEVELS = {
    "国家": GovernmentLevel.NATIONAL,
    "省": GovernmentLevel.PROVINCIAL,
    "市": GovernmentLevel.MUNICIPAL,
    "区县": GovernmentLevel.DISTRICT,
    "园区": GovernmentLevel.PARK,
    "国家级": GovernmentLevel.NATIONAL,
    "省级": GovernmentLevel.PROVINCIAL,
    "市级": GovernmentLevel.MUNICIPAL,
    "区县级": GovernmentLevel.DISTRICT,
    "园区级": GovernmentLevel.PARK,
}
CREDIT_CODE_NOTE = "18 位，单元格须为文本格式。"

PARTY_SHEETS = (
    Sheet(
        "机构",
        PartyDraft,
        (
            Column(
                "机构代码",
                "code",
                Kind.CODE,
                required=True,
                note="机构、企业、基金共用一套代码，不得重复。",
                example="LP01",
            ),
            Column("名称", "name", Kind.NAME, required=True, example="某某市财政局"),
            Column("统一社会信用代码", "credit_code", Kind.CREDIT_CODE, note=CREDIT_CODE_NOTE),
            Column("曾用名", "former_names", Kind.TEXT, note="多个用分号隔开。"),
            Column("类型", "kind", Kind.NAME, example="政府机关"),
            Column("中基协登记编号", "manager_registration", Kind.CODE, note="基金管理人填写。"),
            Column("注册地", "registered_in", Kind.NAME, example="某某市"),
            SINCE,
        ),
        key=("code", "from_date"),
    ),
    Sheet(
        "企业名录",
        CompanyDraft,
        (
            Column(
                "企业代码",
                "code",
                Kind.CODE,
                required=True,
                note="机构、企业、基金共用一套代码，不得重复。未获投资的企业也可填。",
                example="C001",
            ),
            Column("名称", "name", Kind.NAME, required=True, example="某某生物科技有限公司"),
            Column("统一社会信用代码", "credit_code", Kind.CREDIT_CODE, note=CREDIT_CODE_NOTE),
            Column("国标行业代码", "national_code", Kind.CODE, note="GB/T 4754-2017 代码。", example="2761"),
            Column("园区代码", "park", Kind.CODE, example="P01"),
            Column("生产地", "produces_in", Kind.NAME, example="某某市某某区"),
            Column("所有制", "ownership", Kind.NAME, example="民营"),
            Column(
                "规模标签", "size_tags", Kind.TEXT, note="多个用分号隔开，如：规上;小巨人。", example="规上"
            ),
            Column("成立日", "established", Kind.DATE, example="2018-05-20"),
            SINCE,
        ),
        key=("code", "from_date"),
    ),
    Sheet(
        "资金性质",
        NatureDraft,
        (
            Column("机构代码", "party", Kind.CODE, required=True, example="LP01"),
            Column("性质", "nature", Kind.CHOICE, required=True, choices=NATURES, example="财政"),
            Column("层级", "level", Kind.CHOICE, choices=LEVELS, note="财政和国有企业填写。", example="市"),
            Column("细分类型", "sub_type", Kind.NAME, note="如：民营企业、保险、金融资产投资公司。"),
            Column(
                "财政注资",
                "is_fiscal_injection",
                Kind.CHOICE,
                choices=FLAG,
                note="国有企业的出资由财政注资并明确专项用于基金的，填“是”。",
                example="否",
            ),
            Column("生效日", "from_date", Kind.DATE, required=True, example="2020-01-01"),
            Column("证据", "evidence", Kind.TEXT),
        ),
        key=("party", "from_date"),
    ),
    Sheet(
        "机构股权",
        OwnershipDraft,
        (
            Column("持有人代码", "owner", Kind.CODE, required=True, example="LP01"),
            Column("被持有机构代码", "owned", Kind.CODE, required=True, example="LP02"),
            Column("比例%", "share_ppm", Kind.PERCENT, required=True, note="51 表示 51%。", example=51),
            Column("生效日", "from_date", Kind.DATE, required=True, example="2020-01-01"),
            Column("失效日", "to_date", Kind.DATE),
            Column("证据", "evidence", Kind.TEXT),
        ),
        key=("owner", "owned", "from_date"),
    ),
)

COMPANY_TAG_SHEET = Sheet(
    "企业产业",
    CompanyTagDraft,
    (
        Column("企业代码", "company", Kind.CODE, required=True, example="C001"),
        Column("产业代码", "industry", Kind.CODE, required=True, example="SW"),
        Column("环节代码", "segment", Kind.CODE, example="SW-CXO"),
        Column(
            "权重%",
            "weight_ppm",
            Kind.PERCENT,
            required=True,
            note="一家企业同一生效日的权重合计须为 100%。",
            example=100,
        ),
        Column("主标签", "is_primary", Kind.CHOICE, choices=FLAG, example="是"),
        Column("生效日", "from_date", Kind.DATE, required=True, example="2022-01-01"),
        Column("依据", "basis", Kind.TEXT),
    ),
    key=("company", "industry", "segment", "from_date"),
)
