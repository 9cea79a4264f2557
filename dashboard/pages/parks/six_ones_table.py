"""The twenty targets as a table: value, period, what each version of the policy asks, the gap, and who stands for it."""

from collections.abc import Iterator
from fractions import Fraction

from dashboard.pages.parks.six_ones_view import Row, SixOnesView
from dashboard.readings.industries.six_ones import SIX_ONES_TABLE
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES, Level
from dashboard.readings.industries.six_ones_counted import is_chosen
from dashboard.readings.industries.six_ones_targets import PolicyVersion
from dashboard.tables.number_formats import shape_as_written
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import ABSENT, format_number

NAME = "six_ones"
GOOD, BROKEN, SOFT = "good", "broken", "soft"


def make_six_ones_table(view: SixOnesView) -> ShownTable:
    """A row for each target, in the order of the plan."""
    return ShownTable(
        NAME,
        write_finding(view),
        tuple(_columns(view)),
        tuple(tuple(_make_row(view, row)) for row in view.rows(SIX_ONES_TABLE)),
        note=write_note(view),
        definitions=view.definitions(*SIX_ONES),
    )


def write_finding(view: SixOnesView) -> str:
    """How many targets with a number are reached under the newest version, and how many are not filed."""
    if not view.versions:
        return view.say("six_ones.finding_no_targets")
    number = view.versions[-1].number
    asked = [
        row
        for (_, policy), row in view.targets.items()
        if policy == number and (row["asked"] is not None or row["parks_known"] is not None)
    ]
    parks = len(view.slice.facts.parks)
    met = sum(_is_met(row, parks) is True for row in asked)
    short = sum(_is_met(row, parks) is False for row in asked)
    return view.say(
        "six_ones.finding", asked=len(asked), met=met, short=short, unknown=len(asked) - met - short
    )


def write_note(view: SixOnesView) -> str:
    """The day, and which paper each version is."""
    joint = "" if view.context.language == "zh" else " "
    papers = [
        view.say("six_ones.paper", version=view.name_version(one), document=one.document)
        for one in view.versions
    ]
    return joint.join([view.say("six_ones.note", day=view.day), *papers])


def write_target(view: SixOnesView, row: Row) -> str:
    """What is asked: a number with its unit, or words; and when it is due."""
    one = SIX_ONES[row["code"]]
    if row["target_value"] is None:
        text = row["target_words"] or ABSENT
    else:
        sign = "≤" if one.is_ceiling else ">" if one.is_strict else "≥"
        text = f"{sign} {view.measure(row['target_value'], row['target_unit'])}"
        if one.code in ("S05", "S06"):
            text = view.say(f"six_ones.asked_{one.code.lower()}", asked=text)
        elif one.level is Level.TOTAL:
            text = view.say("six_ones.asked_total", asked=text)
    if row["due"]:
        text = view.say("six_ones.due", asked=text, year=row["due"])
    return view.say("six_ones.kept", asked=text) if row["is_kept"] else text


def _columns(view: SixOnesView) -> Iterator[Column]:
    say = view.say
    yield Column("name", say("six_ones.indicator"))
    yield Column("code", say("six_ones.code"))
    yield Column("group", say("six_ones.group"))
    yield Column("value", say("six_ones.value"), is_number=True)
    yield Column("period", say("six_ones.period"))
    for version in view.versions:
        group = view.name_version(version)
        yield Column(f"target.{version.number}", say("six_ones.target"), group=group, hint=version.document)
        yield Column(f"gap.{version.number}", say("six_ones.gap"), True, group, version.document)
    if view.is_city:
        yield Column("parks", say("six_ones.parks_met"), is_number=True)
    yield Column("remark", say("six_ones.remark"))
    yield Column("source", say("six_ones.source"))
    yield Column("owner", say("six_ones.owner"))
    yield Column("evidence", say("six_ones.evidence"))


def _make_row(view: SixOnesView, row: Row) -> Iterator[Cell]:
    cells, code = view.cells, row["code"]
    figure = view.figure(code)
    unit = "" if row["unit"] == "%" else view.say("six_ones.in_unit", unit=view.name_unit(row["unit"]))
    yield cells.text(view.say(f"figure.{code}") + unit)
    yield cells.text(code)
    yield cells.text(view.say(f"six_ones.group_{SIX_ONES[code].group}"))
    yield cells.figure(FigureKey(code, figure.basis, view.slice.scope.label), figure.value, figure.reason)
    yield cells.text(row["period"] or "")
    for version in view.versions:
        yield from _target_cells(view, code, version)
    if view.is_city:
        yield _meeting_cell(view, code)
    yield cells.text(" ".join(_remarks(view, row)), tone="wrap")
    yield cells.text(row["from_whom"] or "", tone="wrap")
    yield cells.text(row["responsible"] or "", tone="wrap")
    yield cells.text(row["evidence"] or "", tone="wrap")


def _target_cells(view: SixOnesView, code: str, version: PolicyVersion) -> Iterator[Cell]:
    row = view.targets.get((code, version.number))
    if row is None:
        yield view.cells.absent("six_ones.no_target")
        yield view.cells.absent("six_ones.no_target")
        return
    yield Cell(write_target(view, row), write_target(view, row), hover=row["clause"] or "", tone="wrap")
    yield _gap_cell(view, row)


def _gap_cell(view: SixOnesView, row: Row) -> Cell:
    """The gap with a sign that says what its colour says."""
    if row["gap"] is None:
        return view.cells.absent(_why_no_gap(row))
    gap = Fraction(row["gap"])
    text = f"{'+' if gap > 0 else '−' if gap < 0 else ''}{format_number(abs(gap))}"
    mark, tone = {True: ("✓", GOOD), False: ("✗", BROKEN), None: ("?", SOFT)}[row["is_met"]]
    told = {True: "six_ones.met", False: "six_ones.short", None: "six_ones.undecided"}[row["is_met"]]
    text = f"{mark} {text}"
    return Cell(text, gap, shape_as_written(text), view.say(told), tone=tone)


def _why_no_gap(row: Row) -> str:
    if row["target_value"] is None:
        return "six_ones.no_number"
    if row["level"] == Level.TRACKED:
        return "six_ones.no_gap"
    if row["asked"] is None and row["level"] in (Level.TOTAL, Level.CITY):
        return "six_ones.of_all"
    return "six_ones.not_filed" if row["parks_known"] is None else "six_ones.of_each"


def _meeting_cell(view: SixOnesView, code: str) -> Cell:
    """How many parks reach what the newest version asks of each."""
    row = view.targets.get((code, view.versions[-1].number)) if view.versions else None
    if row is None or row["parks_known"] is None:
        return view.cells.absent("six_ones.not_of_each")
    met, known = row["parks_met"], row["parks_known"]
    hover = view.say("six_ones.meeting", met=met, known=known)
    return Cell(f"{met} / {known}", met, f'#,##0" / {known}"', hover)


def _remarks(view: SixOnesView, row: Row) -> Iterator[str]:
    """Why there is no value, what a sum lacks, what else was filed, and by which definition."""
    code = row["code"]
    if row["reason"]:
        yield view.say(row["reason"])
    if row["missing_parks"]:
        yield view.say(
            "six_ones.lacks", count=len(row["missing_parks"]), parks=view.names(row["missing_parks"])
        )
    if row["told"] is not None and row["told"] != row["value"]:
        yield view.say("six_ones.told", value=view.measure(row["told"], row["unit"]))
    if row["newer"]:
        yield view.say("six_ones.newer", period=row["newer"])
    if code == "S05":
        yield from _counts(view)
    if row["definition"]:
        chosen = is_chosen(view.slice.facts)
        key = "six_ones.by_definition" if chosen else "six_ones.by_usual_definition"
        yield view.say(key, definition=row["definition"].split()[0])
    if code == "S02":
        yield from _apart(view)


def _counts(view: SixOnesView) -> Iterator[str]:
    """How many chain leaders each version's threshold finds."""
    for version in view.versions:
        row = view.targets.get(("S05", version.number))
        if row and row["value"] is not None and row["target_value"] is not None:
            yield view.say(
                "six_ones.leaders_by",
                asked=view.measure(row["target_value"], row["target_unit"]),
                count=row["value"],
            )


def _apart(view: SixOnesView) -> Iterator[str]:
    """How far the filed share is from the one worked out of firms' output, for one park."""
    rows = view.rows("output_share")
    if not view.is_city and rows and rows[0]["apart"] is not None:
        points = Fraction(rows[0]["apart"]) * 100
        sign = "+" if points > 0 else "−" if points < 0 else ""
        yield view.say("six_ones.apart", points=f"{sign}{format_number(abs(points))}", year=rows[0]["year"])


def _is_met(row: Row, parks: int) -> bool | None:
    """Of what is asked of each park, the city has it where every park does; a park without a value may yet."""
    if row["parks_known"] is None:
        met: bool | None = row["is_met"]
        return met
    if row["parks_met"] < row["parks_known"]:
        return False
    return True if row["parks_known"] == parks else None
