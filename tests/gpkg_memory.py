#!/usr/bin/env python3
"""Downloads a layer of a million features as a GeoPackage and measures the memory.

The server's peak while it writes, above what it held before, must stay under
300 MB. The peak is Linux's (VmHWM), set back before the download. Run by
`make gpkg-memory`.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

FEATURES = 1_000_000
MOST = 300 * 1024 * 1024
ATLAS = """title = "Many"
abstract = "A million features."
window = [69.0, 38.8, 74.0, 41.8]
notice = "Made up."

[[layer]]
id = "many"
kind = "plain"
file = "many.geojsonl"
"""


def make(folder):
    random.seed(1)
    with open(f"{folder}/atlas.toml", "w") as out:
        out.write(ATLAS)
    with open(f"{folder}/many.geojsonl", "w") as out:
        for number in range(FEATURES):
            x, y = random.uniform(69, 74), random.uniform(38.8, 41.8)
            d = 0.001
            ring = [[x, y], [x + d, y], [x + d, y + d], [x, y + d], [x, y]]
            feature = {
                "type": "Feature",
                "id": f"one-{number}",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"name": f"Number {number}", "number": number, "share": x / 74, "even": number % 2 == 0},
            }
            out.write(json.dumps(feature) + "\n")


def memory(process, name):
    """A figure of /proc in bytes."""
    with open(f"/proc/{process.pid}/status") as status:
        (line,) = (line for line in status if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def main():
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
        command = [sys.argv[1], "serve", "--geodata", folder, "--listen", "127.0.0.1:0"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            base = server.stdout.readline().split()[-1]
            own = memory(server, "VmRSS")
            with open(f"/proc/{server.pid}/clear_refs", "w") as refs:
                refs.write("5")
            package = f"{folder}/many.gpkg"
            started = time.monotonic()
            with urllib.request.urlopen(f"{base}/collections/many/items?f=gpkg") as answer:
                with open(package, "wb") as out:
                    shutil.copyfileobj(answer, out)
            seconds = time.monotonic() - started
            peak = memory(server, "VmHWM")
        finally:
            server.terminate()
            server.wait()
        database = sqlite3.connect(package)
        rows, boxes = (
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("many", "rtree_many_geom")
        )
        size = os.path.getsize(package)
    megabyte = 1024 * 1024
    print(f"{rows} features, {boxes} in the index, {size / megabyte:.0f} MB in {seconds:.0f} s")
    print(f"the server's own: {own / megabyte:.0f} MB, peak while writing: {peak / megabyte:.0f} MB")
    print(f"above: {(peak - own) / megabyte:.0f} MB, at most {MOST / megabyte:.0f}")
    sys.exit(not (rows == boxes == FEATURES and peak - own < MOST))


main()
