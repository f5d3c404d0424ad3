"""What a record is refused for, by format: the place, the reason, the record's name, and what to do."""

import json
import pickle

import pytest
from tests.sources.made_inputs import study, xml_study

from trialfit.errors import RecordRefused
from trialfit.sources.registries import FORMATS, read_trial

ID_PLACE = "$.protocolSection.identificationModule.nctId"


def refusal(data: bytes, format: str) -> RecordRefused:
    with pytest.raises(RecordRefused) as caught:
        read_trial(data, format)
    assert caught.value.remedy
    assert caught.value.remedy in str(caught.value)
    return caught.value


def with_module(name: str, module: object) -> bytes:
    sections = json.loads(study(7))
    sections["protocolSection"][name] = module
    return json.dumps(sections).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"protocolSection": {"identificationModule": {}}}', "the record has no NCT id"),
        (b'{"protocolSection": {"identificationModule": null}}', "the record has no NCT id"),
        (b'{"protocolSection": null, "hasResults": false}', "the record has no NCT id"),
        (b'{"hasResults": false}', "the record has no NCT id"),
        (study(1, nctId="NCT1234567"), "'NCT1234567' is not an NCT id"),
        (study(1, nctId="nct00000001"), "'nct00000001' is not an NCT id"),
        (study(1, nctId="NCT00000001\n"), r"'NCT00000001\\n' is not an NCT id"),
        (study(1, nctId="NCT٠٠٠٠٠٠٠١"), "is not an NCT id"),
        (study(1, nctId="x" * 500), f"'{'x' * 40}…' is not an NCT id"),
    ],
)
def test_a_study_without_a_proper_id(data: bytes, reason: str):
    refused = refusal(data, "ctgov-v2")
    assert refused.place == ID_PLACE
    assert reason.replace("\\\\", "\\") in refused.reason


@pytest.mark.parametrize(
    ("module", "value", "place", "reason"),
    [
        ("identificationModule", {"nctId": 7}, ID_PLACE, "got `int`"),
        ("statusModule", [], "$.protocolSection.statusModule", "got `array`"),
        (
            "designModule",
            {"enrollmentInfo": {"count": "9"}},
            "$.protocolSection.designModule.enrollmentInfo.count",
            "str",
        ),
        ("conditionsModule", {"conditions": "Cough"}, "$.protocolSection.conditionsModule.conditions", "got `str`"),
        (
            "eligibilityModule",
            {"healthyVolunteers": "Perhaps"},
            "$.protocolSection.eligibilityModule.healthyVolunteers",
            "str",
        ),
        (
            "contactsLocationsModule",
            {"locations": [{}, {"geoPoint": {"lat": "north"}}]},
            "$.protocolSection.contactsLocationsModule.locations[1].geoPoint.lat",
            "got `str`",
        ),
    ],
)
def test_a_value_of_a_wrong_type_is_named_by_its_path(module: str, value: object, place: str, reason: str):
    refused = refusal(with_module(module, value), "ctgov-v2")
    assert refused.place == place
    assert reason in refused.reason


def test_yes_is_read_as_true_only_where_truth_is_wanted():
    module = {"oversightHasDmc": "Yes", "isUsExport": "No", "isPpsd": "maybe"}
    refused = refusal(with_module("oversightModule", module), "ctgov-v2")
    assert (refused.place, refused.name) == ("$.protocolSection.oversightModule.isPpsd", "NCT00000007")


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (study(7)[:-3], f"byte {len(study(7)) - 3}", "truncated"),
        (study(7)[:-1] + b",}", f"byte {len(study(7))}", "trailing comma"),
        (study(7) + b" {}", "byte 9", "trailing characters"),
        (study(7).replace(b"Study 7", b"a\nb"), "byte 8", "invalid character"),
        (study(7).replace(b"Study 7", b"caf\xe9"), "byte 8", "not UTF-8 (byte 0xe9)"),
        (b'{"hasResults": ' + b"[" * 100_000, "", "nested too deeply"),
        (b'{"hasResults": ' + b'{"a":' * 100_000, "", "nested too deeply"),
        (b"", "byte 0", "truncated"),
        (b"[1]", "$", "Expected `object`"),
        (b'{"hasResults": NaN}', "byte 15", "invalid character"),
    ],
)
def test_broken_json_is_named_by_its_byte(data: bytes, place: str, reason: str):
    refused = refusal(data, "ctgov-v2")
    assert refused.place.startswith(place)
    assert reason in refused.reason
    assert refused.name == ("NCT00000007" if b"NCT00000007" in data else "")


def test_bytes_that_are_not_text_are_refused_in_fields_that_nobody_reads():
    refused = refusal(study(7)[:-1] + b', "note": "\xff"}', "ctgov-v2")
    assert "not UTF-8" in refused.reason


DTD = b'<!DOCTYPE clinical_study [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE clinical_study [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "declared", [DTD, OUTSIDE, b"<!DOCTYPE clinical_study>", b'<!DOCTYPE clinical_study SYSTEM "x.dtd">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(declared: bytes, encoding: str):
    words = (declared + xml_study(7).replace(b"<id_info>", b"<brief_title>&b;</brief_title><id_info>")).decode()
    refused = refusal(words.encode(encoding), "ctgov-xml")
    assert "document type or an entity" in refused.reason or "cannot be read" in refused.reason
    assert "aaaa" not in str(refused)


@pytest.mark.parametrize("attribute", ["nct", "rank"])
def test_entities_in_attributes_are_refused_too(attribute: str):
    words = (
        DTD.decode()
        + f'<clinical_study {attribute}="&b;"><id_info><nct_id>NCT00000007</nct_id></id_info></clinical_study>'
    )
    assert "document type" in refusal(words.encode("utf-16"), "ctgov-xml").reason


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (xml_study(7)[:-4], "line 1", "the XML cannot be read"),
        (b"<clinical_study>\n<a>\n</b></clinical_study>", "line 3", "Opening and ending tag mismatch"),
        (b"<clinical_study>" + b"<a>" * 100_000, "line 1", "depth"),
        (b"<clinical_study>&nbsp;</clinical_study>", "line 1", "Entity 'nbsp' not defined"),
        (b"<clinical_study>\xff</clinical_study>", "line 1", "the XML cannot be read"),
        (b'<?xml version="1.0" encoding="of-tomorrow"?><clinical_study/>', "line 1", "the XML cannot be read"),
        (b"<html><body><clinical_study/></body></html>", "line 1", "the root element is <html>"),
        (b"", "line 1", "the XML cannot be read"),
        (b"<clinical_study/>", ID_PLACE, "the record has no NCT id"),
        (xml_study(7).replace(b"NCT", b"ISRCTN"), ID_PLACE, "'ISRCTN00000007' is not an NCT id"),
    ],
)
def test_what_an_xml_record_is_refused_for(data: bytes, place: str, reason: str):
    refused = refusal(data, "ctgov-xml")
    assert refused.place == place
    assert reason in refused.reason


def test_a_text_of_a_hundred_megabytes_in_xml_is_refused():
    refused = refusal(
        xml_study(7).replace(b"</id_info>", b"</id_info><source>" + b"x" * 100_000_000 + b"</source>"), "ctgov-xml"
    )
    assert refused.name == "NCT00000007"
    assert "the XML cannot be read" in refused.reason


def test_an_unknown_format_is_refused():
    assert refusal(study(1), "isrctn").remedy == f"Known formats: {', '.join(FORMATS)}."


def test_a_refusal_can_come_from_another_process():
    refused = refusal(study(1, nctId="x"), "ctgov-v2")
    again = pickle.loads(pickle.dumps(refused))
    assert (str(again), again.place, again.remedy) == (str(refused), refused.place, refused.remedy)
