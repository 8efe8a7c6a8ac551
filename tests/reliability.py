#!/usr/bin/env python3
"""Remakes the table of docs/reliability.md from the records that tests left.

usage: reliability.py RECORDS PAGE

RECORDS is a folder: a JSON file a row, and the logs of fuzzers, `fuzz-TARGET.log`.
"""

import json
import os
import pathlib
import platform
import re
import subprocess
import sys

ORDER = ["soak", "reloads", "kills", "large"]
FUZZING = "fuzzing of "
HEAD = ["| what was thrown at it | how much | what happened |", "|---|---|---|"]
START, END = "<!-- table -->", "<!-- /table -->"


def rows(records):
    files = sorted(
        records.glob("*.json"),
        key=lambda file: (ORDER.index(file.stem) if file.stem in ORDER else len(ORDER), file.stem),
    )
    for file in files:
        row = json.loads(file.read_text())
        yield row["thrown"], row["much"], row["happened"]


def amount(seconds, runs, commits):
    return f"{seconds:.0f} s of processor time, {runs:,} inputs, at {', '.join(commits)}"


def fuzzed(records, commit, before):
    for log in sorted(records.glob("fuzz-*.log")):
        text = log.read_text(errors="replace")
        thrown = f"{FUZZING}{log.stem.removeprefix('fuzz-')}, led by coverage"
        # A log may hold several runs, one after the other.
        runs = sum(map(int, re.findall(r"^stat::number_of_executed_units: *(\d+)", text, re.M)))
        times = re.findall(r"^([\d.]+) \+ ([\d.]+) s of processor time", text, re.M)
        seconds = sum(float(user) + float(system) for user, system in times)
        much = amount(seconds, runs, [commit])
        # Whatever ends a fuzzer before its time is a finding, or hides one.
        if "SUMMARY:" in text or not runs:
            yield thrown, much, "a finding: see the log"
            continue
        # Hours do not come at once: what the page has of the same is added to.
        for earlier in re.findall(
            rf"^\| {re.escape(thrown)} \| (\d+) s of processor time, ([\d,]+) inputs, at (.+) \| no finding",
            before,
            re.M,
        ):
            commits = [one for one in earlier[2].split(", ") if one != commit] + [commit]
            much = amount(seconds + int(earlier[0]), runs + int(earlier[1].replace(",", "")), commits)
        # The last run may have ended before it had gone over what the others kept.
        edges, kept = max(re.findall(r"cov: (\d+) .*corp: (\d+)", text), key=lambda run: int(run[0]))
        # A target that does not get into what it is for reaches next to nothing of it.
        reached = re.findall(rf"^\| {re.escape(thrown)} \|.* no finding; (\d+) edges", before, re.M)
        if any(int(edges) < int(earlier) / 2 for earlier in reached):
            yield thrown, much, f"only {edges} edges reached, of {reached[-1]} before: it throws nothing"
            continue
        yield thrown, much, f"no finding; {edges} edges reached by the {kept} inputs kept"


def main(records, page):
    records, page = pathlib.Path(records), pathlib.Path(page)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    head, rest = page.read_text().split(START)
    before, tail = rest.split(END)
    anew = list(fuzzed(records, commit, before))
    before = before.strip().split("\n")
    cores = len(os.sched_getaffinity(0))
    # What was not thrown again stays: fuzzing takes hours, the rest minutes.
    is_anew = tuple(f"| {thrown} |" for thrown, *_ in anew)
    fuzzing = [line for line in before if line.startswith(f"| {FUZZING}") and not line.startswith(is_anew)]
    fuzzing = sorted(fuzzing + [f"| {' | '.join(row)} |" for row in anew])
    thrown = [f"| {' | '.join(row)} |" for row in rows(records)]
    last = f"At {commit}, on {platform.machine()} with {cores} cores, release build."
    if not thrown:
        thrown = [line for line in before[2:-2] if not line.startswith(f"| {FUZZING}")]
        last = before[-1]
    table = [*HEAD, *thrown, *fuzzing, "", last]
    page.write_text(f"{head}{START}\n" + "\n".join(table) + f"\n{END}{tail}")


if __name__ == "__main__":
    main(*sys.argv[1:])
