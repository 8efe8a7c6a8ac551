"""The grid every coordinate lies on, and what is done on it.

All rings are snapped to 1e-5 degree (about a metre) before anything is compared,
so that a border shared by two countries is the same vertices in both, and a
shared border is found by matching edges exactly instead of by tolerance.
"""
import json

from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box, mapping
from shapely.geometry.polygon import orient

WINDOW = (69.0, 38.8, 74.0, 41.8)
DIGITS = 5
GEOD = Geod(ellps="WGS84")
FRAME = box(*WINDOW)


def snap(point):
    # The sources keep 6 decimals, some truncated to 1e-7 on the way: mend, then round.
    return tuple(round(round(float(v), 6), DIGITS) for v in point[:2])


def snap_ring(coords):
    out = []
    for point in map(snap, coords):
        if not out or point != out[-1]:
            out.append(point)
    if out and out[0] != out[-1]:
        out.append(out[0])
    return out


def snap_polygons(geometry):
    """Snap a polygonal geometry; rings that collapse on the grid are dropped."""
    parts = []
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type != "Polygon":
            continue  # a clip can leave a line or a point on the window's edge
        shell = snap_ring(part.exterior.coords)
        if len(shell) < 4:
            continue
        holes = [snap_ring(r.coords) for r in part.interiors]
        parts.append(orient(Polygon(shell, [h for h in holes if len(h) >= 4]), 1.0))
    return MultiPolygon(sorted(parts, key=lambda p: (p.bounds, p.area)))


def clip(geometry):
    """Snap, cut to the window, snap the cut points."""
    return snap_polygons(snap_polygons(geometry).intersection(FRAME))


def single(geometry):
    """A Polygon where there is one part, else the MultiPolygon."""
    parts = list(geometry.geoms) if geometry.geom_type == "MultiPolygon" else [geometry]
    return parts[0] if len(parts) == 1 else geometry


def rings(geometry):
    for part in getattr(geometry, "geoms", [geometry]):
        yield part.exterior
        yield from part.interiors


def edges(geometry):
    """Undirected edges of a polygonal geometry."""
    found = set()
    for ring in rings(geometry):
        points = list(ring.coords)
        found.update((min(a, b), max(a, b)) for a, b in zip(points, points[1:]))
    return found


def chains(edge_set):
    """Join undirected edges to the fewest lines, in an order that never varies.

    A line ends where the number of edges at a point is not two; closed rings
    start at their smallest vertex and run counter-clockwise.
    """
    at = {}
    for a, b in sorted(edge_set):
        at.setdefault(a, []).append(b)
        at.setdefault(b, []).append(a)
    left = set(edge_set)

    def walk(start, first):
        line, here = [start, first], first
        left.discard((min(start, first), max(start, first)))
        while len(at[here]) == 2 and here != start:
            nxt = next(p for p in at[here] if p != line[-2])
            left.discard((min(here, nxt), max(here, nxt)))
            line.append(nxt)
            here = nxt
        return line

    lines = []
    for point in sorted(p for p in at if len(at[p]) != 2):
        for nxt in sorted(at[point]):
            if (min(point, nxt), max(point, nxt)) in left:
                lines.append(walk(point, nxt))
    while left:
        a, b = min(left)
        lines.append(list(orient(Polygon(walk(a, b)), 1.0).exterior.coords))
    return sorted(lines)


def as_lines(edge_set):
    lines = chains(edge_set)
    return LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines)


def line_edges(line):
    points = list(line.coords)
    return {(min(a, b), max(a, b)) for a, b in zip(points, points[1:])}


def km2(geometry):
    return abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


def km(geometry):
    return GEOD.geometry_length(geometry) / 1e3


def metres(a, b):
    """Geodesic metres between two lon/lat pairs."""
    return GEOD.inv(a[0], a[1], b[0], b[1])[2]


# a thing's name in other languages, as its entry may give it
NAMES = ("name_ky", "name_ru", "name_uz", "name_tg")


def names(entry):
    return {"name": entry["name"], **{k: entry.get(k) for k in NAMES}}


def feature(fid, geometry, properties):
    """One GeoJSON feature; properties without a value are left out."""
    kept = {k: v for k, v in properties.items() if v is not None and v != ""}
    shape = None if geometry is None else rounded(mapping(geometry))
    return {"type": "Feature", "id": fid, "properties": {"id": fid, **kept}, "geometry": shape}


def rounded(shape):
    def walk(value):
        if isinstance(value, (list, tuple)):
            return [walk(v) for v in value]
        return round(value, DIGITS)

    return {"type": shape["type"], "coordinates": walk(shape["coordinates"])}


def write(path, features):
    """A feature collection, one feature a line, so that a diff names what changed."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8")
