"""Addresses in a text: followers cut off, shortened ones named."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

ADDRESS = re.compile(r"https?://[^\s<>\"'«»)\]]+")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|igsh|mc_[ce]id|_hs\w+|mkt_tok|vero_\w+|"
    r"ref_src|ref_url|twclid|ttclid|spm|s_cid|oly_\w+|wickedid|__twitter_impression|si)$",
    re.I,
)
_SHORTENERS = frozenset(
    "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly cutt.ly rb.gy shorturl.at lnkd.in dlvr.it "
    "tiny.cc v.gd s.id yun.ir b2n.ir zaya.io plink.ir opizo.com l1nq.com 2ad.ir".split()
)


def untracked(address: str) -> str:
    """Return ``address`` without the parameters that tell its owner who followed it from where.

    An address that cannot be taken apart is returned as it is.
    """
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return address
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    if len(kept) == len(pairs):
        return address
    return urlunsplit(parts._replace(query=urlencode(kept)))


def is_shortened(address: str) -> bool:
    """Return whether ``address`` hides where it leads behind a link shortener."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.") in _SHORTENERS
