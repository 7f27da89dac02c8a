"""Which value a symbol has where: SET, PROC defaults, EXEC operands, EXPORT.

Source: [JCLREF] "Using symbols", EXPORT; jes-and-jcl reference 4.5.
Rules: inside a procedure EXEC beats PROC beats the enclosing level; a SET there changes the value from there on and stays
after it.
Only symbols named on an EXPORT before they get a value reach in-stream data. Pure.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping


class Scope:
    """The symbols in force at the statement being converted."""

    def __init__(self, system: Mapping[str, str], *, in_jcl: bool = True) -> None:
        """Know the system's symbols; unless `in_jcl`, JCL has only SYSUID of them (SYSSYM=DISALLOW of the job class)."""
        self._system = dict(system)
        self._visible = self._system if in_jcl else {"SYSUID": self._system["SYSUID"]}
        self._job: dict[str, str] = {}
        self._levels: list[dict[str, str]] = []
        self._exported_names: set[str] = set()
        self._exports_all = False
        self._exported: dict[str, str] = {}

    @property
    def values(self) -> Mapping[str, str]:
        """All values, the innermost level first."""
        return ChainMap(*reversed(self._levels), self._job, self._visible)

    def data_values(self, symbols: str) -> dict[str, str]:
        """Return the values that in-stream data with SYMBOLS= may use now; only EXECSYS and CNVTSYS add the system's own."""
        own = self._system if symbols in {"EXECSYS", "CNVTSYS"} else {"SYSUID": self._system["SYSUID"]}
        return {**own, **self._exported}

    def set(self, name: str, value: str) -> None:
        """Do what SET does."""
        for level in self._levels:
            if name in level:
                level[name] = value
        self._job[name] = value
        self._export(name, value)

    def set_all(self, values: Mapping[str, str]) -> None:
        """Do what SET does for several symbols."""
        for name, value in values.items():
            self.set(name, value)

    def enter(self, values: Mapping[str, str]) -> None:
        """Begin a procedure with its symbols."""
        self._levels.append(dict(values))
        for name, value in values.items():
            self._export(name, value)

    def leave(self) -> None:
        """End the innermost procedure."""
        self._levels.pop()

    def export(self, names: tuple[str, ...]) -> None:
        """Do what EXPORT SYMLIST= does; `*` exports every symbol set from now on."""
        if "*" in names:
            self._exports_all = True
        self._exported_names.update(names)

    def _export(self, name: str, value: str) -> None:
        if self._exports_all or name in self._exported_names:
            self._exported[name] = value
