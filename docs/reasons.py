"""`python docs/reasons.py`: writes docs/reference/reasons.md from broadsheet.reasons and broadsheet.policy."""

from pages import filled, frame, table, write

from broadsheet.model import Reason
from broadsheet.policy import retry_later
from broadsheet.reasons import GROUPS, Explained

HEAD = ("reason", "meaning", "tried again", "what to do")
INTRODUCED = {
    "Gone": "These two are the outcome `gone`, not `rejected`; what was read earlier stays in the tables.\n\n"
}


def reference() -> str:
    """The whole of docs/reference/reasons.md."""
    return filled(frame("reasons"), reasons="\n\n".join(_group(title, group) for title, group in GROUPS.items()))


def _group(title: str, group: dict[Reason, Explained]) -> str:
    rows = [
        (f"`{reason}`", told.meaning, "yes" if retry_later(reason) else "no", told.advice)
        for reason, told in group.items()
    ]
    return f"## {title}\n\n{INTRODUCED.get(title, '')}{table(HEAD, *rows)}"


if __name__ == "__main__":
    write("reasons", reference())
