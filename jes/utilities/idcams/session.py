"""What a verb of IDCAMS works with: the step, the listing, the condition codes.

Source: page form measured on the CardDemo LISTCAT, jes-and-jcl reference 5.4: 53 lines a page, `0` counts 2 and `-` 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from jes.errors import Abend
from jes.stepcontext import StepContext
from jes.utilities.idcams.parse import Item
from jes.utilities.idcams.texts import line
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

LINES_PER_PAGE = 53
#: The second line of a page without a subtitle.
BLANK = "0        "
_HEIGHT = {"0": 2, "-": 3}


class Pages:
    """SYSPRINT, or the DD of OUTFILE, with its page headings."""

    def __init__(self, step: StepContext, ddname: str = "SYSPRINT") -> None:
        """Open the DD; the heading shows the time of the step."""
        self._print = Sysprint(step, ddname, Dcb.of("VBA", 125))
        self._now = step.now()
        self._page = 0
        self._used = LINES_PER_PAGE
        self._subtitle = BLANK

    def put(self, *texts: str) -> None:
        """Write lines that begin with their control character."""
        for text in texts:
            height = _HEIGHT.get(text[:1], 1)
            if self._used + height > LINES_PER_PAGE:
                self._heading()
                if text[:1] == " ":
                    text, height = "0" + text[1:], 2
            self._print.put(text)
            self._used += height

    def separate(self, text: str) -> None:
        """Write the blank line between two commands; a new page does without."""
        if self._used + _HEIGHT.get(text[:1], 1) > LINES_PER_PAGE:
            self._heading()
        else:
            self.put(text)

    def begin(self, subtitle: str) -> None:
        """Begin a page before the next line, and have this second line on it and all further ones."""
        self._subtitle = subtitle
        self._used = LINES_PER_PAGE

    def _heading(self) -> None:
        self._page += 1
        stamp = f"TIME: {self._now:%H:%M:%S}        {self._now:%m/%d/%y}     PAGE{self._page:>7}"
        self._print.put(f"{'1IDCAMS  SYSTEM SERVICES':<67}{stamp}")
        self._print.put(self._subtitle)
        self._used = 1 + _HEIGHT.get(self._subtitle[:1], 1)

    def close(self) -> None:
        """End the listing."""
        self._print.close()


@dataclass
class Session:
    """One run of IDCAMS."""

    step: StepContext
    pages: Pages
    lastcc: int = 0
    maxcc: int = 0

    def say(self, id: str, *facts: object) -> None:
        """Write a message of texts.py."""
        self.pages.put(line(id, *facts))

    def put(self, *texts: str) -> None:
        """Write listing lines."""
        self.pages.put(*texts)

    @contextmanager
    def listing(self, ddname: str) -> Iterator[Pages]:
        """Give where a listing goes: the DD of OUTFILE, or with the messages. Raises Abend 013 when there is no such DD."""
        if not ddname:
            yield self.pages
            return
        if self.step.dd(ddname) is None:
            raise Abend("013", 0x18)
        pages = Pages(self.step, ddname)
        yield pages
        pages.close()


#: A verb: its items and the session in, the condition code out.
Verb = Callable[[tuple[Item, ...], Session], int]
