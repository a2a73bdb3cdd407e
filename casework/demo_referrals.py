"""Eight invented referrals for the demonstration, over all states and sources, relative to today; nobody in them exists."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from exchange.receipts import Receipt

from .models import Referral
from .referrals import answering, arriving, closing, handing, identity, recording, writing
from .referrals.letters import Letter
from .referrals.taking import take_referral


def load(case_managers: list) -> None:
    """Makes the referrals, for two case managers; once, and in demo mode only."""
    if not settings.DEMO or Referral.objects.exists():
        return
    one, other = case_managers[:2]
    for tell in (_unassigned, _in_consult, _told_by_phone, _advised, _redirected, _prevention, _withdrawn):
        tell(one)
    _asked(one, other)


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _typed(days: int, sector: str, words: dict, receipt: Receipt | None = None, **people) -> Referral:
    """One that came through the form, as it arrives from the exchange."""
    receipt = receipt or Receipt.new()
    letter = Letter("referral", receipt.lookup, receipt.public_key, _ago(days), sector=sector, words=words, **people)
    arriving.take_in(uuid4(), letter)
    return Referral.objects.get(lookup=receipt.lookup)


def _told(days: int, source: str, sector: str, words: dict, by, **people) -> Referral:
    return recording.record_referral(form_key=uuid4(), source=source, day=_ago(days), sector=sector, words=words, by=by, **people)


def _unassigned(_one) -> None:
    worry = (
        "Een jongen in onze jeugdwerking deelt sinds kort filmpjes waarin een aanslag wordt goedgepraat. Hij "
        "lacht erbij, maar de anderen worden er stil van."
    )
    words = {"worry": worry, "since": "een drietal weken", "boundary": "geweld", "prior_actions": ["team"]}
    _typed(1, "jeugd", words | {"question": "Hoe begin ik hierover, zonder dat hij wegblijft?"})


def _in_consult(one) -> None:
    receipt = Receipt.new()
    worry = (
        "Een leerling van zestien heeft zich op enkele maanden tijd helemaal teruggetrokken. Ze zegt dat "
        "school zinloos is nu er toch een strijd komt, en dat wij dat nog wel zullen zien."
    )
    words: dict = {"worry": worry, "since": "begin september", "boundary": "doubt"}
    words |= {"boundary_words": "Ik weet niet of ze iets van plan is of vooral boos is.", "prior_actions": ["gesprek", "dienst"]}
    words |= {"prior_actions_words": "Ik sprak twee keer met haar. Het CLB volgt mee.", "question": "Moet ik me zorgen maken?"}
    referrer = {"name": "Griet Voorbeeld", "function": "leerlingenbegeleider", "organisation": "Voorbeeldschool"}
    referral = _typed(9, "onderwijs", words, receipt, referrer=referrer | {"phone": "09 000 00 01"})
    take_referral(referral, by=one)
    asked = "Dank je om dit te delen. Wat zegt ze precies over die strijd? En met wie praat ze erover?"
    answering.answer_referrer(referral, text=asked, by=one)
    text = (
        "Ze volgt een kanaal waar veel over wraak wordt gesproken. Thuis weten ze van niets. Ik wil niet dat "
        "ze merkt dat ik dit vertel."
    )
    arriving.take_in(uuid4(), Letter("addition", receipt.lookup, receipt.public_key, _ago(0), text=text))
    writing.judge_boundary(referral, boundary="doubt", text="Wel een breuk met de school, nog geen teken van geweld.", by=one)
    writing.write_note(referral, text="Volgende week opnieuw bekijken, samen met wat de school intussen ziet.", by=one)
    identity.put(referral, {"name": "Noor Verzonnen", "birth": "16 jaar"}, day=_ago(0))


def _told_by_phone(one) -> None:
    worry = (
        "Een bewoner van het huis roept tegen medebewoners dat zij hier weg moeten, en hing een vlag van een "
        "groep die geweld goedpraat aan zijn raam."
    )
    words = {"worry": worry, "since": "de zomer", "boundary": "haat", "prior_actions": ["gesprek", "omgeving"]}
    people = {"referrer": {"name": "Tom Bedacht", "organisation": "Voorbeeldhuis", "reach": "best 's ochtends"}}
    referral = _told(2, "phone", "welzijn", words, one, **people, subject={"name": "Dirk Fictief"})
    identity.hold_identity(referral, by=one)
    writing.add_action(referral, text="Het team hing een affiche met de huisregels op en sprak hem erover aan.", by=one)


def _advised(one) -> None:
    worry = "Een lid van onze club wil niet meer samen trainen met meisjes en zegt dat wij verkeerd leven."
    words = {"worry": worry, "boundary": "doubt", "prior_actions": ["nog-geen"], "question": "Is dit iets voor jullie?"}
    referral = _told(30, "visit", "sport", words, one)
    writing.judge_boundary(referral, boundary="none", text="Een strenge overtuiging, zonder dwang of dreiging.", by=one)
    text = "Spreek de afspraken van de club met hem af en vraag naar wat hem raakt. Bel gerust als de toon verandert."
    writing.give_advice(referral, text=text, by=one)
    answering.record_talk(referral, direction="out", means="phone", text=text, by=one)
    closing.close_with_advice(referral, by=one)


def _redirected(one) -> None:
    words = {"worry": "Een mail van een buurtwerker over een ruzie tussen twee gezinnen die uit de hand loopt."}
    referral = _told(24, "mail", "buurtwerk", words | {"prior_actions": ["omgeving"]}, one)
    note = "De buurtwerker belt zelf, en weet dat dit hier stopt."
    closing.redirect_referral(referral, destination="Bemiddeling in de buurt", note=note, by=one)
    _ends_in(referral, 6)


def _prevention(one) -> None:
    worry = (
        "In meerdere klassen gaan geruchten rond over wie de schuld heeft van de oorlog. Leerlingen kiezen "
        "kamp, en de sfeer is gespannen."
    )
    referral = _typed(20, "onderwijs", {"worry": worry, "boundary": "doubt", "prior_actions": ["team"]})
    take_referral(referral, by=one)
    theme = "Polarisering in klassen door geruchten over een oorlog; vraag naar begeleide gesprekken."
    text = "Dank je. Onze collega's van preventie bellen de school voor begeleide gesprekken in de klas. Hier sluiten we af."
    closing.to_prevention(referral, theme=theme, text=text, by=one)
    _ends_in(referral, 18)


def _withdrawn(one) -> None:
    receipt = Receipt.new()
    worry = "Ik hoorde op een vergadering iets over een collega dat me niet loslaat."
    take_referral(_typed(12, "lokaal-bestuur", {"worry": worry, "prior_actions": ["nog-geen"]}, receipt), by=one)
    arriving.take_in(uuid4(), Letter("withdrawal", receipt.lookup, receipt.public_key, _ago(4)))


def _asked(one, other) -> None:
    worry = (
        "Een lid van het kernteam vertelde over een jongeman die op straat wordt aangesproken door een groep, "
        "en steeds vaker met hen meegaat."
    )
    words = {"worry": worry, "boundary": "zichzelf", "prior_actions": ["team"]}
    referral = _told(5, "member", "politie-en-veiligheid", words, other)
    handing.ask_colleague(referral, to=one, note="Jij kent de buurt beter. Wil jij dit opvolgen?", by=other)


def _ends_in(referral: Referral, days: int) -> None:
    # Past the row: so long ago it was not closed, and the warnings should show.
    Referral.objects.filter(pk=referral.pk).update(erase_on=timezone.localdate() + timedelta(days=days), has_news=False)
