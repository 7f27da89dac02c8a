"""How a store behaves where installations differ.

Rules: plain values, set when the store is opened; nothing here changes while it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mvsfs.info import Allocation
from mvsfs.storage.content import SMALL_LIMIT


@dataclass(frozen=True, slots=True)
class VolumeModel:
    """A volume to be there when a store is new. storage_group empty: not SMS-managed."""

    volser: str
    cylinders: int = 10017
    device: str = "3390"
    use: str = "Storage"
    storage_group: str = ""


#: 3390 model 9 volumes; WORK01 is for temporary data sets, the SMS ones make up one storage group.
DEFAULT_VOLUMES = (
    VolumeModel("MVSRES", use="Private"),
    VolumeModel("WORK01", use="Public"),
    VolumeModel("USER01"),
    VolumeModel("USER02"),
    VolumeModel("SMS001", use="Private", storage_group="SGBASE"),
    VolumeModel("SMS002", use="Private", storage_group="SGBASE"),
)


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Options of a store.

    durable: an acknowledged write survives a power failure; without it, only the death of processes and workers.
    content_url: PyFilesystem2 address of the contents, when not a folder beside the database.
    accounted: whether space is limited to the extents that were asked for (abends x37); without it, any that a volume has.
    recall: brings a migrated data set back, called with its dsname; returning means it is there. The default recalls at once.
    migration_volume: the volume serial that means "migrated".
    storage_class: the class of SMS data sets; empty: new data sets are SMS-managed only when a class is asked for.
    data_classes: attributes that a DATACLAS gives to what an allocation leaves open.
    """

    read_only: bool = False
    durable: bool = True
    small_limit: int = SMALL_LIMIT
    content_url: str = ""
    accounted: bool = True
    volumes: tuple[VolumeModel, ...] = DEFAULT_VOLUMES
    recall: Callable[[str], None] | None = None
    recall_volume: str = "USER01"
    migration_volume: str = "MIGRAT"
    storage_class: str = ""
    management_class: str = ""
    data_classes: Mapping[str, Allocation] = field(default_factory=dict)
