"""What the steps of the fault programme share: a seed, a nursery, and a place for their figures."""

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from tests.faults.nursery import Nursery, open_nursery

SEED = "20261101"


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> Random:
    """Chance that can be had again: by the run's seed and the test's name."""
    return Random(f"{os.environ.get('SEED', SEED)}/{request.node.name}")


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`tell(count=…, lost=…)`: figures for the table at the end; what must not be is looked at here already."""

    def note(**figures: Any) -> None:
        request.node.user_properties.extend(figures.items())
        wrong = {name: figures[name] for name in ("lost", "partial", "forks", "missed") if figures.get(name)}
        assert not wrong, wrong

    return note


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that forks the children."""
    with open_nursery() as made:
        yield made
