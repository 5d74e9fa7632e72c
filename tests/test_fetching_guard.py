"""The address guard: what is a public address and what is not, in any spelling."""

import asyncio
import ipaddress
import socket
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import urls
from broadsheet.fetching import Network, judge
from broadsheet.fetching.client import Answer
from broadsheet.fetching.guard import AddressRefused, guarded_socket, is_public, is_refused_literal
from broadsheet.fetching.resolving import MappedResolver
from broadsheet.model import Reason, Source

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
REFUSED = [
    # RFC 6890 and the IANA IPv4 Special-Purpose Address Registry: first, last and one between
    "0.0.0.0", "0.0.0.1", "0.255.255.255",
    "10.0.0.0", "10.1.2.3", "10.255.255.255",
    "100.64.0.0", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.0.1.1", "127.255.255.255",
    "168.63.129.16",
    "169.254.0.0", "169.254.169.254", "169.254.170.2", "169.254.255.255",
    "172.16.0.0", "172.20.10.1", "172.31.255.255",
    "192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.192", "192.0.0.255",
    "192.0.2.0", "192.0.2.255",
    "192.88.99.1",
    "192.168.0.0", "192.168.1.1", "192.168.255.255",
    "198.18.0.0", "198.19.255.255",
    "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "224.0.0.251", "239.255.255.250",
    "240.0.0.1", "255.255.255.254", "255.255.255.255",
    # IPv6: unspecified, loopback, mapped, compatible, translated
    "::", "::1", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::FFFF:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "::127.0.0.1", "::7f00:1", "::8.8.8.8", "::a00:1",
    "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    # discard-only, SRv6, unique local, link-local, site-local, multicast
    "100::", "100::1", "100:0:0:1::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1",
    "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "feff::1", "ff00::1", "ff02::1", "ff05::2", "ffff::1",
    # inside the unicast range, but not for the public
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff::1",
    "2001:db8::1", "2001:0db8:85a3::8a2e:370:7334",
    "2002::1", "2002:7f00:1::", "2002:c0a8:101::1", "2002:808:808::", "3ffe::1", "3fff::1", "3fff:fff::1",
    # what IANA has not given out
    "4000::1", "8000::1", "a000::1", "1::1", "0100::", "1fff::1",
    # no addresses at all
    "", "localhost", "example.com", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", " 8.8.8.8",
    "8.8.8.8/32", "[2606:4700::1]", "::1::", "12345::",
]  # fmt: skip

PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
    "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "198.51.99.255", "203.0.112.1", "203.0.114.1", "223.255.255.255",
    "2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "2003::1", "2606:4700::1111",
    "2a00:1450::1", "3ffd::1", "3fff:1000::1",
]  # fmt: skip

SPELLINGS = [  # of hosts in a URL that mean an address inside, as a browser reads them
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001",
    "00000177.0.0.1", "0x7f.0x0.0x0.0x1", "127.0.0.0x1", "0", "0x0", "00", "0.0", "127.0.0.1.", "%31%32%37.0.0.1",
    "\uff11\uff12\uff17.0.0.1", "①②⑦.0.0.1", "127\u30020\u30020\u30021", "0300.0250.1.1", "192.168.257",
    "192.11010305", "10.0x1", "167772161",
    "0xA9FEA9FE", "2852039166", "0251.0376.0251.0376", "169.254.43518", "0xa9.0xfe.0xa9.0xfe", "169.16689662",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)
    with pytest.raises(AddressRefused):
        guarded_socket(frozenset())((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address):
    assert is_public(address)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    guarded_socket(frozenset())((family, socket.SOCK_STREAM, 6, "", (address, 80))).close()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_url_may_spell_an_inner_address_as_it_likes(spelling):
    assert is_refused_literal(urls.host(f"http://{spelling}/"))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_redirect_to_an_inner_address_is_refused_however_it_is_spelled(spelling):
    for location in (f"http://{spelling}/latest/meta-data/", f"//{spelling}:8080/", f"https://ann:secret@{spelling}/"):
        raw = location.encode().decode("latin-1")  # as a header arrives
        hop = Answer("http://paper.test/a", NOW, 302, (("Location", raw),))
        target = judge.points_to(hop)
        source = Source("paper", "http://paper.test/", hosts=(urls.host(target),))
        refusal = judge.refused_redirect(target, ["http://paper.test/a"], source, Network("B/0"))
        assert refusal.reason is Reason.ADDRESS_REFUSED, location


@pytest.mark.parametrize("host", ["paper.test", "localhost", "8.8.8.8", "[2606:4700::1111]", "127.0.0.1.example.com"])
def test_a_name_or_a_public_address_is_no_refused_literal(host):
    assert not is_refused_literal(host)


def test_only_the_pair_of_address_and_port_is_exempt():
    make = guarded_socket(frozenset({("127.0.0.1", 8080)}))
    make((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 8080))).close()
    for where in (("127.0.0.1", 8081), ("127.0.0.2", 8080), ("10.0.0.1", 8080)):
        with pytest.raises(AddressRefused):
            make((socket.AF_INET, socket.SOCK_STREAM, 6, "", where))


@settings(deadline=None)
@given(st.ip_addresses())
def test_whatever_the_standard_library_calls_private_is_refused(address):
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not is_public(str(address))


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_no_address_inside_an_ipv6_wrapping_is_let_through(inner):
    number = int(inner)
    for wrapped in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not is_public(str(ipaddress.IPv6Address(wrapped)))


def test_the_resolver_answers_from_the_map_with_its_port():
    async def run():
        resolver = MappedResolver({"paper.test": ("127.0.0.1", 4711), "six.test": ("::1", 4712)})
        four, six = await resolver.resolve("paper.test", 80), await resolver.resolve("six.test", 443)
        return [(found[0]["host"], found[0]["port"], found[0]["family"]) for found in (four, six)]

    assert asyncio.run(run()) == [("127.0.0.1", 4711, socket.AF_INET), ("::1", 4712, socket.AF_INET6)]


def test_a_name_that_no_dns_can_hold_is_an_error_of_the_network():
    async def run():
        await MappedResolver({}).resolve("a" * 64 + ".test", 80)

    with pytest.raises(OSError, match="label"):
        asyncio.run(run())
