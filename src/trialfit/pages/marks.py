"""Sentences as HTML: their words, and after them a button that shows where they come from, without JavaScript.

The button opens a card, which is the browser's own popover: Enter or a tap opens it, Esc or a tap elsewhere closes it.
The page's switch "Show every source" shows all cards in their places instead; the style sheet does that. A browser
without popovers has only the switch; one without `:has()` too shows every card at all times. No source is out of reach.

A page has hundreds of sentences, and a template call for each would take most of the time of a page; so this is plain
string building, and every text goes through `text`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from trialfit.pages.dates import written
from trialfit.pages.reaching import FIELDS, ways_to_reach
from trialfit.pages.view import Page, Quote, Sentence, Source, SourceKind

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
INDEX = re.compile(r"\[(\d{1,9})\]")

FIELDS_KEPT = 1 << 14
"""Lines kept ready: a record has few fields, but lists of them, and places come in hundreds."""

PARTS = {
    "armsInterventionsModule": "groups and treatments",
    "contactsLocationsModule": "contacts and places",
    "sponsorCollaboratorsModule": "sponsor and partners",
    "ipdSharingStatementModule": "sharing of data",
    "adverseEventsModule": "unwanted effects",
    "participantFlowModule": "flow of people",
}
"""Parts of a record whose own name says little to a reader; the others are named by the words in their name."""


def field_name(path: str) -> str:
    """A record's JSON path in words: `protocolSection.statusModule.startDateStruct.date` is `status › start date`.

    Positions count from one: `locations[0]` is `locations 1`.
    """
    steps = path.removeprefix("protocolSection.").split(".")
    if len(steps) > 1 and steps[-1] == "date" and steps[-2].endswith("Struct"):
        del steps[-1]
    return " › ".join(PARTS.get(step) or _step_name(step) for step in steps)


def _step_name(step: str) -> str:
    bare = INDEX.sub(lambda found: f" {int(found[1]) + 1}", step)
    words = CAMEL.sub(" ", bare.removesuffix("Module").removesuffix("Struct"))
    return words if words.isupper() else words.lower()


def text(words: str) -> str:
    """Text escaped for the inside of an element (never for an attribute)."""
    if "&" in words or "<" in words or ">" in words:
        return escape(words, quote=False)
    return words


@lru_cache(maxsize=FIELDS_KEPT)
def _field(path: str, kind: SourceKind) -> str:
    """The line of a card that says what is known about a field, and which field it is."""
    says = "The record has nothing under" if kind == "silent" else "The record, under"
    steps = text(path).replace(".", ".<wbr>")
    return f'<span class="why">{says} <b>{text(field_name(path))}</b></span><code>{steps}</code>'


def _method(topic: str, about: str) -> str:
    """The line of a card for a fact about TrialFit; about: the page that explains it, "" when there is none."""
    words = text(topic.replace("-", " "))
    if about:
        words = f'<a href="{escape(about)}#{escape(topic)}">{words}</a>'
    return f'<span class="item"><span class="why">How TrialFit works: <b>{words}</b></span></span>'


def _source(source: Source, quoted: str | None, about: str) -> str:
    """One source in a card; quoted: the words of it that the reader already sees, quoted."""
    if source.kind == "method":
        return _method(source.field, about)
    line = _field(source.field, source.kind)
    if source.record:
        line = f"{line}<small>in the record of {text(source.record)}</small>"
    if source.span is not None:
        line = f"{line}<small>characters {source.span[0]}–{source.span[1]}</small>"
    if not source.words:
        return f'<span class="item">{line}</span>'
    if source.words == quoted:
        return f'<span class="item">{line}<span class="said">These are its own words.</span></span>'
    return f'<span class="item">{line}<q class="said" dir="auto">{text(source.words)}</q></span>'


def _sources(sources: Sequence[Source], quoted: str | None, about: str) -> str:
    """All sources in a card. Neighbours that are fields of one thing (a place, a group) stand under its one line."""
    found = []
    things = [_thing(source) for source in sources]
    start = 0
    while start < len(sources):
        thing, end = things[start], start + 1
        while thing and end < len(sources) and things[end] == thing:
            end += 1
        if end == start + 1:
            found.append(_source(sources[start], quoted, about))
        else:
            lines = "".join([_leaf(source, len(thing) + 1) for source in sources[start:end]])
            found.append(f'<span class="item">{_field(thing, "stated")}{lines}</span>')
        start = end
    return "".join(found)


def _thing(source: Source) -> str:
    """The path of what a field belongs to; empty for a source that says more than a field and its words."""
    if source.kind == "method" or source.span is not None or source.record:
        return ""
    return source.field.rpartition(".")[0]


def _leaf(source: Source, start: int) -> str:
    said = f'<q dir="auto">{text(source.words)}</q>' if source.kind == "stated" else "nothing"
    return f'<span class="said"><code>{text(source.field[start:])}</code> {said}</span>'


class Marks:
    """Writes the sentences of one page, and numbers their sources in reading order."""

    def __init__(self, page: Page, about: str = "") -> None:
        """The page gives the date of the record's version, and the registry's address, which becomes a link.

        about: the address of the page that explains how TrialFit works, "" when there is none to link to.
        """
        self._about = about
        version = written(page.record_date)
        self._version = f'<span class="when">{f"Record of {version}" if version else "The record has no date"}</span>'
        self._registry = (
            page.registry_url.removeprefix("https://") if page.registry_url.startswith("https://") else None
        )
        self._link = f'<a href="{escape(page.registry_url)}" rel="noopener noreferrer">{text(self._registry or "")}</a>'
        self._cards = 0
        self._ids = 0

    def words(self, sentence: Sentence) -> str:
        """A sentence's words; names and quotes stand apart, so that their writing direction cannot change the rest."""
        parts = sentence.parts
        if len(parts) == 1 and isinstance(parts[0], Quote):
            return f'<q dir="auto">{text(parts[0].text)}</q>'
        found = []
        links = ways_to_reach(sentence.sources) if sentence.sources[-1].field.endswith(FIELDS) else {}
        for part in parts:
            if isinstance(part, str):
                found.append(text(part))
            elif isinstance(part, Quote):
                found.append(f'<q dir="auto">{text(part.text)}</q>')
            elif part.text == self._registry:
                found.append(self._link)
            elif part.text in links:
                found.append(f'<a href="{escape(links[part.text])}">{text(part.text)}</a>')
            else:
                found.append(f"<bdi>{text(part.text)}</bdi>")
        return "".join(found)

    def sentences(self, sentences: Sequence[Sentence]) -> str:
        """Sentences that run on; neighbours with the very same sources share one button."""
        if len(sentences) == 1:
            [alone] = sentences
            quoted = alone.parts[0].text if isinstance(alone.parts[0], Quote) else None
            return f'<span class="s">{self.words(alone)}{self._card(alone.sources, quoted)}</span>'
        found = []
        run = ""
        for following, sentence in enumerate(sentences, start=1):
            run = f"{run} {self.words(sentence)}" if run else self.words(sentence)
            if following < len(sentences) and sentences[following].sources == sentence.sources:
                continue
            quoted = sentence.parts[0].text if isinstance(sentence.parts[0], Quote) else None
            found.append(f'<span class="s">{run}{self._card(sentence.sources, quoted)}</span>')
            run = ""
        return " ".join(found)

    def row(self, cells: Sequence[Sentence | None]) -> str:
        """The cells of a table's row, the first its heading, and one button for the sources of them all, each once."""
        sources: list[Source] = []
        found = []
        for place, cell in enumerate(cells):
            if cell is None:
                found.append("<td></td>")
                continue
            sources += [source for source in cell.sources if source not in sources]
            found.append(f"<td>{self.words(cell)}</td>" if place else f'<th scope="row">{self.words(cell)}</th>')
        card = self._card(tuple(sources), None) if sources else ""
        return f'{"".join(found)}<td class="sources">{card}</td>'

    def source(self, sentence: Sentence) -> str:
        """The button and card alone, for a sentence whose words stand in a heading."""
        return self._card(sentence.sources, None)

    def new_id(self) -> str:
        """An id that nothing else on the page has."""
        self._ids += 1
        return f"part-{self._ids}"

    def _card(self, sources: tuple[Source, ...], quoted: str | None) -> str:
        self._cards += 1
        number = self._cards
        if len(sources) == 1:
            items = _source(sources[0], quoted, self._about)
            elsewhere = sources[0].kind == "method" or sources[0].record != ""
        else:
            items = _sources(sources, quoted, self._about)
            elsewhere = all(source.kind == "method" or source.record != "" for source in sources)
        version = "" if elsewhere else self._version
        return (
            f'<span class="from">'
            f'<button type="button" class="src" popovertarget="source-{number}" aria-label="Source {number}"></button>'
            f'<span class="card" popover id="source-{number}"><b class="no">Source {number}</b>{items}{version}</span>'
            f"</span>"
        )
