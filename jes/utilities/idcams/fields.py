"""Lines of a catalog listing: dash-filled fields in four columns.

      ....+....1....+....2....+....3....+....4....+....5....+....6
              KEYWORD----------value     KEYWORD----------value        columns 9, 38, 67 and 96, each 24 wide

Source: measured on the CardDemo LISTCAT, jes-and-jcl reference 5.4. Rules: column 1 is the control character. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

COLUMNS = (8, 37, 66, 95)
WIDTH = 24
#: Where the entry name begins, and the name of the catalog below it.
NAME_WIDTH = 15

Field = tuple[str, object] | str


def entry(kind: str, name: str) -> str:
    """Return the line that begins an entry."""
    return f"0{(kind + ' ').ljust(NAME_WIDTH, '-')} {name}"


def in_catalog(catalog: str) -> str:
    """Return the line that names the catalog."""
    return f"      IN-CAT --- {catalog}"


def heading(text: str) -> str:
    """Return the title of a group of fields."""
    return f"      {text}"


def field(name: str, value: object, *, width: int = WIDTH) -> str:
    """Return one field: name, dashes, value at the right."""
    shown = str(value)
    return name + shown.rjust(width - len(name), "-") if len(name) + len(shown) < width else f"{name}-{shown}"


def row(fields: Sequence[Field], *, left: int = COLUMNS[0]) -> str:
    """Return a line of up to four fields, the first of them at `left`; a plain text stands as it is."""
    line = ""
    for column, part in zip((left, *COLUMNS[1:]), fields, strict=False):
        text = part if isinstance(part, str) else field(*part, width=WIDTH + COLUMNS[0] - left if column == left else WIDTH)
        line = line.ljust(column) + text
    return line.rstrip()


def rows(columns: Sequence[Sequence[Field]]) -> Iterator[str]:
    """Yield lines from fields given column by column."""
    for at in range(max(map(len, columns), default=0)):
        yield row([column[at] if at < len(column) else "" for column in columns])
