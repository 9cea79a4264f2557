"""Makes Dash's components quick to build: a page has thousands, and each would learn the names of its kind anew."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.answer_text import ALIKE

LIBRARIES: tuple[ModuleType, ...] = (html, dcc, dmc)
PLAIN = frozenset({str, int, float, bool, dict, list, type(None)})
MOST_KNOWN = 1_000
REQUIRED = re.compile(r"Required argument `?(\w+)`?")

Build = Callable[..., None]


@dataclass(frozen=True)
class _Kind:
    """What is alike in all components of a kind, and what may and what must be given to one."""

    alike: dict[str, Any]
    names: frozenset[str]
    wildcards: tuple[str, ...]
    required: frozenset[str]
    # Names that were given together before and may be: a page gives the same few again and again.
    known: set[tuple[str, ...]] = field(default_factory=set)

    def is_plain(self, args: tuple[Any, ...], props: dict[str, Any]) -> bool:
        """Whether there is nothing but what Dash would take without a word."""
        if len(args) > 1:
            return False
        given = tuple(props)
        if given not in self.known:
            if not self._may_be_given(given):
                return False
            if len(self.known) < MOST_KNOWN:
                self.known.add(given)
        # Asking an abstract class costs more than all the rest, and nearly every value is one of these.
        if not PLAIN.issuperset(map(type, props.values())):
            for name, value in props.items():
                if type(value) not in PLAIN and name != "children" and isinstance(value, Component):
                    return False
        called = props.get("id", "")
        return isinstance(called, str) or (isinstance(called, dict) and _is_plain_id(called))

    def _may_be_given(self, given: tuple[str, ...]) -> bool:
        return self.required.issubset(given) and all(
            name in self.names or name.startswith(self.wildcards) for name in given
        )


def _is_plain_id(given: dict[Any, Any]) -> bool:
    return all(isinstance(key, str) and isinstance(value, str | int | float) for key, value in given.items())


def quicken_components() -> None:
    """Let every kind of component be built from what one instance taught; a second call changes nothing.

    What is out of the ordinary (an unknown name, a component where none may stand, a second argument without a
    name) goes to Dash's own constructor, which says what is wrong. Kinds that take components elsewhere than as
    children are left to it altogether.
    """
    for library in LIBRARIES:
        for kind in vars(library).values():
            if isinstance(kind, type) and issubclass(kind, Component) and "_type" in vars(kind):
                _quicken(kind)


def _quicken(kind: type[Component]) -> None:
    slow: Build = kind.__init__
    if hasattr(slow, "slow") or list(kind._base_nodes) != ["children"]:
        return

    @cache
    def teach() -> _Kind:
        return _learn(kind, slow)

    def build(self: Component, /, *args: Any, **props: Any) -> None:
        taught = teach()
        if not taught.is_plain(args, props):
            slow(self, *args, **props)
            return
        own = vars(self)
        own.update(taught.alike)
        own["children"] = args[0] if args else None
        own.update(props)

    vars(build)["slow"] = slow
    type.__setattr__(kind, "__init__", build)


def _learn(kind: type[Component], slow: Build) -> _Kind:
    """Build one, with whatever it insists on."""
    required: set[str] = set()
    while True:
        one = kind.__new__(kind)
        try:
            slow(one, **dict.fromkeys(required, ""))
        except TypeError as refusal:
            missing = REQUIRED.search(str(refusal))
            if missing is None or missing[1] in required:
                raise
            required.add(missing[1])
        else:
            # Dash's own constructor writes these lists anew for each.
            alike = {name: getattr(one, name) for name in ALIKE}
            wildcards = tuple(one._valid_wildcard_attributes)
            return _Kind(alike, frozenset(one._prop_names), wildcards, frozenset(required))
