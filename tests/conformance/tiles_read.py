"""mapbox-vector-tile reads the tiles of DEMARC: every area that is located lies in
them at every zoom, and in four neighbouring tiles Kyrgyzstan and Uzbekistan share
every vertex of their border. GDAL reads the same number of features."""

import json
import math
import os
import re
import subprocess
import tempfile
import urllib.request

import mapbox_vector_tile

BASE = os.environ["DEMARC"]
EXTENT, BUFFER = 4096, 128


def fetch(path):
    with urllib.request.urlopen(BASE + path) as answer:
        return answer.status, answer.read()


def items(collection):
    return json.loads(fetch(f"/collections/{collection}/items?limit=10000")[1])["features"]


def tile(collection, zoom, row, column):
    status, body = fetch(f"/collections/{collection}/tiles/WebMercatorQuad/{zoom}/{row}/{column}")
    if status == 204:
        return []
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    return decoded[collection]["features"]


def grid(zoom, longitude, latitude):
    north = math.atanh(math.sin(math.radians(latitude))) / math.pi
    return (longitude + 180) / 360 * 2**zoom, (1 - north) / 2 * 2**zoom


def positions(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield tuple(coordinates[:2])
    else:
        for part in coordinates:
            yield from positions(part)


def rings(feature):
    shape = feature["geometry"]
    if shape["type"] == "Polygon":
        return shape["coordinates"]
    return [ring for part in shape["coordinates"] for ring in part] if shape["type"] == "MultiPolygon" else []


def inner(at):
    return all(-BUFFER < along < EXTENT + BUFFER for along in at)


def is_on(edge, at):
    (ax, ay), (bx, by) = edge
    dx, dy = bx - ax, by - ay
    along = (at[0] - ax) * dx + (at[1] - ay) * dy
    across = (at[0] - ax) * dy - (at[1] - ay) * dx
    length = dx * dx + dy * dy
    return length > 0 and 0 <= along <= length and 4 * across * across <= length


def areas_are_there():
    located = {area["id"]: area for area in items("reported-areas") if area["geometry"]}
    for zoom in range(0, 11):
        found, tiles = set(), set()
        for area in located.values():
            for longitude, latitude in positions(area["geometry"]["coordinates"]):
                x, y = grid(zoom, longitude, latitude)
                tiles.add((int(y), int(x)))
        for row, column in tiles:
            found |= {f["properties"]["id"] for f in tile("reported-areas", zoom, row, column)}
        assert found == set(located), (zoom, set(located) ^ found)
    print(f"  {len(located)} areas at each of 11 zooms")


def borders_are_shared():
    own = {"KG": set(), "UZ": set()}
    for territory in items("territories"):
        if territory["properties"]["country"] in own:
            own[territory["properties"]["country"]] |= set(positions(territory["geometry"]["coordinates"]))
    shared = sorted(own["KG"] & own["UZ"])
    checked = 0
    for longitude, latitude in shared[:: len(shared) // 6]:
        for zoom in (4, 6, 8, 10, 12, 14):
            x, y = (round(part) for part in grid(zoom, longitude, latitude))
            for row, column in ((y - 1, x - 1), (y - 1, x), (y, x - 1), (y, x)):
                drawn = tile("territories", zoom, row, column)
                of = {c: [r for f in drawn if f["properties"]["country"] == c for r in rings(f)] for c in own}
                for one, other in (("KG", "UZ"), ("UZ", "KG")):
                    edges = [edge for ring in of[other] for edge in zip(ring, ring[1:] + ring[:1])]
                    theirs = {tuple(at) for ring in of[other] for at in ring}
                    for at in {tuple(at) for ring in of[one] for at in ring if inner(at)}:
                        if any(is_on(edge, at) for edge in edges):
                            checked += 1
                            assert at in theirs, (zoom, row, column, one, at)
    assert checked > 1000, checked
    print(f"  {checked} vertices of the border shared")


def gdal_reads_them():
    _, body = fetch("/tiles/WebMercatorQuad/5/12/22")
    decoded = mapbox_vector_tile.decode(body)
    with tempfile.NamedTemporaryFile(suffix=".mvt") as file:
        file.write(body)
        file.flush()
        command = ["ogrinfo", "-so", "-al", file.name]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    names = re.findall(r"^Layer name: (.*)$", told, re.M)
    numbers = re.findall(r"^Feature Count: (.*)$", told, re.M)
    counts = dict(zip(names, map(int, numbers), strict=True))
    wanted = {name: len(layer["features"]) for name, layer in decoded.items()}
    assert counts == wanted, (counts, wanted)
    print(f"  {sum(counts.values())} features in {len(counts)} layers")


areas_are_there()
borders_are_shared()
gdal_reads_them()
