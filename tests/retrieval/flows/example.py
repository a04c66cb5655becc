"""Small flows to walk through in tests."""

from __future__ import annotations

import copy
from typing import Any

from retrieval.knowledge.flows import Flow


def both(text: str) -> dict[str, str]:
    return {"en": text, "fa": f"{text} به فارسی"}


def option(option_id: str, **more: Any) -> dict[str, Any]:
    return {"id": option_id, "label": both(option_id), **more}


CASE: dict[str, Any] = {
    "id": "case",
    "title": both("A case"),
    "opening": both("Nothing is kept."),
    "steps": [
        {
            "id": "how",
            "text": both("How?"),
            "options": [option("door", at_once=["a#one:1"]), option("phone"), option("letter")],
        },
        {
            "id": "ran",
            "text": both("What did you run?"),
            "multiple": True,
            "skip": True,
            "when": {"not": {"how": "door"}},
            "options": [option("channel"), option("room"), option("nothing", alone=True)],
        },
        {
            "id": "when",
            "text": both("When?"),
            "when": {"how": ["phone", "letter"], "ran": ["channel", "room"]},
            "options": [option("today"), option("later")],
        },
    ],
    "result": {
        "kind": "case",
        "title": both("Your case"),
        "closing": both("No promise."),
        "blocks": [
            {
                "id": "steps",
                "title": both("Steps"),
                "quotes": ["a#one", {"passage": "a#two:2", "when": {"ran": "room"}}],
            },
            {
                "id": "night",
                "title": both("The night before"),
                "checklist": True,
                "when": {"when": "later"},
                "quotes": ["a#one:1"],
            },
        ],
    },
}

PLAN: dict[str, Any] = {
    "id": "plan",
    "title": both("A plan"),
    "opening": both("Short questions."),
    "steps": [
        {
            "id": "ways",
            "text": both("How many ways?"),
            "skip": True,
            "options": [
                option("none", points={"net": 0}, helps=["more-ways"]),
                option("one", points={"net": 1}, helps=["more-ways"]),
                option("many", points={"net": 2}),
            ],
        },
        {
            "id": "tried",
            "text": both("Tried?"),
            "skip": True,
            "when": {"ways": ["one", "many"]},
            "options": [option("yes", points={"net": 1}), option("no", helps=["try"])],
        },
        {
            "id": "locks",
            "text": both("Which of these?"),
            "multiple": True,
            "skip": True,
            "options": [
                option("code", points={"phone": 1}, lacks=["lock"]),
                option("backup", points={"phone": 1}, lacks=["back-up"]),
                option("neither", alone=True),
            ],
        },
    ],
    "result": {
        "kind": "plan",
        "title": both("Your plan"),
        "top": 2,
        "areas": [{"id": "net", "label": both("Net")}, {"id": "phone", "label": both("Phone")}],
        "levels": [
            {"id": "low", "label": both("Open"), "at_least": 0},
            {"id": "mid", "label": both("Half"), "at_least": 40},
            {"id": "high", "label": both("Well"), "at_least": 80},
        ],
        "advice": [
            {"id": name, "label": both(name), "area": area, "weight": weight, "quotes": ["a#one:1"]}
            for name, area, weight in (
                ("try", "net", 1),
                ("more-ways", "net", 2),
                ("lock", "phone", 3),
                ("back-up", "phone", 2),
            )
        ],
    },
}

COMPARISON: dict[str, Any] = {
    "id": "compare",
    "title": both("Compare"),
    "opening": both("Pick."),
    "steps": [
        {
            "id": "uses",
            "text": both("What do you use?"),
            "multiple": True,
            "skip": True,
            "options": [option("big", tool="big-app"), option("other")],
        },
        {
            "id": "matters",
            "text": both("What matters?"),
            "multiple": True,
            "skip": True,
            "options": [
                option("no-number", wants=[{"field": "phone_number", "among": ["no"]}]),
                option("groups", wants=[{"field": "group_size", "least": 200}]),
                option(
                    "hidden",
                    wants=[
                        {
                            "field": "hides_number",
                            "among": ["yes"],
                            "instead": [{"field": "phone_number", "among": ["no"]}],
                        }
                    ],
                ),
            ],
        },
    ],
    "result": {
        "kind": "comparison",
        "title": both("Side by side"),
        "candidates": ["big-app", "quiet-app", "small-app"],
        "fields": ["phone_number", "group_size", "calls"],
        "limits": "limits",
        "blocks": [{"id": "move", "title": both("Moving"), "quotes": ["a#one"]}],
    },
}


def flow(data: dict[str, Any], **changed: Any) -> Flow:
    """Return the flow that ``data`` holds, with the top-level values ``changed``."""
    return Flow.model_validate({**copy.deepcopy(data), **changed})
