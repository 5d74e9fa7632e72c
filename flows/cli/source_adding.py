"""`broadsheet source add`: look where a site announces its articles, show it, and write the entry."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet import urls
from broadsheet.codings import content_decoded
from broadsheet.config import known_sources
from broadsheet.discovery.finding import offered, robots_sitemaps, usual_places
from broadsheet.errors import ConfigError, Terminal
from broadsheet.fetching import Hosts
from broadsheet.model import Endpoint, EndpointKind, Outcome, Reason, Rejection, Source
from broadsheet.policy import classify
from broadsheet.sourcefile import LONGEST_NAME, NAME
from flows.cli.source_advice import way_home
from flows.cli.source_asking import Asking, Probe, probed, run_asking
from flows.discover import BODY_LIMIT
from flows.fetch import network_of
from flows.hostleases import host_leases
from flows.progress import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.config import Settings
    from broadsheet.model import FetchedPage


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a site: the source to write (its chosen endpoints), and each endpoint that answered."""

    source: Source
    probes: tuple[Probe, ...]
    looked: int  # how many places were asked

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that names articles."""
        return not self.source.endpoints


def found(target: str, settings: Settings, *, name: str | None, delay: float, sections: bool) -> Finding:
    """Ask a site what it announces. Terminal: its home page cannot be had. NoContact. ConfigError: it is there."""
    home = usable(target)
    draft = _draft(home, name, delay)
    _refuse_known(draft, settings, is_named=name is not None)
    with shown() as progress, host_leases(settings.data) as leases:
        return run_asking(_found(Asking(network_of(settings, Hosts(leases.lease)), progress), draft, sections=sections))


def usable(target: str) -> str:
    """The address of a site, `https://` if none is said. Terminal: it is no web address."""
    given = target.strip()
    normal = urls.normalise(given if "://" in given else f"https://{given}")
    if normal is None:
        raise Terminal(f"{target}: not a web address such as https://www.example.org/")
    return normal


def _draft(home: str, name: str | None, delay: float) -> Source:
    """The source as it is asked: pages on every host of its domain count, so that we see where they lie."""
    called = name or name_for(home)
    return Source(called, home, hosts=(urls.host(home), f".{urls.site(home)}"), delay=delay)


def name_for(home: str) -> str:
    """A source's name from its address: the first label of its domain."""
    domain = urls.site(home)
    label = domain if domain.replace(".", "").isdigit() or domain.startswith("[") else domain.partition(".")[0]
    return re.sub(r"[^a-z0-9._-]+", "-", label.lower()).strip("-._") or "site"


def is_name(name: str) -> bool:
    """Whether a source may be named so."""
    return re.fullmatch(NAME, name) is not None and len(name) <= LONGEST_NAME


def _refuse_known(draft: Source, settings: Settings, *, is_named: bool) -> None:
    if not is_name(draft.name):
        raise ConfigError(f"--name {draft.name}: up to {LONGEST_NAME} of a-z, 0-9, dot, dash, underscore")
    for source in known_sources(settings.sources):
        if not is_named and urls.belongs(draft.home, source.hosts):
            raise ConfigError(
                f"{urls.host(draft.home)} is there already as {source.name!r}: `broadsheet source check {source.name}` "
                f"looks at it; --name adds it once more"
            )
        if source.name == draft.name:
            raise ConfigError(f"a source is named {source.name!r} already; give this one another name with --name")


async def _found(asking: Asking, draft: Source, *, sections: bool) -> Finding:
    asking.progress.stage("ask", 1, "home page")
    (page,) = [each async for each in asking.pages([draft.home], draft)]
    body = _body(page)
    source = replace(draft, home=urls.normalise(page.target) or draft.home)
    offer = offered(body, page.target, page.header("content-type"))
    robots = asking.robots_bodies.get(urls.origin(page.target), b"")
    named = (*offer.feeds, *robots_sitemaps(robots, page.target))
    probes = await probed(asking, named, source)
    places = _places(source, probes.values(), named)
    probes |= {url: probe for url, probe in (await probed(asking, places, source)).items() if probe.is_well}
    chosen = _chosen(probes.values())
    asked = len(named) + len(places)
    if sections or not chosen:
        pages = [Endpoint(source.home, EndpointKind.SECTION), *offer.sections]
        probes |= await probed(asking, [each for each in pages if each.url not in probes], source)
        chosen = _chosen(probes.values())
        asked += len(pages)
    return Finding(_settled(source, chosen, offer.language), tuple(probes.values()), asked)


def _body(page: FetchedPage) -> bytes:
    """The home page. Terminal: it cannot be had, and what to do."""
    verdict = classify(page)
    if isinstance(verdict, Rejection):
        raise _unread(page, verdict.reason, f"{verdict.reason}: {verdict.detail or 'no page'}")
    if isinstance(verdict, Outcome):
        raise _unread(page, page.reason or Reason.NOT_FOUND, f"HTTP {page.status}")
    body = content_decoded(page.body, page.header("content-encoding"), limit=BODY_LIMIT)
    if isinstance(body, Reason):
        raise _unread(page, body, str(body))
    return body


def _unread(page: FetchedPage, reason: Reason, what: str) -> Terminal:
    moved = page.reason is Reason.REDIRECT_OUTSIDE
    way = f"if the site has moved, `broadsheet source add {page.detail.split()[-1]}`" if moved else way_home(reason)
    return Terminal(f"{page.url}: {what}; {way}")


def _places(source: Source, probes: Iterable[Probe], named: Sequence[Endpoint]) -> list[Endpoint]:
    """The usual places worth asking after what was named has been asked."""
    well = [probe for probe in probes if probe.is_well]
    kinds = {probe.endpoint.kind for probe in well}
    known = {each.url for each in named} | {child for probe in well for child in probe.children}
    places = usual_places(source.home, feeds=EndpointKind.FEED not in kinds, sitemaps=EndpointKind.SITEMAP not in kinds)
    return [each for each in places if each.url not in known]


def _chosen(probes: Iterable[Probe]) -> list[Probe]:
    """The endpoints to write: each that names a page which none of its kind before it names; the fullest first.

    Not a second address of the same document, and not a sitemap that an index names anyway.
    """
    well = sorted((probe for probe in probes if probe.is_well), key=lambda probe: -len(probe.found))
    children = {child for probe in well for child in probe.children}
    seen: dict[EndpointKind, set[str]] = {kind: set() for kind in EndpointKind}
    targets: set[str] = set()
    chosen = []
    for probe in well:
        pages = {each.url for each in probe.found}
        kind = probe.endpoint.kind
        if probe.target not in targets and probe.endpoint.url not in children and pages - seen[kind]:
            chosen.append(probe)
        targets.add(probe.target)
        seen[kind] |= pages
    order = list(EndpointKind)
    return sorted(chosen, key=lambda probe: order.index(probe.endpoint.kind))


def _settled(source: Source, chosen: Sequence[Probe], spoken: str | None) -> Source:
    """The source with its endpoints, the hosts that its pages lie on, and the language that its feeds state."""
    pages = [page for probe in chosen for page in probe.found]
    hosts = Counter(urls.bare_host(page.url) for page in pages)
    stated = Counter(page.hints.language for page in pages if page.hints.language)
    return replace(
        source,
        hosts=(
            urls.host(source.home),
            *(host for host, _ in hosts.most_common() if host != urls.bare_host(source.home)),
        ),
        endpoints=tuple(probe.endpoint for probe in chosen),
        language=stated.most_common(1)[0][0] if stated else spoken,
    )


def keys(source: Source) -> dict[str, Any]:
    """The keys of its entry beside name, home and endpoints, those with defaults left out."""
    more: dict[str, Any] = {}
    if len(source.hosts) > 1:
        more["hosts"] = list(source.hosts[1:])
    if source.delay != Source("", "").delay:
        more["delay"] = source.delay
    return more | ({"language": source.language} if source.language else {})
