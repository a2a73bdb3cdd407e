"""Which sessions the demonstration has, and going to them as who organises them."""

from tests.browser.steps import cookies_of

# Other walks book what these two trainings offer.
OTHERS = "title not like 'Polarisering in%'"
TO_COME = f"state = 'published' and begins > datetime('now', '+21 days') and {OTHERS}"
OVER = "state in ('published', 'done') and ends < datetime('now') and seated > 3 and parts = 1"
SESSIONS = """
    select session.id from trainings_session session join wagtailcore_page page on page.id = session.training_id
    join (select session_id, min(starts_at) begins, max(ends_at) ends, count(*) parts
        from trainings_daypart group by session_id) times on times.session_id = session.id
    join (select session_id, sum(state = 'confirmed') seated, sum(state = 'waiting') waiting,
        sum(state = 'confirmed' and email != '') mailed from trainings_participant group by session_id) people
        on people.session_id = session.id
    where {} order by session.id
"""
TO_ARRANGE = "exists (select 1 from trainings_checklistitem where session_id = session.id and done_at is null)"
NAMES = "select first_name, family_name from trainings_participant where session_id = ? and state = 'confirmed' order by 1, 2"


def a_session(demo, condition, which=0) -> int:
    """The number of a session in the demonstration that is like this."""
    return demo.ask(SESSIONS.format(condition))[which][0]


def as_organiser(demo, visit, device="desktop", **more):
    return visit(device, cookies=cookies_of(demo, visit, "organisator@expo-r.demo"), **more)
