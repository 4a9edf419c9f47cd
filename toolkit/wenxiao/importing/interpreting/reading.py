"""A document from its grid to what the import gives: all parts read, put together, written, and loaded once."""

from dataclasses import replace

from wenxiao.importing.grid import Grid, Table
from wenxiao.importing.interpreting.assembling import assemble, put_names
from wenxiao.importing.interpreting.cleaning import squeezed
from wenxiao.importing.interpreting.drafting import Draft, Value
from wenxiao.importing.interpreting.finishing import finished
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.funds import put_budget
from wenxiao.importing.interpreting.imported import Imported
from wenxiao.importing.interpreting.ledger import Ledger
from wenxiao.importing.interpreting.narrative import read_paragraphs
from wenxiao.importing.interpreting.pairing import indicators
from wenxiao.importing.interpreting.ragged import LOOSE, squared
from wenxiao.importing.interpreting.running import running_text
from wenxiao.importing.interpreting.sections import read_table
from wenxiao.importing.interpreting.stacked import doubt_restacked, restacked
from wenxiao.importing.interpreting.telling import read_text


def read_document(grid: Grid, rubric: str | None, year: int | None) -> Imported:
    """Read a document; see :func:`wenxiao.importing.interpreting.interpret`."""
    if grid.kind in LOOSE:
        grid = replace(grid, blocks=tuple(squared(b) if isinstance(b, Table) else b for b in grid.blocks))
    stacked = restacked(grid)
    grid = stacked.grid
    ledger = Ledger(grid)
    stacked.tell(ledger)
    found = Found(ledger, Draft(), "".join(squeezed(item.text) for item in ledger.items()))
    found.draft.tree["schema"] = Value("wenxiao/1")
    found.draft.tree["rubric"] = Value("")
    if year is not None:
        found.draft.put("project.year", Value(str(year)))
    for table in grid.tables():
        read_table(found, table)
    found.paragraphs = running_text(ledger)
    read_paragraphs(found)
    read_text(found)
    put_names(found)
    rows = indicators(found)
    put_budget(found)
    assemble(found, rows, rubric)
    doubt_restacked(found.draft)
    return finished(found)
