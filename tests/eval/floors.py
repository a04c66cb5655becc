"""The least that must hold, from ``floors.yaml``, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from tests.eval.groups import Means
from tests.eval.measures import BY_NAME

FILE = Path(__file__).with_suffix(".yaml")


class Floor(BaseModel):
    """A bound that the mean of a measure in a group must keep, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str
    group: str
    at_least: float | None = None
    at_most: float | None = None
    why: str

    @model_validator(mode="after")
    def _one_known_bound(self) -> Floor:
        if self.measure not in BY_NAME:
            raise ValueError(f"there is no measure {self.measure!r}")
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"{self.measure!r} needs either at_least or at_most")
        return self

    @property
    def bound(self) -> str:
        """The bound in words."""
        return f"at least {self.at_least}" if self.at_most is None else f"at most {self.at_most}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A floor, the value it was held against, and whether it holds."""

    floor: Floor
    value: float
    holds: bool


def read_floors(path: Path = FILE) -> list[Floor]:
    """Return the floors of the file at ``path``; raise ``ValueError`` where one is not valid."""
    return [Floor.model_validate(row) for row in yaml.safe_load(path.read_text("utf-8"))]


def check(floors: list[Floor], means: Means) -> list[Checked]:
    """Return how each floor fared; one whose group or measure was not asked for is left out."""
    checked = []
    for floor in floors:
        mean = means.get(floor.group, {}).get(floor.measure)
        if mean is not None:
            low = floor.at_least is None or mean.value >= floor.at_least
            high = floor.at_most is None or mean.value <= floor.at_most
            checked.append(Checked(floor, mean.value, low and high))
    return checked
