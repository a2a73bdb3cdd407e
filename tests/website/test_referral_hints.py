"""What looks like a name, a number or an address is shown before anything is sent, and who wrote it decides."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from exchange.models import SealedReferral
from exchange.receipts import Receipt
from tests.website.referrals import arrived, code_on, send, ticket, typed
from website.referral import hints

ROOT = Path(__file__).resolve().parents[2]
SEEN = {
    "Ik maak me zorgen over Yassin Benali uit het vierde.": ["Yassin Benali"],
    "Yassin Benali trekt zich terug.": ["Yassin Benali"],
    "De jongen heet Tom. Hij praat over geweld.": ["Tom"],
    "Iemand genaamd Bo": ["Bo"],
    "Meneer Van den Broeck zei: “Kom hier.”": ["Van den Broeck"],
    "Zijn moeder, An De Smet, en juf Els belden.": ["An De Smet", "Els"],
    "Leerling Jef De Wit en Mohammed El Amrani.": ["Jef De Wit", "Mohammed El Amrani"],
    "Ook Jean-Pierre O'Neill was erbij, en Noë D’Hondt.": ["Jean-Pierre O'Neill", "Noë D’Hondt"],
    "Zijn nummer is 0477 12 34 56 of 09/233 44 55 of +32 477 12 34 56.": ["0477 12 34 56", "09/233 44 55", "+32 477 12 34 56"],
    "Bel (0477123456)": ["0477123456"],
    "Geboren: 85.07.30-033 28": ["85.07.30-033 28"],
    "85073003328": ["85073003328"],
    "17.07.30-033 84": ["17.07.30-033 84"],
    "Mail naar tom.peeters+x@school.be, ja": ["tom.peeters+x@school.be"],
    "Bram deelt filmpjes. Hij woont in de Kerkstraat 12 bus 3, bij Noor.": ["Kerkstraat 12 bus 3", "Bram", "Noor"],
    "Ik zag hem aan de Brugsesteenweg 114B. Daarna niet meer.": ["Brugsesteenweg 114B"],
    "Over Wout. Wout is stil. En over Wout Claes.": ["Wout", "Wout Claes"],
}
NOT_SEEN = [
    "De leerling trekt zich terug. Hij zegt dat geweld mag.",
    "Sinds september zit hij in Gent op school. Op maandag is het stil.",
    "Hij kijkt veel TikTok en Instagram. Hij leest de Koran en spreekt Arabisch.",
    "In het Koninklijk Atheneum van Brugge was er ruzie.",
    "Op 01-02-2024 om 10 uur, en op 12/11/2025 14.30 opnieuw.",
    "Klas 4B, 15 jaar, lokaal 2.14, artikel 458",
    "85.07.30-033 29",
    "Ik twijfel! Wat nu? Mag dat? “Kom maar,” zei hij.",
    "- De klas is bang\n- Ouders ook\n\nWij weten het niet.",
    "het CLB en het OCMW",
    "",
]


@pytest.mark.parametrize(("text", "expected"), SEEN.items())
def test_this_looks_like_somebody(text, expected):
    assert [finding.text for finding in hints.find([text])] == expected


@pytest.mark.parametrize("text", NOT_SEEN)
def test_this_does_not(text):
    assert hints.find([text]) == []


# Each of these took a regular expression minutes that looks back, or ahead, without an end.
ENDLESS = ["\n" * 4000 + "Ab, " * 1000, "\nAb, " * 1600, "a" * 8000, "a.@" * 2600]
ENDLESS += ["A" * 8000, "Aa " * 2700, "0 " * 4000, "a@" * 4000, "Aa van " * 1100, "0(" * 4000, "é'" * 4000]
ENDLESS += ["Aa-" * 2600, "Ab Cd" + " " * 7900, "Ab " + "van " * 1990]
READ_ALL = """
import json, sys
sys.path[:0] = [".", "site"]
import django; django.setup()
from website.referral import hints
for text in json.load(sys.stdin):
    hints.apply(text, dict.fromkeys(hints.find([text]), hints.Choice.REMOVE))
"""


def test_no_text_of_any_shape_keeps_a_process_busy():
    subprocess.run([sys.executable, "-c", READ_ALL], cwd=ROOT, input=json.dumps(ENDLESS), text=True, check=True, timeout=60)


@pytest.mark.parametrize("text", SEEN)
def test_what_was_masked_or_taken_out_is_seen_no_more(text):
    for choice in (hints.Choice.MASK, hints.Choice.REMOVE):
        tidied = hints.apply(text, dict.fromkeys(hints.find([text]), choice))
        assert [finding.text for finding in hints.find([text]) if finding.text in tidied] == []


def test_each_finding_is_treated_as_was_chosen():
    text = "Wout Claes, Els Maes en Jef Wit. Wout Claes is boos."
    [first, second, third] = hints.find([text])
    chosen = {first: hints.Choice.MASK, second: hints.Choice.REMOVE, third: hints.Choice.KEEP}
    assert hints.apply(text, chosen) == f"{first.mask}, en Jef Wit. {first.mask} is boos."


def test_a_name_is_not_cut_out_of_a_longer_word():
    assert hints.apply("Tom en tomaten van Tomas", {hints.Finding(hints.Kind.NAME, "Tom"): "mask"}).endswith("tomaten van Tomas")


pytest_db = pytest.mark.django_db


@pytest_db
def test_nothing_is_sent_before_the_hint_was_shown(client):
    response = send(client, worry="Over Wout Claes.")
    assert (response.status_code, code_on(response), SealedReferral.objects.count()) == (200, "", 0)
    assert [(row[0].text, row[1]) for row in response.context["rows"]] == [("Wout Claes", "mask")]


@pytest_db
def test_everything_typed_goes_along_to_the_hint_and_back(client):
    data = typed(worry="Over Wout Claes.", since="sinds mei", prior_actions=["team", "gesprek"], identity_name="Wout", name="Noor")
    hint = client.post(reverse("website:referral"), data).content.decode()
    for value in ("Over Wout Claes.", "sinds mei", "team", "gesprek", "Wout", "Noor", data["ticket"]):
        assert f'value="{value}"' in hint
    back = client.post(reverse("website:referral"), data | {"back": "1"})
    assert "Over Wout Claes.</textarea>" in back.content.decode()
    assert SealedReferral.objects.count() == 0


@pytest_db
@pytest.mark.parametrize(
    ("choice", "sent"), [("keep", "Over Wout Claes, stil."), ("remove", "Over, stil."), ("mask", "Over {mask}, stil.")]
)
def test_the_choice_is_applied_before_it_is_sealed(client, choice, sent):
    data = typed(worry="Over Wout Claes, stil.", question="Wie kent Wout Claes?")
    [finding] = hints.find([data["worry"]])
    response = client.post(reverse("website:referral"), data | {finding.field: choice})
    assert code_on(response)
    assert arrived()[0]["words"]["worry"] == sent.format(mask=finding.mask)


@pytest_db
@pytest.mark.parametrize("choice", ["", "x", "KEEP", "<b>"])
def test_an_answer_that_is_none_shows_the_hint_again(client, choice):
    [finding] = hints.find(["Over Wout Claes."])
    response = send(client, worry="Over Wout Claes.", **{finding.field: choice})
    assert (code_on(response), SealedReferral.objects.count()) == ("", 0)


@pytest_db
def test_a_name_that_came_in_after_the_hint_is_shown_too(client):
    [finding] = hints.find(["Over Wout Claes."])
    response = send(client, worry="Over Wout Claes en Els Maes.", **{finding.field: "mask"})
    assert [row[0].text for row in response.context["rows"]] == ["Wout Claes", "Els Maes"]


@pytest_db
def test_who_somebody_says_to_be_is_not_hinted_at(client):
    assert code_on(send(client, name="Noor Peeters", phone="0477 12 34 56", identity_name="Wout Claes"))


@pytest_db
def test_what_is_added_later_is_looked_over_too(client):
    data = {"code": str(Receipt.new()), "do": "add", "text": "Het is Wout Claes.", "ticket": ticket()}
    [finding] = hints.find([data["text"]])
    hint = client.post(reverse("website:referral-answer"), data)
    assert (SealedReferral.objects.count(), [row[0] for row in hint.context["rows"]]) == (0, [finding])
    client.post(reverse("website:referral-answer"), data | {finding.field: "mask"})
    assert [(words["kind"], words["text"]) for words in arrived()] == [("addition", f"Het is {finding.mask}.")]
    back = client.post(reverse("website:referral-answer"), {**data, "do": "", "back": "add"})
    assert "Het is Wout Claes.</textarea>" in back.content.decode()
