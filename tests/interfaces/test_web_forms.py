"""Which form an Accept header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfit.interfaces.web.forms import Form, form_for

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", Form.HTML),
        ("*/*", Form.HTML),
        (BROWSER, Form.HTML),
        ("application/json", Form.JSON),
        ("text/plain", Form.TEXT),
        ("text/*", Form.HTML),
        ("application/*", Form.JSON),
        ("text/plain;q=0.4, application/json;q=0.5", Form.JSON),
        ("TEXT/PLAIN ; Q=1", Form.TEXT),
        ("image/png", Form.HTML),
        ("application/json;q=0", Form.HTML),
        ("application/json;q=high, text/plain;q=0.1", Form.TEXT),
        ("application/json;q=nan, text/plain;q=0.1", Form.TEXT),
        ("image/png," * 50 + "application/json", Form.HTML),
    ],
)
def test_form_that_a_header_prefers(accept: str, form: Form) -> None:
    assert form_for(accept) is form


@given(st.text())
def test_any_header_has_a_form(accept: str) -> None:
    assert form_for(accept) in Form
