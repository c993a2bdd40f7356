"""Which network addresses may be asked: public ones only, unless a setting says otherwise."""

from __future__ import annotations

import ipaddress
import socket

from marsad.errors import Unreachable

_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out; NAT64 lies outside
_TUNNELS = (
    ipaddress.ip_network("2001::/32"),  # Teredo and 6to4 hold an IPv4 address, of any kind
    ipaddress.ip_network("2002::/16"),
)


def is_public(address: str) -> bool:
    """Whether `address` is a host of the public internet.

    Stricter than `ipaddress.is_global`, which takes multicast, NAT64 and tunnels for global.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if not parsed.is_global or parsed.is_multicast:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        return parsed in _UNICAST and not any(parsed in tunnel for tunnel in _TUNNELS)
    return True


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
