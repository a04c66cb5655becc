"""Conditions over the answers of a flow: who is asked what, and what is shown to whom.

In a flow file a condition is ``{step: option}`` or ``{step: [one, other]}``: one of these was
chosen. Several steps in one mapping must all hold. ``{all: [...]}``, ``{any: [...]}`` and
``{not: ...}`` put conditions together. There is nothing else to it: no code, no arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# What was chosen, by step: no option where the step was skipped.
Answers = Mapping[str, Collection[str]]
JOINING = ("all", "any", "not")
_STORED = {"step", "options"}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Chosen(_Model):
    """One of ``options`` was chosen at ``step``."""

    step: str
    options: tuple[str, ...] = Field(min_length=1)


class All(_Model):
    """Every condition holds."""

    every: tuple[Condition, ...] = Field(alias="all", min_length=1)


class Some(_Model):
    """At least one condition holds."""

    some: tuple[Condition, ...] = Field(alias="any", min_length=1)


class Not(_Model):
    """The condition does not hold."""

    negated: Condition = Field(alias="not")


def _spelt_out(value: Any) -> Any:
    """Return the short form ``{step: option}`` as what the models read; leave all else alone."""
    if not isinstance(value, dict) or not value or set(value) == _STORED:
        return value
    if len(value) == 1 and next(iter(value)) in JOINING:
        return value
    parts = [
        {name: inner}
        if name in JOINING
        else {"step": str(name), "options": inner if isinstance(inner, list) else [inner]}
        for name, inner in value.items()
    ]
    return parts[0] if len(parts) == 1 else {"all": parts}


Condition = Annotated[Chosen | All | Some | Not, BeforeValidator(_spelt_out)]
All.model_rebuild()
Some.model_rebuild()
Not.model_rebuild()


def verdict(
    condition: Condition | None, answers: Answers, unknown: Collection[str] = ()
) -> bool | None:
    """Return whether ``condition`` holds over ``answers``; None where that hangs on steps that are
    ``unknown`` yet. No condition always holds; a step that was not asked has no option chosen."""
    if condition is None:
        return True
    if isinstance(condition, Chosen):
        if condition.step in unknown:
            return None
        return any(option in answers.get(condition.step, ()) for option in condition.options)
    if isinstance(condition, Not):
        inner = verdict(condition.negated, answers, unknown)
        return None if inner is None else not inner
    parts = condition.every if isinstance(condition, All) else condition.some
    found = [verdict(part, answers, unknown) for part in parts]
    decisive = isinstance(condition, Some)  # one True decides "any", one False decides "all"
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def named(condition: Condition | None) -> Iterator[Chosen]:
    """Yield every ``Chosen`` within ``condition``."""
    if isinstance(condition, Chosen):
        yield condition
    elif isinstance(condition, Not):
        yield from named(condition.negated)
    elif condition is not None:
        for part in condition.every if isinstance(condition, All) else condition.some:
            yield from named(part)
