"""Answers kept for visitors."""

import gzip
import itertools
from datetime import timedelta

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from shared import kept_answers, versions
from shared.kept_answers import for_visitors
from shared.models import Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting():
    """A view that says how often it was asked."""
    numbers = itertools.count(1)
    return for_visitors("site")(lambda request: HttpResponse(f"answer {next(numbers)}"))


def ask(view, path="/", **headers):
    return view(RequestFactory().get(path, **headers))


def test_a_visitor_gets_the_kept_answer_for_one_query(counting, django_assert_num_queries):
    first = ask(counting)
    with django_assert_num_queries(1):
        second = ask(counting)
    assert (first.content, second.content) == (b"answer 1", b"answer 1")


def test_a_new_version_makes_a_new_answer(counting):
    ask(counting)
    versions._count("site")
    assert ask(counting).content == b"answer 2"


def test_a_kept_answer_needs_neither_session_nor_view(counting, django_assert_num_queries):
    asked = []
    middleware = kept_answers.KeptAnswersMiddleware(lambda request: asked.append(request) or counting(request))
    first = ask(middleware)
    with django_assert_num_queries(1):
        second = ask(middleware)
    assert (first.content, second.content, len(asked)) == (b"answer 1", b"answer 1", 1)
    assert second["Content-Length"] == "8"


def test_somebody_with_a_session_is_never_answered_before_the_view(counting):
    middleware = kept_answers.KeptAnswersMiddleware(counting)
    ask(middleware)
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert middleware(request).content == b"answer 2"


def test_another_version_does_not(counting):
    ask(counting)
    Version.objects.create(name="other", number=7)
    assert ask(counting).content == b"answer 1"


def test_the_next_minute_makes_a_new_answer(counting, monkeypatch):
    ask(counting)
    later = kept_answers.timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(kept_answers.timezone, "now", lambda: later)
    assert ask(counting).content == b"answer 2"


def test_every_address_and_host_has_its_own(counting):
    assert [ask(counting, "/").content, ask(counting, "/?q=a").content] == [b"answer 1", b"answer 2"]
    assert ask(counting, "/", HTTP_HOST="localhost").content == b"answer 3"


def test_somebody_with_a_session_gets_an_answer_of_their_own(counting):
    ask(counting)
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    response = counting(request)
    assert (response.content, response.has_header("ETag")) == (b"answer 2", False)


def test_a_post_is_never_kept(counting):
    ask(counting)
    assert counting(RequestFactory().post("/")).content == b"answer 2"


def test_an_address_beyond_reason_is_answered_but_not_kept(counting):
    path = "/?q=" + "a" * 2000
    assert [ask(counting, path).content, ask(counting, path).content] == [b"answer 1", b"answer 2"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_the_packed_form_is_the_same_answer(counting, accepted, encoding, unpack):
    response = ask(counting, HTTP_ACCEPT_ENCODING=accepted)
    assert (unpack(response.content), response.get("Content-Encoding")) == (b"answer 1", encoding)
    assert response["Vary"] == "Accept-Encoding, Cookie"


def test_without_brotli_gzip_does(counting, monkeypatch):
    monkeypatch.setattr(kept_answers, "brotli", None)
    assert ask(counting, HTTP_ACCEPT_ENCODING="gzip, br")["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("kind", "body", "kept"),
    [
        ("text/html", b"<ul>\n    <li>a b\n</ul>", b"<ul>\n<li>a b\n</ul>"),
        ("text/html", b"<pre>\n    a</pre>", b"<pre>\n    a</pre>"),
        ("text/calendar", b"A\n  b", b"A\n  b"),
    ],
)
def test_indents_are_left_out_where_they_mean_nothing(kind, body, kept):
    view = for_visitors("site")(lambda request: HttpResponse(body, content_type=kind))
    assert ask(view).content == kept


def test_who_has_the_answer_already_is_told_so_with_one_query(counting, django_assert_num_queries):
    etag = ask(counting)["ETag"]
    with django_assert_num_queries(1):
        response = ask(counting, HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def with_cookie() -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: HttpResponse(status=404),
        lambda request: StreamingHttpResponse(["a"]),
        lambda request: with_cookie(),
        lambda request: HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">'),
    ],
    ids=["an error", "a stream", "a cookie", "a form with a token"],
)
def test_what_is_not_the_same_for_all_is_not_kept(answer):
    calls = []

    def view(request):
        calls.append(1)
        return answer(request)

    kept = for_visitors("site")(view)
    assert ask(kept).status_code == ask(kept).status_code
    assert len(calls) == 2


def test_the_memory_for_answers_has_an_end(monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 50_000)
    view = for_visitors("site")(lambda request: HttpResponse("x" * 10_000))
    for number in range(20):
        ask(view, f"/?q={number}")
    assert len(kept_answers._answers.kept) == 3
    assert kept_answers._answers.weight <= 50_000


def test_latest_keeps_one_thing_per_name():
    made = itertools.count(1)
    made_for = [kept_answers.latest("a", stamp, lambda: next(made)) for stamp in [(1,), (1,), (2,), (1,)]]
    assert made_for == [1, 1, 2, 3]
