"""The demo's questions to the contact point: some that wait, one that is taken up, one that was answered."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from website.models import Question

NAMESPACE = UUID("6f1c6a8e-0c5e-4c0f-9a37-5a4d2c1b9e10")
State = Question.State
ROWS = [
    (
        1, "Els Vermeersch", "els.vermeersch@school.demo", "Atheneum De Vlinder", State.NEW,
        "In mijn vijfde jaar gaat het na elke nieuwsuitzending mis tussen twee groepjes. Is er iets wat ik morgen al kan doen?", "",
    ),
    (
        2, "Yasmina El Idrissi", "partner@jeugdhuis.demo", "Jeugdhuis De Kaai", State.NEW,
        "We willen met het hele team een halve dag werken rond haat op sociale media. Kan dat bij ons in het jeugdhuis?", "",
    ),
    (
        4, "Joost Maes", "joost.maes@bedrijf.demo", "", State.TAKEN,
        "Een collega deelt op het werk filmpjes waar ik van schrik. Bij wie kan ik daarmee terecht zonder meteen zijn naam te noemen?", "",  # noqa: E501 one text
    ),
    (
        9, "Nele De Smet", "nele.desmet@buurt.demo", "Buurtwerk De Poort", State.ANSWERED,
        "Bestaat er een vorming voor vrijwilligers die weinig Nederlands spreken?",
        "Ja. We geven de basisvorming ook met een tolk en met veel beeld. Bel ons even, dan kiezen we samen een moment.",
    ),
]  # fmt: skip


def load_questions(taken_by) -> None:
    """All questions, asked so many days ago."""
    for days, name, email, organisation, state, text, answer in ROWS:
        asked = timezone.now() - timedelta(days=days, hours=3)
        Question.objects.create(
            name=name,
            email=email,
            organisation=organisation,
            text=text,
            state=state,
            taken_by=taken_by if state != State.NEW else None,
            answer=answer,
            answered_at=asked + timedelta(days=1) if answer else None,
            form_key=uuid5(NAMESPACE, email),
            created_at=asked,
        )
