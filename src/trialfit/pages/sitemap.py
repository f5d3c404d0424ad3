"""Site maps (sitemaps.org, protocol 0.9): the addresses of a site for search engines."""

from collections.abc import Iterator, Sequence
from html import escape

MOST_ADDRESSES = 50_000
"""More than so many addresses may not stand in one file; an index then names several files."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def site_maps(nct_ids: Sequence[str], top: str) -> Iterator[tuple[str, str]]:
    """Name and text of each file of the site map of a site at `top`; the last one is sitemap.xml."""
    addresses = [f"{top}/", f"{top}/about.html", *(f"{top}/trials/{nct_id}.html" for nct_id in nct_ids)]
    if len(addresses) <= MOST_ADDRESSES:
        yield "sitemap.xml", _file("urlset", "url", addresses)
        return
    parts: list[str] = []
    for start in range(0, len(addresses), MOST_ADDRESSES):
        parts.append(f"sitemap-{len(parts) + 1}.xml")
        yield parts[-1], _file("urlset", "url", addresses[start : start + MOST_ADDRESSES])
    yield "sitemap.xml", _file("sitemapindex", "sitemap", [f"{top}/{part}" for part in parts])


def _file(root: str, entry: str, addresses: Sequence[str]) -> str:
    lines = "\n".join(f"<{entry}><loc>{escape(address)}</loc></{entry}>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{lines}\n</{root}>\n'
