"""The editors' work: a text goes from draft over review to the public page, and a question gets its answer."""

from playwright.sync_api import expect

from tests.browser.steps import cookies_of, open_mail, stays_within

TRAINING = "/vormingen/dialoogtafels-begeleiden/"
TITLE, SUMMARY = "Dialoogtafels leiden", "Je leidt een gesprek aan tafel waarin iedereen aan het woord komt."


def test_an_editor_hands_a_text_in_and_the_coordination_publishes_it(demo, visit):
    [(number, before)] = demo.ask("select id, title from wagtailcore_page where slug = 'dialoogtafels-begeleiden'")
    page = visit(cookies=cookies_of(demo, visit, "redactie@expo-r.demo"))
    page.goto(f"/cms/pages/{number}/edit/")
    page.get_by_placeholder("Paginatitel").fill(TITLE)
    page.get_by_role("textbox", name="Samenvatting").fill(SUMMARY)
    page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(preview.get_by_text(SUMMARY)).to_be_visible()
    assert steps_of(page) == ["Bewaar concept", "Stuur door naar Nalezen"]
    page.get_by_role("button", name="Stuur door naar Nalezen").click()
    expect(page.get_by_text(f"Pagina '{TITLE}' is ter goedkeuring ingediend.")).to_be_visible()
    page.goto(TRAINING)
    expect(page.get_by_role("heading", level=1)).to_have_text(before)

    page = visit(cookies=cookies_of(demo, visit, "coordinatie@expo-r.demo"))
    page.goto("/cms/")
    open_mail(page, to="coordinatie@expo-r.demo", subject=f"De pagina '{TITLE}' is ter goedkeuring ingediend").close()
    page.get_by_role("region", name="In afwachting van jouw beoordeling").get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Meer acties").click()
    page.get_by_role("button", name="Goedkeuren en publiceren").click()
    expect(page.get_by_text(f"Pagina '{TITLE}' is gewijzigd.")).to_be_visible()

    page = visit("phone", javascript=False)
    page.goto(TRAINING)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    stays_within(page)


def steps_of(page) -> list[str]:
    """What one can do with a text, as the foot of Wagtail's editor offers it."""
    page.get_by_role("button", name="Meer acties").click()
    first, _more, *others = page.locator("footer :is(button, a)").all_inner_texts()
    return [first, *others]


def test_a_question_to_the_contact_point_is_taken_up_and_answered_on_phones(demo, visit):
    address, text = "lies@buurthuis.demo", "Hoe begin ik een gesprek over een vlag aan het raam?"
    page = visit("phone", javascript=False)
    page.goto("/aanspreekpunt/")
    page.get_by_role("link", name="Stel een vraag").first.click()
    page.get_by_label("Je naam").fill("Lies Buurman")
    page.get_by_label("Je e-mailadres").fill(address)
    page.get_by_label("Je vraag").fill(text)
    page.get_by_role("button", name="Verstuur je vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag is bij ons")
    stays_within(page)
    open_mail(page, to=address, subject="vraag").close()

    page = visit("phone", cookies=cookies_of(demo, visit, "organisator@expo-r.demo"))
    page.goto("/cms/")
    page.get_by_role("link").filter(has_text="Vragen om te beantwoorden").click()
    stays_within(page)
    page.get_by_role("link", name=text[:30]).click()
    page.get_by_role("button", name="Neem de vraag op").click()
    expect(page.get_by_text("Opgenomen door")).to_be_visible()
    stays_within(page)
    page.get_by_label("Antwoord").fill("Begin met wat je zelf ziet, en vraag dan wat de vlag betekent.")
    page.get_by_role("button", name=f"Stuur het antwoord naar {address}").click()
    expect(page.get_by_text("Je antwoord is onderweg.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=text[:30])).to_contain_text("beantwoord")
    mail = open_mail(page, to=address, subject="antwoord")
    expect(mail.get_by_role("main")).to_contain_text("vraag dan wat de vlag betekent.")
