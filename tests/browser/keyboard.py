"""Going through a page by keyboard alone, and seeing all the time where one is."""

# A frame around the thing, its card, or the drawn box beside a hidden one; the button in a field for dates gets the browser's own.
FOCUS_SHOWS = """() => {
  const framed = element => element && getComputedStyle(element).outlineStyle !== "none"
  const active = document.activeElement
  const around = active.closest("label, li, article")
  return active.type === "date" || [active, active.nextElementSibling, around].some(framed)
}"""


def tab_to(page, target, most=120):
    """Presses Tab until this has the focus; whatever is passed on the way shows that it has it."""
    for _step in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWS), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate_all("found => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"No way to {target} by keyboard")


def press_enter(page):
    """Enter, and on to the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
