"""The preview's server answers its own page on this machine, and nobody else."""

from __future__ import annotations

import json
import logging
import socket
import urllib.error
import urllib.request
from typing import Any

import pytest

from bot.preview.server import Preview, PreviewError
from bot.telegram import texts


def fetch(preview: Preview, path: str, data: bytes | None = None, **headers: str) -> Any:
    """Return the response to a request (status, headers, body)."""
    request = urllib.request.Request(preview.address + path, data, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def asked(preview: Preview, question: str) -> Any:
    return json.loads(fetch(preview, "ask", json.dumps({"question": question}).encode())[2])


def test_a_question_is_answered_on_a_phone_in_both_languages(preview: Preview) -> None:
    answer = asked(preview, "How do I reach Dadban?")
    assert [phone["language"] for phone in answer["phones"]] == list(texts.LANGUAGES)
    assert all(phone["first"] for phone in answer["phones"])
    assert answer["found"][0]["document"] == "dadban"
    persian, english = answer["phones"]
    assert "دادبان" in persian["first"][0]["html"]
    assert "Dadban" in english["first"][0]["html"]
    opened = [
        b["opens"] for m in english["first"] for row in m["rows"] for b in row if "opens" in b
    ]
    assert all(english[screen] for screen in opened)


def test_a_document_shows_passages_findings_and_the_rank_of_each_question(preview: Preview) -> None:
    shown = json.loads(fetch(preview, "document?id=dadban")[2])
    assert sorted(shown["versions"]) == ["en", "fa"]
    english = shown["versions"]["en"]
    assert english["passages"][0]["sentences"][0]["sources"]
    ranks = [question["rank"] for question in english["questions"]]
    assert ranks.count(1) > len(ranks) / 2


@pytest.mark.parametrize(
    ("path", "data", "headers", "status"),
    [
        ("", None, {"Host": "evil.example"}, 403),
        ("", None, {"Host": "127.0.0.1.evil.example"}, 403),
        ("contents", None, {"Origin": "https://evil.example"}, 403),
        ("ask", b'{"question": "x"}', {"Origin": "null"}, 403),
        ("ask", b"not json", {}, 400),
        ("ask", b"[]", {}, 400),
        ("ask", b'{"question": 5}', {}, 400),
        ("ask", b'{"question": "' + b"x" * 5000 + b'"}', {}, 400),
        ("ask", None, {}, 405),
        ("document?id=nothing", None, {}, 404),
        ("document", None, {}, 400),
        ("page/../server.py", None, {}, 404),
        ("page/preview.html", None, {}, 404),
        ("", None, {}, 200),
        ("page/preview.js", None, {}, 200),
    ],
)
def test_only_its_own_page_is_answered(
    preview: Preview, path: str, data: bytes | None, headers: dict[str, str], status: int
) -> None:
    found, given, _ = fetch(preview, path, data, **headers)
    assert found == status
    assert given["Content-Security-Policy"].startswith("default-src 'none'")


def test_it_is_heard_on_the_loopback_address_alone(preview: Preview) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; tells this machine's own address
        except OSError:
            pytest.skip("This machine has no address but the loopback one.")
        own = probe.getsockname()[0]
    with socket.socket() as outside:
        outside.settimeout(5)
        assert outside.connect_ex((own, preview.port)) != 0


def test_the_page_names_no_other_server(preview: Preview) -> None:
    for path in ("", "page/preview.js", "page/preview.css"):
        assert "//" not in fetch(preview, path)[2].replace("// ", "").replace("://", "")
        assert "http" not in fetch(preview, path)[2]


def test_nothing_asked_is_logged(preview: Preview, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked(preview, "a very private question")
    fetch(preview, "ask", b'{"question": ["a very private question"]}')
    library = preview.state.library
    assert library is not None

    def fails(*_arguments: object) -> None:
        raise ValueError("a very private question")

    library.answer = fails  # type: ignore[method-assign, assignment]
    assert fetch(preview, "ask", b'{"question": "a very private question"}')[0] == 500
    assert "ValueError" in caplog.text
    assert "private" not in caplog.text


def test_a_port_that_is_taken_is_named_with_what_to_do(preview: Preview) -> None:
    with pytest.raises(PreviewError, match=f"Port {preview.port} .* --port"):
        preview.listen(preview.port)
