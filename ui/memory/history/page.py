"""The line in time, and the way from an event to the view where its idea can be tried."""

from ui.browser.timeline import TimelineEvent, timeline
from ui.i18n import _
from ui.memory.history.events import events
from ui.shell import site
from ui.shell.frame import open_view


def line_in_time() -> None:
    known = events()
    shown = [
        TimelineEvent(each.year, each.name, each.idea, each.reference, each.view, site.title(each.page))
        for each in known
    ]
    asked = timeline(_("Recurrent networks from 1982 to 2024"), shown, key="timeline")
    if asked is not None:
        open_view(known[asked].page, known[asked].query)
