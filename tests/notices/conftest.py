"""Tables as readers of HTML, Word and spreadsheet files give them."""

import pytest

from taskner.types import Block


@pytest.fixture
def block_table():
    """Build text and cell blocks; (text, n) spans n rows, None is covered from above."""

    def build(rows):
        text, blocks = "", []
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is None:
                    continue
                content, span = cell if isinstance(cell, tuple) else (cell, 1)
                start = len(text)
                text += content + "\n"
                blocks.append(
                    Block(
                        start=start,
                        end=start + len(content),
                        kind="cell",
                        table=0,
                        row=row,
                        column=column,
                        row_span=span,
                    )
                )
        return text, blocks

    return build
