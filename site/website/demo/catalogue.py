"""The demo's catalogue: trainers, venues and 39 published trainings."""

from html import escape

from knowledge.library.models import Sector, Theme
from people.models import User
from trainings.models import CataloguePage, Trainer, TrainingPage, Venue

from . import content

COPIED = [
    "code", "slug", "title", "summary", "kind", "only_sectors", "level", "duration_minutes", "days", "format", "language",
    "trainer_kind", "group_min", "group_max", "price", "offer", "for_whom", "accessibility",
]  # fmt: skip


def load_trainers() -> dict[str, Trainer]:
    """Trainers by slug; who has an account is tied to it."""
    users = {user.email: user for user in User.objects.all()}
    return {row["slug"]: _trainer(row, users.get(row.get("email", ""))) for row in content.rows("trainer")}


def _trainer(row: dict, user) -> Trainer:
    fields = {"kind": row["kind"], "organisation": row.get("organisation", ""), "bio": row["bio"], "email": row.get("email", "")}
    return Trainer.objects.get_or_create(name=row["name"], defaults=fields | {"user": user})[0]


def load_venues() -> list[Venue]:
    """The rooms, the smallest first."""
    for row in content.rows("venue"):
        Venue.objects.get_or_create(name=row["name"], defaults={key: row[key] for key in row if key not in ("slug", "name")})
    return list(Venue.objects.order_by("capacity"))


def load_trainings(trainers: dict[str, Trainer]) -> list[TrainingPage]:
    """All trainings as published pages under the catalogue."""
    catalogue = CataloguePage.objects.get()
    catalogue.introduction = (
        "Kies een vorming die past bij je werk. Volg een open sessie, of vraag de vorming aan voor je eigen ploeg."
    )
    catalogue.save()
    themes, sectors = _by_slug(Theme), _by_slug(Sector)
    return [_training(catalogue, row, themes, sectors, trainers) for row in content.trainings()]


def _by_slug(model) -> dict:
    return {row.slug: row for row in model.objects.all()}


def _training(catalogue, row: dict, themes: dict, sectors: dict, trainers: dict) -> TrainingPage:
    page = TrainingPage(**{name: row[name] for name in COPIED})
    page.parts_per_day = max(1, len(row["parts"]) // row["days"])
    page.prepare = row.get("prepare", "")
    page.introduction = "".join(f"<p>{escape(text.strip())}</p>" for text in row["introduction"].strip().split("\n\n"))
    page.search_description = row["summary"]
    page.goals = [("goal", goal) for goal in row["goals"]]
    page.programme = [("part", part) for part in row["programme"]]
    if row.get("quote"):
        words, _bracket, source = row["quote"].rpartition(" (")
        page.body = [("quote", {"text": words.strip('“”" '), "source": source.rstrip(") ")})]
    page.themes.set([themes[slug] for slug in row["themes"]])
    page.sectors.set([sectors[slug] for slug in row["sectors"]])
    page.trainers.set([trainers[slug] for slug in row["trainers"]])
    catalogue.add_child(instance=page)
    page.save_revision().publish()
    return page
