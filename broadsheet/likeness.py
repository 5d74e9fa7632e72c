"""Which articles are one text in several places: families of likeness, and the ids they keep. Pure.

Whether two texts are alike is measured by `sql/clusters`; here is decided what follows from it. A family is what
resemblance joins, directly or by others, with the shorter texts that one of it holds: each is attached to one longer
text. A text that holds several which have nothing to do with each other is a round-up, and joins none of them.
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


@dataclass(frozen=True, slots=True)
class Kin:
    """Two texts that are alike, named by their articles: a shorter one, and the longer one that holds a `share` of it.

    `ratio` is their lengths', at most 1; `words` are those of the longer one.
    """

    copy: int
    whole: int
    share: float
    ratio: float
    words: int

    @property
    def resembling(self) -> bool:
        """Neither is much longer, and of the longer one two in five are the other's."""
        return self.ratio >= 0.6 and self.share * self.ratio >= 0.4  # noqa: PLR2004 - the rule itself

    @property
    def holding(self) -> bool:
        """The longer one has most of the shorter one, and more beside it."""
        return self.ratio <= 0.8 and self.share >= 0.6  # noqa: PLR2004 - the rule itself


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


def families(articles: Iterable[int], pairs: Iterable[Pair], kin: Iterable[Kin] = ()) -> list[list[int]]:
    """Articles grouped by `pairs`, whose texts are equal, and by kinship, directly or by others; in ascending order."""
    parent = {article: article for article in articles}
    for one, other in pairs:
        _join(parent, one, other)
    found = list(kin)
    several = round_ups(dict(parent), found)
    told = [each for each in found if each.whole not in several or (each.resembling and each.copy in several)]
    for each in (each for each in told if each.resembling):
        _join(parent, each.copy, each.whole)
    for each in _attached(parent, [each for each in told if not each.resembling]):
        _join(parent, each.copy, each.whole)
    groups: dict[int, list[int]] = defaultdict(list)
    for article in sorted(parent):
        groups[_root(parent, article)].append(article)
    return list(groups.values())


def round_ups(parent: dict[int, int], kin: Iterable[Kin]) -> set[int]:
    """The articles whose texts hold several shorter ones that have nothing to do with each other."""
    by_whole: dict[tuple[int, int], list[Kin]] = defaultdict(list)
    for each in kin:
        by_whole[each.words, each.whole].append(each)
    several: set[int] = set()
    for (_, whole), found in sorted(by_whole.items()):
        plain = [each for each in found if each.copy not in several]
        if len({_root(parent, each.copy) for each in plain if each.holding}) > 1:
            several.add(whole)
        else:
            for each in plain:
                _join(parent, each.copy, each.whole)
    return several


def _attached(parent: dict[int, int], held: Iterable[Kin]) -> list[Kin]:
    """For each group that resemblance made the one that holds it best, if what that holds already is alike."""
    best = sorted(held, key=lambda each: (-each.share, each.words, each.copy, each.whole))
    roots = {article: _root(parent, article) for article in parent}
    alike = {frozenset((roots[each.copy], roots[each.whole])) for each in best}
    taken: set[int] = set()
    copies: dict[int, list[int]] = defaultdict(list)
    chosen = []
    for each in best:
        copy, whole = roots[each.copy], roots[each.whole]
        if copy != whole and copy not in taken and all(frozenset((copy, o)) in alike for o in copies[whole]):
            taken.add(copy)
            copies[whole].append(copy)
            chosen.append(each)
    return chosen


def settled(members: Sequence[Member], pairs: Iterable[Pair], kin: Iterable[Kin] = ()) -> Settlement:
    """The clusters of articles of which the pairs are alike; `members` hold all of any cluster that they touch."""
    known = {each.article_id: each for each in members}
    groups = [[known[article] for article in family] for family in families(known, pairs, kin)]
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
