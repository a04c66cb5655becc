"""Floors are valid, and break at their bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.floors import Floor, check, read_floors
from tests.eval.groups import Mean


def floor(**fields: object) -> Floor:
    given = {"measure": "status", "group": "all", "why": "because", **fields}
    return Floor.model_validate(given)


@pytest.mark.parametrize(
    ("bound", "value", "holds"),
    [
        ({"at_least": 0.9}, 0.9, True),
        ({"at_least": 0.9}, 0.899, False),
        ({"at_most": 0.05}, 0.05, True),
        ({"at_most": 0.05}, 0.0501, False),
    ],
)
def test_a_floor_holds_at_its_bound_and_not_past_it(
    bound: dict[str, float], value: float, holds: bool
) -> None:
    [checked] = check([floor(**bound)], {"all": {"status": Mean(10, value, value, value)}})
    assert (checked.holds, checked.value) == (holds, value)


def test_a_floor_of_a_group_that_was_not_asked_is_left_out() -> None:
    assert check([floor(group="kind urgent", at_least=1)], {"all": {}}) == []


@pytest.mark.parametrize(
    "fields",
    [{}, {"at_least": 1, "at_most": 0}, {"at_least": 1, "measure": "luck"}, {"at_lest": 1}],
    ids=["no bound", "two bounds", "unknown measure", "misspelt"],
)
def test_a_floor_that_could_never_break_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        floor(**fields)


def test_the_projects_floors_can_be_read() -> None:
    assert len(read_floors()) >= 5


def test_a_fault_in_the_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text("- {measure: status, group: all, why: none}\n", "utf-8")
    with pytest.raises(ValueError, match="at_least or at_most"):
        read_floors(path)
