"""Whoever wants to hear of runs that fail: one automation, and a block of the server that holds the secret address.

A web address is sent JSON by POST. Any other is an Apprise address (`mailto://`, `ntfy://`, ...), which Prefect's
block for Slack takes as it is: of its kinds of blocks it alone hands every address on (prefect.blocks.notifications).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import ConfigError
from flows.serving.api import NoAnswer, Refused

if TYPE_CHECKING:
    from flows.serving.api import Api

NAME: Final = "broadsheet: tell of runs that fail"
BLOCK: Final = "broadsheet-notices"
STATES: Final = ("Failed", "Crashed")
TRIES: Final = 30  # a second apart: a new server has its kinds of blocks a little after it answers
ABSENT: Final = 404

SUBJECT: Final = "Broadsheet: {{ flow_run.name }} {{ flow_run.state.name }}"
BODY: Final = "{{ flow_run.state.message }}\n\n{{ flow_run|ui_url }}"
PAYLOAD: Final = """{
  "title": {{ ("Broadsheet: " ~ flow_run.name ~ " " ~ flow_run.state.name)|tojson }},
  "message": {{ flow_run.state.message|tojson }},
  "run": {{ flow_run.name|tojson }},
  "state": {{ flow_run.state.name|tojson }},
  "url": {{ (flow_run|ui_url)|tojson }}
}"""


def make_notices(api: Api, url: str | None) -> None:
    """Tell this address of what fails from now on, or nobody. ConfigError: it is none."""
    if url and "://" not in url:  # not shown: it may be a secret
        raise ConfigError("BROADSHEET_NOTIFY_URL is no address such as https://... or mailto://...")
    found = [each for each in api.every("/automations/filter", {}) if each["name"] == NAME]
    if not url:
        for each in found:
            api.delete(f"/automations/{each['id']}")
        return
    wanted = notices(_block(api, url), is_web=_is_web(url))
    if found:
        api.put(f"/automations/{found[0]['id']}", wanted)
    else:
        api.post("/automations/", wanted)


def notices(block: str, *, is_web: bool) -> dict[str, Any]:
    """The automation: when a run of a deployment of ours ends as it should not, the block with this id is used."""
    told: dict[str, Any] = (
        {"type": "call-webhook", "payload": PAYLOAD}
        if is_web
        else {"type": "send-notification", "subject": SUBJECT, "body": BODY}
    )
    return {
        "name": NAME,
        "description": "BROADSHEET_NOTIFY_URL is told; `broadsheet up` keeps this as that says.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "match_related": {"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.broadsheet"},
            "expect": [f"prefect.flow-run.{state}" for state in STATES],
            "for_each": ["prefect.resource.id"],
            "posture": "Reactive",
            "threshold": 1,
            "within": 0,
        },
        "actions": [told | {"block_document_id": block}],
    }


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://")) and "://hooks.slack" not in url


def _block(api: Api, url: str) -> str:
    """The id of the block that holds the address, made or renewed; one of the other kind goes."""
    slugs = ("webhook", "slack-webhook") if _is_web(url) else ("slack-webhook", "webhook")
    for other in slugs[1:]:
        if held := _held(api, other):
            api.delete(f"/block_documents/{held}")
    data = {"url": url} | ({"method": "POST"} if _is_web(url) else {})
    if held := _held(api, slugs[0]):
        api.patch(f"/block_documents/{held}", {"data": data, "merge_existing_data": False})
        return held
    kind = _kind(api, slugs[0])
    schema = api.post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": [kind]}}})[0]["id"]
    made = {"name": BLOCK, "data": data, "block_type_id": kind, "block_schema_id": schema}
    return str(api.post("/block_documents/", made)["id"])


def _held(api: Api, slug: str) -> str | None:
    """The block of this kind that we made, if there is one."""
    try:
        return str(api.get(f"/block_types/slug/{slug}/block_documents/name/{BLOCK}")["id"])
    except Refused as error:
        if error.status != ABSENT:
            raise
        return None


def _kind(api: Api, slug: str) -> str:
    """The id of a kind of blocks. NoAnswer: the server does not know it."""
    for _ in range(TRIES):
        try:
            return str(api.get(f"/block_types/slug/{slug}")["id"])
        except Refused as error:
            if error.status != ABSENT:
                raise
            time.sleep(1)
    raise NoAnswer(f"{api.url}: the server does not know blocks of the kind {slug}")
