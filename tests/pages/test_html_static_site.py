"""The site as files: complete, linked within itself, written whole, and left alone when nothing changed."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest
from tests.pages.records import PAGE_DATE
from tests.store.studies import loaded, nct, study

from trialfit.errors import NotFound
from trialfit.pages.html import stylesheet
from trialfit.pages.overview import list_page, place
from trialfit.pages.sitemap import MOST_ADDRESSES, site_maps
from trialfit.pages.static_site import TRIALS_AT_ONCE, SiteWritten, put, write_site
from trialfit.store import TrialFilter, open_store

MANY = 2 * TRIALS_AT_ONCE + 1
BASE = "https://trials.example.org/here"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up trials, more than one batch of them."""
    path = tmp_path_factory.mktemp("store") / "trials.duckdb"
    loaded(path, *(study(number, title=f"Light in winter {number}") for number in range(1, MANY + 1)))
    return path


@pytest.fixture(scope="module")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that store."""
    out = tmp_path_factory.mktemp("site")
    assert write_site(store, out, PAGE_DATE, base_url=BASE, workers=0) == SiteWritten(MANY, MANY)
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_site_has_a_page_for_each_trial_and_nothing_left_over(site: Path) -> None:
    pages = {f"trials/{nct(number)}.html" for number in range(1, MANY + 1)}
    others = {"index.html", "about.html", "style.css", "icon.svg", "robots.txt", "sitemap.xml"}
    assert set(files(site)) == pages | others
    assert (site / "style.css").read_text() == stylesheet()


def test_links_lead_to_files_of_the_site_or_to_the_registry(site: Path) -> None:
    for name in ("index.html", "about.html", f"trials/{nct(1)}.html"):
        tree = lxml.html.document_fromstring((site / name).read_bytes())
        links = [urlsplit(link) for link in tree.xpath("//@href")]
        assert len(links) >= 5
        for link in links:
            if link.netloc:
                assert link.geturl().startswith("https://clinicaltrials.gov/study/NCT")
            elif link.path:
                assert (site / name).parent.joinpath(link.path).resolve().is_file()
            else:
                assert tree.get_element_by_id(link.fragment) is not None


def test_facts_about_trialfit_lead_to_their_place_on_the_about_page(site: Path) -> None:
    tree = lxml.html.document_fromstring((site / f"trials/{nct(1)}.html").read_bytes())
    about = lxml.html.document_fromstring((site / "about.html").read_bytes())
    links = set(tree.xpath("//*[@class='card']//a/@href"))
    assert links
    for link in links:
        path, topic = link.split("#")
        assert path == "../about.html"
        assert about.get_element_by_id(topic) is not None


def test_index_lists_every_trial(site: Path) -> None:
    tree = lxml.html.document_fromstring((site / "index.html").read_bytes())
    assert len(tree.xpath("//ul[@class='results']/li")) == MANY
    assert tree.find_class("place")[0].text == f"{MANY} trials"


def test_site_that_is_as_it_should_be_is_left_alone(site: Path, store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    seen: list[int] = []
    assert write_site(store, site, PAGE_DATE, base_url=BASE, on_progress=seen.append, workers=0) == SiteWritten(MANY, 0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
    assert seen == [TRIALS_AT_ONCE, 2 * TRIALS_AT_ONCE, MANY]


def test_another_day_changes_pages(site: Path, store: Path, tmp_path: Path) -> None:
    write_site(store, tmp_path, PAGE_DATE, workers=0)
    assert write_site(store, tmp_path, date(2026, 11, 23), workers=0).changed == MANY


def test_workers_write_the_same_site(site: Path, store: Path, tmp_path: Path) -> None:
    assert write_site(store, tmp_path, PAGE_DATE, base_url=BASE, workers=2) == SiteWritten(MANY, MANY)
    assert files(tmp_path) == files(site)


def test_without_an_address_there_is_no_site_map(store: Path, tmp_path: Path) -> None:
    write_site(store, tmp_path, PAGE_DATE, workers=0)
    assert not (tmp_path / "sitemap.xml").exists()
    assert "Sitemap" not in (tmp_path / "robots.txt").read_text()


def test_site_map_names_every_page(site: Path) -> None:
    tree = lxml.etree.fromstring((site / "sitemap.xml").read_bytes())
    names = tree.xpath("//*[local-name()='loc']/text()")
    assert names[:2] == [f"{BASE}/", f"{BASE}/about.html"]
    assert names[2:] == [f"{BASE}/trials/{nct(number)}.html" for number in range(1, MANY + 1)]
    assert f"Sitemap: {BASE}/sitemap.xml\n" in (site / "robots.txt").read_text()


def test_a_long_site_map_is_split() -> None:
    ids = [nct(number) for number in range(MOST_ADDRESSES)]
    made = dict(site_maps(ids, "https://a.example/?x&y"))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    counts = [len(lxml.etree.fromstring(text.encode())) for text in made.values()]
    assert counts == [MOST_ADDRESSES, 2, 2]
    assert lxml.etree.fromstring(made["sitemap.xml"].encode())[1][0].text == "https://a.example/?x&y/sitemap-2.xml"


def test_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write_site(tmp_path / "none.duckdb", tmp_path / "out", PAGE_DATE)


def test_a_file_is_put_in_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert put(target, "one")
    before = target.stat().st_ino
    assert not put(target, "one")
    assert put(target, "two")
    assert target.read_text() == "two"
    assert target.stat().st_ino != before
    assert list(tmp_path.iterdir()) == [target]


def test_list_is_cut_into_pages(store: Path, tmp_path: Path) -> None:
    write_site(store, tmp_path, PAGE_DATE, workers=0, trials_on_a_page=40)
    lists = [tmp_path / name for name in ("index.html", "index-2.html", "index-3.html")]
    trees = [lxml.html.document_fromstring(path.read_bytes()) for path in lists]
    assert [len(tree.xpath("//ul[@class='results']/li")) for tree in trees] == [40, 40, MANY - 80]
    assert trees[1].xpath("//nav[@class='pager']/a/@href") == ["index.html", "index-3.html"]
    assert trees[2].xpath("//nav[@class='pager']/a/@href") == ["index-2.html"]
    assert not (tmp_path / "index-4.html").exists()


def test_list_ends_where_the_trials_end(store: Path) -> None:
    with open_store(store) as opened:
        assert list_page(opened, TrialFilter(), 4, 40, str) is None
        empty = list_page(opened, TrialFilter(words="volcano"), 1, 40, str)
    assert empty is not None
    assert (empty.trials, empty.place, empty.next) == ([], "0 trials", "")


@pytest.mark.parametrize(
    ("number", "total", "words"),
    [
        (1, 1, "1 trial"),
        (1, 50, "50 trials"),
        (1, 51, "Trials 1 to 50 of 51"),
        (30, 1500, "Trials 1,451 to 1,500 of 1,500"),
    ],
)
def test_place_in_a_list(number: int, total: int, words: str) -> None:
    assert place(number, 50, total) == words
