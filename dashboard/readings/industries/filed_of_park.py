"""Facts in which one park's own figures stand alone: what others file leaves the answers that lie on them as they are."""

from collections.abc import Mapping
from dataclasses import fields

from dashboard.readings.lasting_answers import facts_unfiled, keep_on_facts
from funds.queries.facts import Facts
from funds.queries.filed_figures import ParkFigureFacts
from funds.queries.memory.letting_go import let_go

SHELF = "_of_parks"


def facts_of_park(facts: Facts, park: int) -> Facts:
    """The facts with the figures of one park; the very same ones until it files or other facts change.

    The last ones of each park lie on the facts that nobody files, and go with them.
    """
    filed, rest = _by_park(facts).get(park, ()), facts_unfiled(facts)
    shelf: dict[int, Facts] = vars(rest).setdefault(SHELF, {})
    known = shelf.get(park)
    if known is not None and known.park_figures == filed:
        return known
    made = Facts.__new__(Facts)
    vars(made).update({field.name: getattr(rest, field.name) for field in fields(Facts)})
    vars(made)["park_figures"] = filed
    shelf[park] = made
    if known is not None:
        let_go(known)
    return made


@keep_on_facts
def _by_park(facts: Facts) -> Mapping[int | None, tuple[ParkFigureFacts, ...]]:
    filed: dict[int | None, list[ParkFigureFacts]] = {}
    for row in facts.park_figures:
        filed.setdefault(row.park_id, []).append(row)
    return {park: tuple(rows) for park, rows in filed.items()}
