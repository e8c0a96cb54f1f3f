"""`python -m benchmarks.table_app`: Textual's own DataTable with 1,000 rows, to measure the key press against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROWS = 1_000


def name(row: int) -> str:
    return f"Name {row:04}"


class TableApp(App[None]):
    """Six columns, as the caseload has."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("", "no.", "name", "age", "school", "reason")
        for row in range(ROWS):
            table.add_row("!", str(10_000 + row), name(row), str(16 + row % 9), "Hafstad vgs", f"silent {row} days")
        table.focus()


if __name__ == "__main__":
    TableApp().run()
