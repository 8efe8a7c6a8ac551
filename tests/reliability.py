#!/usr/bin/env python3
"""Remakes the table of docs/reliability.md from the records that tests left.

usage: reliability.py RECORDS PAGE

RECORDS is a folder: a JSON file a row, and the logs of fuzzers, `fuzz-TARGET.log`.
"""

import json
import pathlib
import platform
import re
import subprocess
import sys

ORDER = ["soak", "reloads", "kills", "large"]
START, END = "<!-- table -->", "<!-- /table -->"


def rows(records):
    files = sorted(
        records.glob("*.json"),
        key=lambda file: (ORDER.index(file.stem) if file.stem in ORDER else len(ORDER), file.stem),
    )
    for file in files:
        row = json.loads(file.read_text())
        yield row["thrown"], row["much"], row["happened"]
    for log in sorted(records.glob("fuzz-*.log")):
        text = log.read_text(errors="replace")
        thrown = f"fuzzing of {log.stem.removeprefix('fuzz-')}"
        done = re.search(r"Done (\d+) runs in (\d+) second", text)
        if done and "SUMMARY:" not in text:
            yield thrown, f"{int(done[1]):,} inputs in {done[2]} s, led by coverage", "no finding"
            continue
        # Whatever ends a fuzzer before its time is a finding, or hides one.
        runs = [int(count) for count in re.findall(r"^#(\d+)", text, re.MULTILINE)]
        much = f"at least {max(runs):,} inputs, led by coverage" if runs else "not known"
        yield thrown, much, "a finding: see the log"


def main(records, page):
    records, page = pathlib.Path(records), pathlib.Path(page)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    table = ["| what was thrown at it | how much | what happened |", "|---|---|---|"]
    table += [f"| {' | '.join(row)} |" for row in rows(records)]
    cores = len(__import__("os").sched_getaffinity(0))
    table.append("")
    table.append(f"At {commit}, on {platform.machine()} with {cores} cores, release build.")
    text = page.read_text()
    head, rest = text.split(START)
    tail = rest.split(END)[1]
    page.write_text(f"{head}{START}\n" + "\n".join(table) + f"\n{END}{tail}")


if __name__ == "__main__":
    main(*sys.argv[1:])
