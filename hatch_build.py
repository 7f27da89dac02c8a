"""Builds the compiled kernel (the C files of mvsfs/kernel) when the package is installed and a C compiler is there.

Source: docs/decisions/0012-compiled-kernel.md.
Rules: without a compiler, or with MVSFS_BUILD_KERNEL=no, the wheel is a pure one and everything works without the kernel. The
library needs no Python headers, so one wheel serves every Python 3 of its platform: py3-none-<platform>. CC and CFLAGS count.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ["mvsfs/kernel/kernel.c", "mvsfs/kernel/sort.c", "mvsfs/kernel/terse.c"]
LIBRARY = "mvsfs/kernel/kernel.so"
FLAGS = ["-std=c99", "-O3", "-fPIC", "-shared", "-fvisibility=hidden"]


class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the kernel to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; on success the wheel belongs to this platform."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        # an editable installation is served from the work tree, any other from the wheel
        place = root / LIBRARY if version == "editable" else self._scratch() / "kernel.so"
        place.unlink(missing_ok=True)
        if os.environ.get("MVSFS_BUILD_KERNEL", "").lower() in {"no", "off", "0"} or not self._compile(root, place):
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platform()}"
        if version != "editable":
            build_data["force_include"][str(place)] = LIBRARY

    def _scratch(self) -> Path:
        """Return a folder for what goes into the wheel; it stays until the wheel is written, or the build is given up."""
        self._folder = tempfile.TemporaryDirectory(prefix="mvsfs-")
        return Path(self._folder.name)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the folder."""
        if (folder := getattr(self, "_folder", None)) is not None:
            folder.cleanup()

    def _compile(self, root: Path, place: Path) -> bool:
        """Tell whether a library was made."""
        compiler = shlex.split(os.environ.get("CC", "")) or next(
            ([found] for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), []
        )
        if not compiler:
            self.app.display_info("mvsfs: no C compiler; transfers run in Python alone")
            return False
        fresh = place.with_suffix(".new")
        sources = [str(root / source) for source in SOURCES]
        command = [*compiler, *FLAGS, *shlex.split(os.environ.get("CFLAGS", "")), "-o", str(fresh), *sources]
        # an old compiler may not know the vector instructions that the processor is asked for at run time
        failure = _run(command) and _run([*command, "-DPORTABLE"])
        if failure or not fresh.exists():
            self.app.display_warning(f"mvsfs: the kernel was not compiled; transfers run in Python alone\n{failure}")
            return False
        fresh.replace(place)  # a running server keeps the one it has loaded
        return True


def _run(command: list[str]) -> str:
    """Return what went wrong, or nothing."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return (done.stderr.strip() or "it failed") if done.returncode else ""


def _platform() -> str:
    """Return the platform part of a wheel's tag: that of this machine, since the library was linked here."""
    from packaging.tags import sys_tags

    return next(tag.platform for tag in sys_tags() if "manylinux" not in tag.platform and "musllinux" not in tag.platform)
