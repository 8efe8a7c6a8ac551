#!/usr/bin/env python3
"""Runs a suite of CQL2 filters against demarc: `run.py FOLDER [BINARY]`.

The folder holds `expressions.json`, a list of objects with `conformance_class`,
`collection`, `filter` (CQL2 text) and `number_matched`, and a `COLLECTION.geojson`
for each collection named, as the abstract test suite of OGC 21-065r2 has them. Each
file is served as a plain layer whose geometry filters call `geom`. Each filter is
asked over HTTP and by `demarc export --filter`; what differs is listed.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

# Where the suite's number is not what its own data hold: the filter, what they
# hold, and where that is reported.
REPORTED = {
    "ACCENTI(name) LIKE accenti('Ch%')": (
        3,
        "Chengdu, Chicago and Chișinău; https://github.com/opengeospatial/ogcapi-features/issues/1011",
    ),
}


def folder_of(suite, collections, into):
    """A geodata folder that serves the collections."""
    lines = [
        'title = "CQL2"',
        'abstract = "The collections of a suite."',
        "window = [-180.0, -90.0, 180.0, 90.0]",
        'notice = "A test."',
    ]
    for name in collections:
        file = f"{name}.geojson"
        (into / file).write_bytes((suite / file).read_bytes())
        lines += ["", "[[layer]]", f'id = "{name}"', f'file = "{file}"']
        lines += ['kind = "plain"', 'geometry-property = "geom"']
    (into / "atlas.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def over_http(base, row):
    """How many match, or the refusal."""
    query = urllib.parse.urlencode({"filter": row["filter"], "filter-lang": "cql2-text", "limit": 1})
    address = f"{base}/collections/{row['collection']}/items?{query}"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)["numberMatched"]
    except urllib.error.HTTPError as error:
        return f"{error.code} {json.load(error).get('detail')}"


def by_export(binary, geodata, row):
    """The same by the command line."""
    command = [binary, "export", row["collection"], "--geodata", geodata, "--filter", row["filter"]]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    if done.returncode != 0:
        return f"exit {done.returncode}: {done.stderr.decode()}"
    return len(json.loads(done.stdout)["features"])


def compare(row, asked):
    """Whether the answers are those wanted, and a line on those that are not."""
    wanted = row["number_matched"]
    if all(found == wanted for found in asked.values()):
        return True, None
    found = ", ".join(f"{found} {how}" for how, found in asked.items())
    line = f"{row['conformance_class']}: {row['filter']} on {row['collection']}: {found}, not {wanted}"
    known, why = REPORTED.get(row["filter"], (None, None))
    if all(found == known for found in asked.values()):
        return True, f"{line} (reported: {why})"
    return False, line


def main(suite, binary="target/debug/demarc"):
    suite = pathlib.Path(suite)
    rows = json.loads((suite / "expressions.json").read_text(encoding="utf-8"))
    collections = sorted({row["collection"] for row in rows})
    with tempfile.TemporaryDirectory() as geodata:
        folder_of(suite, collections, pathlib.Path(geodata))
        command = [binary, "serve", "--listen", "127.0.0.1:0", "--geodata", geodata]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                said = server.stdout.readline().split()
                if not said:
                    sys.exit("the server did not start")
                results = []
                for row in rows:
                    asked = {
                        "over HTTP": over_http(said[-1], row),
                        "by export": by_export(binary, geodata, row),
                    }
                    results.append(compare(row, asked))
            finally:
                server.terminate()
    differing = [line for _, line in results if line]
    print(*differing, f"{len(rows) - len(differing)} of {len(rows)} as the suite has them", sep="\n")
    return 0 if all(fine for fine, _ in results) else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
