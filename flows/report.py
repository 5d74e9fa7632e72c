"""What a run brought, for a person, a program and the run page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping


CHANGING = (Outcome.NEW, Outcome.EDITED, Outcome.DUPLICATE, Outcome.GONE)


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run: its ledger by source, what the checks found, whether the read copy was renewed.

    `known` are records of WARC files that were loaded before and not read again; `passed` counts those that were not
    wanted or gave no page, by why. `failed` are the checks of severity error that found rows, and the first of them.
    """

    run_id: str
    kind: str
    ledger: Mapping[str, Mapping[str, int]]
    adopted: int
    busy: tuple[str, ...]
    known: int
    changed_rows: int
    warnings: tuple[str, ...]
    published: bool
    seconds: float
    passed: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()

    @property
    def attempted(self) -> int:
        """Attempts of the run: the sum of all outcomes."""
        return sum(sum(counts.values()) for counts in self.ledger.values())

    def total(self, *outcomes: Outcome) -> int:
        """Attempts that ended so, over all sources."""
        return sum(counts.get(outcome, 0) for counts in self.ledger.values() for outcome in outcomes)

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it."""
        return {
            "run_id": self.run_id,
            "kind": self.kind,
            "attempted": self.attempted,
            "ledger": {source: dict(counts) for source, counts in self.ledger.items()},
            "known": self.known,
            "passed": dict(self.passed),
            "adopted": self.adopted,
            "changed_rows": self.changed_rows,
            "published": self.published,
            "warnings": list(self.warnings),
            "busy": list(self.busy),
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """What happened, in a line or two."""
        told = f"attempted {self.attempted}"
        parts = [f"{self.total(outcome)} {outcome}" for outcome in Outcome if self.total(outcome)]
        known = f"; {self.known} record(s) were loaded before" if self.known else ""
        passed = ", ".join(f"{count} {why}" for why, count in sorted(self.passed.items()))
        known += f"; passed over: {passed}" if passed else ""
        changed = "" if self.changed_rows else " Nothing new: no row of an article changed."
        return told + (f" = {' + '.join(parts)}" if parts else "") + known + "." + changed
