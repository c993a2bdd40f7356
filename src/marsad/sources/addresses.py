"""Which network addresses may be asked: public ones only, unless a setting says otherwise."""

from __future__ import annotations

import ipaddress
import socket

from marsad.errors import Unreachable

_IPV4 = 4
_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out; NAT64 lies outside
_SPECIAL = tuple(  # for protocols, tunnels and examples, whatever `is_global` of this Python says
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)


def is_public(address: str) -> bool:
    """Whether `address` is a host of the public internet.

    Stricter than `ipaddress.is_global`, which takes multicast, NAT64 and tunnels for global.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if not parsed.is_global or parsed.is_multicast or any(parsed in special for special in _SPECIAL):
        return False
    return parsed.version == _IPV4 or parsed in _UNICAST


def resolve(host: str, port: int, *, private: bool) -> tuple[str, ...]:
    """The addresses of `host`, each of them checked; `private` lifts the check.

    One address that is not public refuses them all: a name must not be half trusted. Spellings
    such as `127.1` and `0x7f000001` are what the resolver makes of them.

    Raises:
        Unreachable: the name has no address, or one that may not be asked.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} has no address; check the name and the connection") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private and not all(map(is_public, addresses)):
        raise Unreachable(f"{host} is not a public address (MARSAD_FETCH_PRIVATE_ADDRESSES=1 allows it)")
    return addresses
