"""Where a request comes from. What visitors say of it is believed only behind a known proxy."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings


def client_address(request) -> str | None:
    """The visitor's address; of the newer kind, its network: one home has billions of them."""
    try:
        address = ip_address(said_address(request))
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((address, 64), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def said_address(request) -> str:
    """Each proxy adds, at the end, where its request came from."""
    proxies = settings.TRUSTED_PROXIES
    chain = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and any(chain):
        return chain[-min(proxies, len(chain))]
    return request.META.get("REMOTE_ADDR", "")
