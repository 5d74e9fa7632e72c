"""Which articles are one text in several places: families of likeness, and the ids they keep. Pure.

Whether two texts are alike is measured by `sql/clusters`; here is decided what follows from it. A family is what
resemblance joins, directly or by others, with the shorter texts that one of it holds: each is attached to one longer
text, and a longer text takes such as are alike themselves, so that a round-up joins none of its stories to another.
A family's id is that of the article that founded it. The same families come out in whatever order articles arrive;
only which of two ids is the older depends on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Within:
    """A text that a longer one holds in good part: `share` of it, from 0 to 1; both named by their articles."""

    share: float
    copy: int
    whole: int


@dataclass(frozen=True, slots=True)
class Member:
    """An article whose cluster is to be settled.

    `former_id` is the cluster it was in, its own id if that was no other's; None: it is new. `first_load` and
    `first_seen_at` say since when we have it.
    """

    article_id: int
    former_id: int | None
    first_load: int
    first_seen_at: datetime

    @property
    def age(self) -> tuple[int, datetime, int]:
        """What orders articles by how long we have them."""
        return self.first_load, self.first_seen_at, self.article_id


@dataclass(frozen=True, slots=True)
class Change:
    """A cluster whose articles got another id: `merged` into an older one, or `parted` from one."""

    kind: str
    former_id: int
    cluster_id: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """Each article's cluster, how many articles that has, and what changed for clusters that were there."""

    cluster_of: Mapping[int, int]
    sizes: Mapping[int, int]
    changes: tuple[Change, ...]


def families(articles: Iterable[int], pairs: Iterable[Pair], held: Iterable[Within] = ()) -> list[list[int]]:
    """Articles grouped by what pairs join, directly or by others, and by what is held; in ascending order."""
    parent = {article: article for article in articles}
    for one, other in pairs:
        _join(parent, one, other)
    for each in _attached(parent, held):
        _join(parent, each.copy, each.whole)
    found: dict[int, list[int]] = defaultdict(list)
    for article in sorted(parent):
        found[_root(parent, article)].append(article)
    return list(found.values())


def _attached(parent: dict[int, int], held: Iterable[Within]) -> list[Within]:
    """For each group that resemblance made the one that holds it best, if what that holds already is alike."""
    best = sorted(held, key=lambda each: (-each.share, each.copy, each.whole))
    roots = {article: _root(parent, article) for article in parent}
    alike = {frozenset((roots[each.copy], roots[each.whole])) for each in best}
    taken: dict[int, int] = {}
    copies: dict[int, list[int]] = defaultdict(list)
    chosen = []
    for each in best:
        copy, whole = roots[each.copy], roots[each.whole]
        if copy != whole and copy not in taken and all(frozenset((copy, o)) in alike for o in copies[whole]):
            taken[copy] = whole
            copies[whole].append(copy)
            chosen.append(each)
    return chosen


def settled(members: Sequence[Member], pairs: Iterable[Pair], held: Iterable[Within] = ()) -> Settlement:
    """The clusters of articles of which the pairs are alike; `members` hold all of any cluster that they touch."""
    known = {each.article_id: each for each in members}
    groups = [[known[article] for article in family] for family in families(known, pairs, held)]
    ages = _ages(members)
    owned = _owned(groups)
    ids = [_id(group, owned.get(number, ()), ages) for number, group in enumerate(groups)]
    cluster_of = {each.article_id: id_ for id_, group in zip(ids, groups, strict=True) for each in group}
    changes = _changes(members, cluster_of, {former: ids[number] for number, all_ in owned.items() for former in all_})
    return Settlement(cluster_of, Counter(cluster_of.values()), changes)


def _join(parent: dict[int, int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _root(parent: dict[int, int], article: int) -> int:
    while parent[article] != article:
        parent[article] = parent[parent[article]]
        article = parent[article]
    return article


def _ages(members: Sequence[Member]) -> dict[int, tuple[int, datetime, int]]:
    """Since when each former cluster is there: as long as its oldest article."""
    ages: dict[int, tuple[int, datetime, int]] = {}
    for each in members:
        if each.former_id is not None:
            ages[each.former_id] = min(each.age, ages.get(each.former_id, each.age))
    return ages


def _owned(groups: Sequence[Sequence[Member]]) -> dict[int, list[int]]:
    """Which former ids each group may go on using: an id goes with its founder, else with most of its articles."""
    claims: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        articles = {each.article_id for each in group}
        for former, count in Counter(each.former_id for each in group if each.former_id is not None).items():
            claims[former].append((former in articles, count, -number))
    owned: dict[int, list[int]] = defaultdict(list)
    for former, claimed in claims.items():
        owned[-max(claimed)[2]].append(former)
    return owned


def _id(group: Sequence[Member], owned: Sequence[int], ages: Mapping[int, tuple[int, datetime, int]]) -> int:
    """The oldest of the ids a group owns; else that of its oldest article, which founds a cluster."""
    if owned:
        return min(owned, key=lambda former: (ages[former], former))
    return min(group, key=lambda each: each.age).article_id


def _changes(members: Sequence[Member], cluster_of: Mapping[int, int], heirs: Mapping[int, int]) -> tuple[Change, ...]:
    """What became of former ids; `heirs` tells the id that the owner of each goes by now."""
    merged = {Change("merged", former, now) for former, now in heirs.items() if former != now}
    parted = {
        Change("parted", each.former_id, cluster_of[each.article_id])
        for each in members
        if each.former_id is not None and cluster_of[each.article_id] != heirs[each.former_id]
    }
    return tuple(sorted(merged | parted, key=lambda change: (change.kind, change.former_id, change.cluster_id)))
