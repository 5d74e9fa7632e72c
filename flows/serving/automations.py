"""The automation that closes runs whose heartbeats stopped, wherever their worker was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flows.serving.environment import HEARTBEAT

if TYPE_CHECKING:
    from flows.serving.api import Api

NAME: Final = "broadsheet: close runs that are dead"
ENDS: Final = (
    "Completed",
    "Failed",
    "Cancelled",
    "Crashed",
    "Paused",
    "Suspended",
    "Scheduled",
)  # states without a beat


def make_automations(api: Api) -> None:
    """Make the automation, or bring it up to date."""
    found = [each for each in api.every("/automations/filter", {}) if each["name"] == NAME]
    if found:
        api.put(f"/automations/{found[0]['id']}", zombies())
    else:
        api.post("/automations/", zombies())


def zombies() -> dict[str, Any]:
    """After a heartbeat, neither another nor an end within three of them: the run is set to Crashed."""
    beat = "prefect.flow-run.heartbeat"
    return {
        "name": NAME,
        "description": "A run that is silent for three heartbeats is dead; what it kept is taken up by the next.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "match_related": {},
            "after": [beat],
            "expect": [beat, *(f"prefect.flow-run.{end}" for end in ENDS)],
            "for_each": ["prefect.resource.id"],
            "posture": "Proactive",
            "threshold": 1,
            "within": 3 * HEARTBEAT,
        },
        "actions": [
            {
                "type": "change-flow-run-state",
                "state": "CRASHED",
                "name": "Crashed",
                "message": "no heartbeat for 90 s: its process is dead; what it kept is taken up by the next run",
            }
        ],
    }
