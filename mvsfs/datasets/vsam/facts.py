"""What a VSAM object is: the definition that DEFINE takes and LISTCAT shows.

Source: jes-and-jcl.md 5.4; [AMS DEFINE]. Rules: lengths in bytes; an RBA counts from 0, a relative record number from 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from mvsfs.info import Allocation

KEYED, ENTRY, NUMBERED, LINEAR = "KS", "ES", "RR", "LS"

#: Data bytes of a track at the control interval sizes that matter: 12 x 4 KiB [AMS].
BYTES_PER_TRACK = 49152
#: Control information at the end of a control interval: its definition field and one pair of record definition fields.
CONTROL_BYTES = 10
#: The same where one record fills the interval: one record definition field.
ONE_RECORD_BYTES = 7


ONE_TRACK = Allocation(space_unit="TRACK", primary=1, secondary=1)


@dataclass(frozen=True, slots=True)
class ClusterInfo:
    """A cluster (kind CLUSTER), alternate index (AIX) or path (PATH).

    base: the cluster that an alternate index relates to, the entry that a path leads to. organisation: KS, ES, RR or LS; of an
    alternate index KS, of a path that of its base. unique: an alternate key stands for one record. loaded: something was once
    written, so records need not ascend any longer. The last facts are the system's; DEFINE ignores them.
    """

    dsname: str
    organisation: str = KEYED
    kind: str = "CLUSTER"
    keylen: int = 0
    keyoff: int = 0
    average: int = 4089
    maximum: int = 4089
    base: str = ""
    allocation: Allocation = ONE_TRACK
    data_name: str = ""
    index_name: str = ""
    cisize: int = 0
    unique: bool = True
    upgrade: bool = True
    reuse: bool = False
    spanned: bool = False
    erase: bool = False
    shareoptions: tuple[int, int] = (1, 3)
    freespace: tuple[int, int] = (0, 0)
    loaded: bool = False
    high_rba: int = 0
    records: int = 0
    size: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    @property
    def has_index(self) -> bool:
        """Tell whether there is an index component."""
        return self.organisation == KEYED and self.kind != "PATH"

    def key_of(self, record: bytes) -> bytes:
        """Return the key of a record."""
        return record[self.keyoff : self.keyoff + self.keylen]


def default_cisize(maximum: int) -> int:
    """Return the control interval size that the system picks for a record length."""
    size = 4096
    while size < maximum + ONE_RECORD_BYTES and size < 32768:
        size += 2048 if size >= 8192 else 512
    return size
