"""The site: its addresses, its forms, what every answer carries, and what goes wrong."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.interfaces.visits import Visitor
from tests.pages.records import samples
from tests.store.studies import loaded, nct, study

from trialfit import app
from trialfit.interfaces.web import create_app
from trialfit.interfaces.web.guard import POLICY
from trialfit.interfaces.web.routes import TRIALS_ON_A_PAGE
from trialfit.pages.compose import compose
from trialfit.pages.html import stylesheet, stylesheet_mark
from trialfit.pages.view import sentences_of

DAY = date(2026, 11, 22)
SAMPLE = "NCT07463573"
MANY = 2 * TRIALS_ON_A_PAGE + 3
ALIAS = nct(90_000_001)
HOSTILE_WORDS = '"><script>alert(1)</script>'
PAGES = ("/", "/trials", f"/trials/{SAMPLE}", "/about", "/trials?q=cancer")
MISTAKES = ("/nowhere", f"/trials/{nct(77)}", "/trials/x", "/trials?page=0", "/trials?status=OPEN")


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A visitor of the site of the packaged samples."""
    store = tmp_path_factory.mktemp("samples") / "trials.duckdb"
    app.load_samples(store)
    return Visitor(create_app(store, today=lambda: DAY))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A visitor of a site of many made-up trials, one of them about lanterns, and one with an older id."""
    store = tmp_path_factory.mktemp("many") / "trials.duckdb"
    records = [study(number, title=f"Light in winter {number}") for number in range(1, MANY + 1)]
    records[6] = study(7, title="Lanterns", conditionsModule={"conditions": ["Amber Fever <b>"]})
    records[8]["protocolSection"]["identificationModule"]["nctIdAliases"] = [ALIAS]
    records[8]["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    loaded(store, *records)
    return Visitor(create_app(store, today=lambda: DAY))


@pytest.fixture
def anywhere(tmp_path: Path) -> Iterator[tuple[Path, Visitor]]:
    """Where a store may come to be, and a visitor of its site."""
    store = tmp_path / "trials.duckdb"
    site = create_app(store, today=lambda: DAY)
    yield store, Visitor(site)
    site.state.desk.trials.close()


@pytest.mark.parametrize("address", [*PAGES, *MISTAKES, "/style.css", "/icon.svg", "/robots.txt", "/healthz"])
def test_every_answer_carries_the_headers(visitor: Visitor, address: str) -> None:
    headers = visitor.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"]
    assert "set-cookie" not in headers


def test_policy_allows_no_script_and_no_other_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules.pop("default-src") == "'none'"
    assert {name for name in rules if name.startswith("script")} == set()
    assert set(rules.values()) == {"'self'", "'none'"}


@pytest.mark.parametrize("address", PAGES)
def test_pages_refer_to_no_other_host(visitor: Visitor, address: str) -> None:
    tree = visitor.read(address)
    assert tree.xpath("//script | //style | //iframe | //object | //img | //@style") == []
    for link in tree.xpath("//@href | //@src | //@action"):
        outside = link.startswith("https://clinicaltrials.gov/study/NCT")
        assert outside or link.startswith(("/", "#")) or link.startswith(SAMPLE)
        assert not link.startswith("//")
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        assert link.get("rel") == "noopener noreferrer"


def test_home_tells_what_is_loaded(visitor: Visitor) -> None:
    tree = visitor.read("/")
    words = " ".join(tree.text_content().split())
    assert tree.xpath("//dt[.='Trials']/following-sibling::dd/text()") == [str(len(samples()))]
    assert "Newest record" in words
    assert "All of these trials came with TrialFit" in words
    assert "This is not medical advice" in words


def test_home_of_other_records_speaks_of_no_samples(many: Visitor) -> None:
    words = many.read("/").text_content()
    assert "came with TrialFit" not in words
    assert str(MANY) in words


def test_home_links_each_status_to_its_trials(many: Visitor) -> None:
    tree = many.read("/")
    links = {link.text: link.get("href") for link in tree.find_class("statuses")[0].iter("a")}
    assert links == {"Recruiting": "/trials?status=RECRUITING", "Completed": "/trials?status=COMPLETED"}
    assert listed(many, links["Completed"]) == [nct(9)]


def listed(visitor: Visitor, address: str) -> list[str]:
    """Ids of the trials in a list."""
    links = visitor.read(address).xpath("//ul[@class='results']//a/@href")
    return [link.removeprefix("/trials/") for link in links]


def test_list_goes_through_every_trial_once(many: Visitor) -> None:
    found, address = [], "/trials"
    for _ in range(3):
        found += listed(many, address)
        following = many.read(address).xpath("//a[@rel='next']/@href")
        address = following[0] if following else ""
    assert address == ""
    assert sorted(found) == [nct(number) for number in range(1, MANY + 1)]


def test_list_tells_its_place_and_the_page_before(many: Visitor) -> None:
    tree = many.read("/trials?page=2")
    assert tree.find_class("place")[0].text == f"Trials 51 to 100 of {MANY}"
    assert tree.xpath("//a[@rel='prev']/@href") == ["/trials?page=1"]


def test_list_keeps_the_question_from_page_to_page(many: Visitor) -> None:
    assert many.read("/trials?q=winter&status=RECRUITING").xpath("//a[@rel='next']/@href") == [
        "/trials?q=winter&status=RECRUITING&page=2"
    ]


@pytest.mark.parametrize("words", ["lanterns", "AMBER fever", "  lanterns   amber ", nct(7).lower()])
def test_list_finds_words_of_title_condition_and_number(many: Visitor, words: str) -> None:
    assert listed(many, f"/trials?q={words}") == [nct(7)]


def test_list_without_a_match_says_what_to_try(many: Visitor) -> None:
    words = many.read("/trials?q=volcano").text_content()
    assert "No trial here fits these words" in words
    assert "Try fewer words" in words


def test_words_of_a_question_never_become_markup(many: Visitor) -> None:
    tree = many.read(f"/trials?q={HOSTILE_WORDS}")
    assert tree.xpath("//script") == []
    assert tree.get_element_by_id("words").get("value") == HOSTILE_WORDS
    assert tree.findtext(".//title").startswith(f"Trials with “{HOSTILE_WORDS}”")


def test_words_of_a_record_never_become_markup_in_a_list(many: Visitor) -> None:
    item = many.read("/trials?q=lanterns").xpath("//ul[@class='results']/li")[0]
    assert "Amber Fever <b>" in item.text_content()


def test_answers_to_questions_are_kept_by_no_cache(many: Visitor) -> None:
    answer = many.get("/trials?q=lanterns")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "1e9", "٣", "9" * 400])
def test_pages_that_the_list_does_not_have(many: Visitor, page: str) -> None:
    answer = many.get(f"/trials?page={page}")
    assert answer.status_code == 404
    assert "There is no such page of the list" in answer.text


def test_trial_has_three_forms(visitor: Visitor) -> None:
    with visitor.site.state.desk.store() as store:
        page = app.trial_page(store, SAMPLE, DAY)
    html, text, data = (visitor.get(f"/trials/{SAMPLE}{ending}") for ending in ("", ".txt", ".json"))
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert data.headers["content-type"] == "application/json"
    assert page.title.text in html.text
    assert data.json()["title"]["text"] == page.title.text
    assert text.text == app.page_as(page, "text")


def test_accept_header_chooses_the_form(visitor: Visitor) -> None:
    address = f"/trials/{SAMPLE}"
    assert visitor.get(address, "application/json").json() == visitor.get(f"{address}.json").json()
    assert visitor.get(address, "text/plain").text == visitor.get(f"{address}.txt").text
    assert "Accept" in visitor.get(address).headers["vary"]


def test_trial_links_to_its_other_forms(visitor: Visitor) -> None:
    assert visitor.read(f"/trials/{SAMPLE}").xpath("//p[@class='forms']//a/@href") == [
        f"{SAMPLE}.txt",
        f"{SAMPLE}.json",
    ]


def test_every_sample_has_its_page(visitor: Visitor) -> None:
    for nct_id in samples():
        assert nct_id in visitor.read(f"/trials/{nct_id}").findtext(".//title")


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (SAMPLE.lower(), SAMPLE),
        (f"{SAMPLE.lower()}.json", f"{SAMPLE}.json"),
        (f"{SAMPLE}.html", SAMPLE),
    ],
)
def test_a_trial_has_one_address(visitor: Visitor, asked: str, address: str) -> None:
    answer = visitor.get(f"/trials/{asked}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/trials/{address}")


def test_an_older_id_leads_to_the_trial(many: Visitor) -> None:
    answer = many.get(f"/trials/{ALIAS}.txt")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/trials/{nct(9)}.txt")


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "NCT1",
        "NCT123456789",
        "NCT07463573.xml",
        "NCT٠٧٤٦٣٥٧٣",
        "..%2f..%2fetc",
        "%00",
        HOSTILE_WORDS,
        "N" * 5000,
        "NCT07463573%0a",
    ],
)
def test_what_is_no_number_of_a_trial(visitor: Visitor, name: str) -> None:
    answer = visitor.get(f"/trials/{name}")
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "clinicaltrials.gov/study" not in answer.text
    assert len(answer.text) < 5000


def test_a_trial_that_is_not_here_may_be_at_the_registry(visitor: Visitor) -> None:
    answer = visitor.get(f"/trials/{nct(77)}")
    assert answer.status_code == 404
    assert f'href="https://clinicaltrials.gov/study/{nct(77)}"' in answer.text
    assert 'role="search"' in answer.text


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere", 404), (f"/trials/{nct(77)}", 404), ("/trials?page=0", 404)]
)
def test_mistakes_have_one_shape(visitor: Visitor, address: str, status: int) -> None:
    data = visitor.get(address, "application/json")
    assert data.status_code == status
    assert set(data.json()) == {"error"}
    error = data.json()["error"]
    assert set(error) == {"status", "what", "remedy"}
    assert error["status"] == status
    text = visitor.get(address, "text/plain").text
    assert text == f"{status} {error['what']}\n{error['remedy']}\n"
    html = visitor.get(address)
    assert html.status_code == status
    assert error["what"] in html.text
    assert html.headers["cache-control"] == "no-store"


def test_the_ending_of_an_address_chooses_the_form_of_a_mistake(visitor: Visitor) -> None:
    assert visitor.get(f"/trials/{nct(77)}.json").json()["error"]["status"] == 404


def test_addresses_can_only_be_read(visitor: Visitor) -> None:
    answer = visitor.get("/trials", "application/json", method="POST")
    assert answer.json()["error"]["status"] == answer.status_code == 405


@pytest.mark.parametrize("address", [*PAGES, "/style.css"])
def test_head_gives_the_headers_alone(visitor: Visitor, address: str) -> None:
    whole, head = visitor.get(address), visitor.get(address, method="HEAD")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers.get("etag") == whole.headers.get("etag")


@pytest.mark.parametrize("address", ["/", "/trials", f"/trials/{SAMPLE}", f"/trials/{SAMPLE}.json", "/about"])
def test_what_a_visitor_has_is_not_sent_again(visitor: Visitor, address: str) -> None:
    first = visitor.get(address)
    again = visitor.get(address, known=f'"other", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert visitor.get(address, known='"other"').status_code == 200


def test_style_sheet_is_kept_for_good_at_the_address_of_its_content(visitor: Visitor) -> None:
    (address,) = visitor.read("/").xpath("//link[@rel='stylesheet']/@href")
    assert address == f"/style.css?{stylesheet_mark()}"
    assert visitor.get(address).text == stylesheet()
    assert "immutable" in visitor.get(address).headers["cache-control"]
    assert visitor.get("/style.css?old").headers["cache-control"] == "no-cache"


def test_about_explains_every_fact_about_trialfit(visitor: Visitor) -> None:
    ids = set(visitor.read("/about").xpath("//section/@id"))
    pages = [compose(trial, DAY) for trial in samples().values()]
    sources = {source for page in pages for sentence in sentences_of(page) for source in sentence.sources}
    topics = {source.field for source in sources if source.kind == "method"}
    assert topics
    assert topics <= ids
    links = set(visitor.read(f"/trials/{SAMPLE}").xpath("//*[@class='card']//a/@href"))
    assert {"/about#reading-grade", "/about#how-a-page-is-made"} <= links


def test_robots_are_told_to_leave_questions_alone(visitor: Visitor) -> None:
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /trials?\n"


def test_health(visitor: Visitor) -> None:
    assert visitor.get("/healthz").json() == {"status": "ok", "trials": len(samples())}


def test_there_are_no_pages_but_ours(visitor: Visitor) -> None:
    for address in ("/docs", "/redoc", "/openapi.json"):
        assert visitor.get(address).status_code == 404


def test_a_load_is_seen_by_the_next_visit(anywhere: tuple[Path, Visitor]) -> None:
    store, visitor = anywhere
    loaded(store, study(1, title="Morning light"))
    before = visitor.get("/trials")
    assert "Morning light" in before.text
    loaded(store, study(2, title="Evening light"))
    after = visitor.get("/trials")
    assert "Evening light" in after.text
    assert before.headers["etag"] != after.headers["etag"]
    assert visitor.get("/healthz").json()["trials"] == 2


def test_without_a_store_the_site_says_so_and_recovers(anywhere: tuple[Path, Visitor]) -> None:
    store, visitor = anywhere
    for address in ("/", "/trials", f"/trials/{nct(1)}", "/healthz"):
        answer = visitor.get(address, "application/json")
        assert answer.status_code == answer.json()["error"]["status"] == 503
        assert store.name not in answer.text
    assert visitor.get("/about").status_code == 200
    loaded(store, study(1))
    assert visitor.get("/").status_code == 200


def test_a_file_that_is_no_store_is_a_503(anywhere: tuple[Path, Visitor]) -> None:
    store, visitor = anywhere
    store.write_text("not a store")
    assert visitor.get("/").status_code == 503


def test_a_failure_of_ours_has_our_shape_and_betrays_nothing(
    anywhere: tuple[Path, Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    store, _ = anywhere
    loaded(store, study(1))

    def broken_clock() -> date:
        raise RuntimeError("words that must not be shown")

    visitor = Visitor(create_app(store, today=broken_clock))
    with caplog.at_level(logging.DEBUG):
        answer = visitor.get(f"/trials/{nct(1)}?secret=amber", "application/json")
    assert answer.status_code == answer.json()["error"]["status"] == 500
    assert answer.headers["content-security-policy"] == POLICY
    # httpx, which the visitor of this test uses, logs its own requests; a site has no such log.
    (logged,) = (record for record in caplog.records if not record.name.startswith(("httpx", "asyncio")))
    assert logged.getMessage().startswith("RuntimeError in broken_clock, line ")
    assert logged.exc_info is None
    assert "words that must not be shown" not in answer.text
