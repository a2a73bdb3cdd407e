"""A training as schema.org's Course with its dates, for search engines; data only, safe to put into a page."""

import json

from django.conf import settings
from django.utils.html import mark_safe
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from trainings.models import TrainingPage

MODES = {"on_site": "Onsite", "online": "Online", "hybrid": "Blended"}
# What could end the script element, or begin another one, is written as an escape of JSON.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def course(page: TrainingPage, sessions, trainers, address: str) -> SafeString:
    """The JSON of a Course; the link of an online session stands nowhere in it."""
    provider = {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": settings.SITE_URL}
    offer = {"@type": "Offer", "category": "Free" if page.is_free else "Paid", "price": str(page.price), "priceCurrency": "EUR"}
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": page.title,
        "description": page.summary,
        "url": address,
        "courseCode": page.code,
        "inLanguage": page.language,
        "isAccessibleForFree": page.is_free,
        "teaches": [str(goal.value) for goal in page.goals],
        "provider": provider,
        "offers": [offer],
        "hasCourseInstance": [_instance(row, page, trainers, address) for row in sessions if row.state != "cancelled"],
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 escaped above


def _instance(row, page: TrainingPage, trainers, address: str) -> dict:
    session = row.session
    people = list(session.trainers.all()) or trainers
    data = {
        "@type": "CourseInstance",
        "name": page.title,
        "url": f"{address}#sessie-{session.code.lower()}",
        "courseMode": MODES[page.format],
        "courseWorkload": f"PT{page.duration_minutes}M",
        "inLanguage": session.language,
        "startDate": localtime(row.parts[0].starts_at).isoformat(),
        "endDate": localtime(row.parts[-1].ends_at).isoformat(),
        "maximumAttendeeCapacity": session.capacity,
        "remainingAttendeeCapacity": row.seats_left,
        "instructor": [{"@type": "Person", "name": trainer.name} for trainer in people],
    }
    venue = row.parts[0].venue
    return data | ({"location": _place(venue)} if venue else {})


def _place(venue) -> dict:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.street,
        "postalCode": venue.postcode,
        "addressLocality": venue.city,
        "addressCountry": "BE",
    }
    return {"@type": "Place", "name": venue.name, "address": address}
