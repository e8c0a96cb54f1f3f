"""The line at the top: who is at the keyboard, what the day asks, and the date."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from model import clock
from model.language import ngettext
from model.viewer import Viewer
from tui.saying import months
from tui.text import content


class Header(Widget):
    """Counts come from the caseload that is shown; None until it has been read."""

    DEFAULT_CSS = """
    Header { dock: top; height: 1; padding: 0 1; background: $panel; color: $foreground; text-wrap: nowrap; }
    """

    needing: reactive[int | None] = reactive(None)
    silent: reactive[int | None] = reactive(None)
    findings: reactive[int | None] = reactive(None)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__()
        self._viewer = viewer

    def render(self) -> Content:
        viewer = self._viewer
        place = viewer.unit_name or viewer.service.label
        left = Content.assemble(("Samløp", "bold"), "  ", content(f"{viewer.name} · {place}" if viewer.name else place))
        said = []
        if self.needing is not None:
            said.append(ngettext("{n} needs you today", "{n} need you today", self.needing).format(n=self.needing))
        if self.silent is not None:
            said.append(ngettext("{n} silent", "{n} silent", self.silent).format(n=self.silent))
        if self.findings:
            said.append(ngettext("{n} finding", "{n} findings", self.findings).format(n=self.findings))
        day = clock.today()
        right = Content(f"{day.day} {months()[day.month - 1]} {day.year}")
        middle = Content(" · ".join(said))
        room = self.size.width
        for parts in ([left, middle, right], [middle, right], [middle]):
            spare = room - sum(part.cell_length for part in parts)
            if spare >= 2 * (len(parts) - 1):
                gaps = len(parts) - 1
                first = spare // gaps if gaps else 0
                return Content(" " * first).join(parts)
        return middle
