#!/usr/bin/env python3
"""Writes nearest.csv: how far a position lies from a line or polygon.

An answer from outside to hold the engine against: the distances are those of
the PyPI package geographiclib (Karney's own), each edge sampled densely in
longitude and latitude and refined by golden section round the least samples.

    pip install geographiclib==2.0 && python3 tests/data/nearest.py > tests/data/nearest.csv
"""

import json
import math
import random

from geographiclib.geodesic import Geodesic

WGS84 = Geodesic.WGS84
SAMPLES = 300
GOLDEN = (math.sqrt(5) - 1) / 2


def distance(lon, lat, at):
    return WGS84.Inverse(lat, lon, at[1], at[0], Geodesic.DISTANCE)["s12"]


def along(edge, part):
    (x0, y0), (x1, y1) = edge
    return x0 + part * (x1 - x0), y0 + part * (y1 - y0)


def to_edge(lon, lat, edge):
    def at(part):
        return distance(lon, lat, along(edge, part))

    found = [at(step / SAMPLES) for step in range(SAMPLES + 1)]
    least = min(found)
    for step, metres in enumerate(found):
        # Only where a minimum can lie, and can be the least.
        before, after = found[max(step - 1, 0)], found[min(step + 1, SAMPLES)]
        if metres > before or metres > after or metres > least + 5000:
            continue
        low, high = max(step - 1, 0) / SAMPLES, min(step + 1, SAMPLES) / SAMPLES
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        at_left, at_right = at(left), at(right)
        while (high - low) > 1e-9:
            if at_left < at_right:
                high, right, at_right = right, left, at_left
                left = high - GOLDEN * (high - low)
                at_left = at(left)
            else:
                low, left, at_left = left, right, at_right
                right = low + GOLDEN * (high - low)
                at_right = at(right)
        least = min(least, at_left, at_right, metres)
    return least


def lines(geometry):
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        return [coordinates]
    if kind == "MultiPolygon":
        return [ring for rings in coordinates for ring in rings]
    return coordinates


def edges(geometry):
    return [edge for line in lines(geometry) for edge in zip(line, line[1:])]


def holds(geometry, lon, lat):
    """Even-odd rule over all rings, in longitude and latitude."""
    if "Polygon" not in geometry["type"]:
        return False
    inside = False
    for (x0, y0), (x1, y1) in edges(geometry):
        if (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


def walk(dice, x, y, step, count):
    """A crooked line that stays in range."""
    line = [[x, y]]
    for _ in range(count - 1):
        x = min(180, max(-180, x + dice.uniform(-step, step)))
        y = min(89.9, max(-89.9, y + dice.uniform(-step, step) / 2))
        line.append([x, y])
    return line


def star(dice, x, y, width, height, count):
    turns = sorted(dice.uniform(0, 2 * math.pi) for _ in range(count))
    ring = []
    for turn in turns:
        reach = dice.uniform(0.4, 1)
        ring.append([x + width * reach * math.cos(turn), y + height * reach * math.sin(turn)])
    return ring + ring[:1]


def split(dice, y, width, height):
    """A polygon over the antimeridian, cut there (RFC 7946, 3.1.9)."""
    low, high = y - height, y + height
    west = [[180 - width, low], [180, low], [180, high], [180 - width * dice.uniform(0.3, 1), high]]
    east = [[-180, low], [width - 180, low], [width * dice.uniform(0.3, 1) - 180, high], [-180, high]]
    return {"type": "MultiPolygon", "coordinates": [[west + west[:1]], [east + east[:1]]]}


def geometries(dice):
    """Region by region, without end."""
    while True:
        size = dice.choice([0.05, 0.5, 3])
        yield "valley", {"type": "LineString", "coordinates": walk(dice, 71, 40, size, 6)}
        yield "valley", {"type": "Polygon", "coordinates": [star(dice, 71, 40, size, size * 0.7, 7)]}
        x, y = dice.uniform(-170, 170), dice.uniform(-60, 60)
        yield "anywhere", {"type": "LineString", "coordinates": walk(dice, x, y, size, 5)}
        yield "anywhere", {"type": "Polygon", "coordinates": [star(dice, x, y, size, size, 8)]}
        y = dice.uniform(-75, 75)
        yield "antimeridian", split(dice, y, size, size / 2)
        east, west = walk(dice, 180, y, 0.2, 3), walk(dice, -180, y, 0.2, 3)
        yield "antimeridian", {"type": "MultiLineString", "coordinates": [east, west]}
        y = dice.choice([-1, 1]) * dice.uniform(80, 88.5)
        yield "polar", {"type": "LineString", "coordinates": walk(dice, dice.uniform(-150, 150), y, 30, 4)}
        yield "polar", {"type": "Polygon", "coordinates": [star(dice, dice.uniform(-120, 120), y, 40, 1.2, 6)]}


def rounded(value):
    if isinstance(value, float):
        return round(value, 5)
    return [rounded(item) for item in value] if isinstance(value, list) else value


def main():
    dice = random.Random(2026)
    print("region;lon;lat;distance_m;geometry")
    written = 0
    for region, geometry in geometries(dice):
        if written == 240:
            break
        geometry["coordinates"] = rounded(geometry["coordinates"])
        start = along(dice.choice(edges(geometry)), dice.random())
        there = WGS84.Direct(start[1], start[0], dice.uniform(0, 360), 50_000)
        lon, lat = round(there["lon2"], 6), round(there["lat2"], 6)
        if holds(geometry, lon, lat):
            continue
        metres = min(to_edge(lon, lat, edge) for edge in edges(geometry))
        # Nearer ones say less of how long edges are handled.
        if metres > 20_000:
            shape = json.dumps(geometry, separators=(",", ":"))
            print(f"{region};{lon};{lat};{metres:.4f};{shape}")
            written += 1


if __name__ == "__main__":
    main()
