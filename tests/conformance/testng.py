"""Reads the newest testng-results.xml under a folder: fails on any failure and
lists what was skipped by name, with the reason."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main(folder):
    reports = sorted(Path(folder).rglob("testng-results.xml"), key=lambda path: path.stat().st_mtime)
    if not reports:
        sys.exit(f"no testng-results.xml under {folder}: the suite did not run")
    found = {"PASS": [], "FAIL": [], "SKIP": []}
    for method in ElementTree.parse(reports[-1]).iter("test-method"):
        if method.get("is-config") == "true" and method.get("status") != "FAIL":
            continue
        reason = method.findtext("exception/message") or ""
        name = method.get("signature", method.get("name")).split("(")[0]
        found.setdefault(method.get("status"), []).append((name, " ".join(reason.split())))
    for status in ("FAIL", "SKIP"):
        for name, reason in sorted(set(found[status])):
            print(f"{status}: {name}: {reason[:300]}")
    passed, failed, skipped = (len(found[status]) for status in ("PASS", "FAIL", "SKIP"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if failed or not passed:
        sys.exit(1)


main(sys.argv[1])
