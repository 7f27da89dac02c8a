"""docs/fixtures.md tells the truth: its manifest loads, and what its tables name exists."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from mvsfs.seed import manifest
from zftpd import testing

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "fixtures.md").read_text("utf-8")


def test_every_key_of_the_manifest_is_known():
    example = yaml.safe_load(re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1])
    manifest.check_keys("page", example, manifest.SECTIONS)
    for dsname, row in example["datasets"].items():
        manifest.dataset_keys(dsname, row)
        manifest.status_of(dsname, row)
        manifest.allocation_of(dsname, row, partitioned="members" in row)
    for path, row in example["unix"].items():
        manifest.check_keys(path, row, manifest.UNIX_KEYS)


def test_every_attribute_of_zos_that_the_page_names_exists(zos):
    table = PAGE.split("### What `zos` can do")[1].split("### Forms")[0]
    for name in set(re.findall(r"zos\.(\w+)", table)):
        assert hasattr(zos, name), name


def test_every_form_that_the_page_names_exists():
    table = PAGE.split("### Forms")[1].split("## In unittest")[0]
    for name in set(re.findall(r"\b([a-z]+)\(", table)):
        assert hasattr(testing, name), name
