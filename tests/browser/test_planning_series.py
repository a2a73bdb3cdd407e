"""An organiser plans a series, keeps a filter of the list, and publishes several sessions at once."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.chromium import also_without_script
from tests.browser.steps import cookies_of, stays_within

TRAINING = "select id from wagtailcore_page where slug = 'polarisering-in-de-klas'"
DRAFTS = "select id from trainings_session where training_id = ? and state = 'draft' and id > ? order by id"
NEWEST = "select max(id) from trainings_session"


def a_monday(week: int) -> date:
    """A Monday of the next year but one, in January or February."""
    start = date(date.today().year + 2, 1, 15) + timedelta(weeks=week)
    return start + timedelta(days=-start.weekday() % 7)


@also_without_script
def test_a_series_is_looked_at_planned_found_by_a_kept_filter_and_published_together(demo, visit, device, javascript):
    [(training,)] = demo.ask(TRAINING)
    [(newest,)] = demo.ask(NEWEST)
    page = visit(device, javascript=javascript, cookies=cookies_of(demo, visit, "organisator@expo-r.demo"))
    page.goto(f"/cms/sessies/nieuw/{training}/reeks/")
    # The second of these days is New Year's Day, a public holiday: it has something against it, and is not ticked.
    working = a_monday(1 if javascript else 0)  # the trainer is taken on the day that the other run planned
    new_year = date(working.year, 1, 1)
    page.get_by_label("op de dagen van mijn eigen lijst").check()
    page.get_by_label("Mijn eigen lijst van dagen").fill(f"{working:%d/%m/%Y}\n{new_year:%d/%m/%Y}")
    stays_within(page)
    page.get_by_role("button", name="Eerst de dagen bekijken").click()
    stays_within(page)
    ticks = page.locator("input[name=dag]")
    expect(ticks).to_have_count(2)
    assert {tick.get_attribute("value"): tick.is_checked() for tick in ticks.all()} == {
        working.isoformat(): True,
        new_year.isoformat(): False,
    }
    page.get_by_role("button", name="De aangevinkte dagen plannen als concept").click()
    made = [pk for (pk,) in demo.ask(DRAFTS, training, newest)]
    assert len(made) == 1

    page.goto(f"/cms/sessies/?toestand=draft&vorming={training}")
    stays_within(page)
    page.get_by_role("link", name="Deze filters bewaren").click()
    name = f"Concepten {device}"
    page.locator("form.expor-form input[type=text]").first.fill(name)
    page.get_by_role("button", name="De filter bewaren").click()
    page.goto("/cms/sessies/")
    page.get_by_role("link", name=name).click()
    page.locator(f"input[name=sessie][value='{made[0]}']").check()
    page.get_by_label("Met de aangevinkte sessies").select_option(label="publiceren")
    page.get_by_role("button", name="Verder").click()
    stays_within(page)
    page.get_by_role("button", name="1 sessie publiceren").click()
    expect(page.locator(".messages, .w-message, [role=status]").first).to_be_visible()
    assert demo.ask("select state from trainings_session where id = ?", made[0]) == [("published",)]
