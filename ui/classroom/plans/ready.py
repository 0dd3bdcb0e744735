"""The ready plans as cards: the picture and the sentence of a stop, how many stops there are, and how long they take."""

from dataclasses import replace

from ui.browser.cards import Card, cards
from ui.browser.thumbnails import Thumbnail
from ui.classroom.plans import edit
from ui.course.home.pictures import picture_in_link
from ui.i18n import _
from ui.widgets.tours import shipped
from ui.widgets.tours.tour import Step, Tour


def ready_plans() -> Tour | None:
    """The plan whose card was clicked in this run."""
    shown, pages = {}, set[str]()
    for name in shipped.plan_names():
        plan = shipped.shipped_tour(name)
        stop = next((step for step in plan.steps if step.page not in pages), plan.steps[0])
        pages.add(stop.page)
        shown[f"lesson?ready={name}"] = _card(plan, stop)
    followed = cards(_("Ready plans"), shown, key="ready_plans")
    return shipped.shipped_tour(followed.partition("=")[2]) if followed else None


def _card(plan: Tour, stop: Step) -> Card:
    title = str(plan.title)
    drawn = picture_in_link(stop.page, dict(stop.query).get("preset", ""))
    fact = _("{stops} stops · {minutes} min").format(stops=len(plan.steps), minutes=edit.minutes_of(plan))
    return Card(str(stop.text), replace(drawn, label=title) if drawn else Thumbnail(title), fact)
