"""Reported areas: reference geometries taken from the other layers."""
import tomllib
from pathlib import Path

from shapely.geometry import MultiLineString, Point, Polygon

from borders import group_of
from grid import NAMES, as_lines, chains, edges, feature, metres, single, snap

HERE = Path(__file__).parent
ORDER = ("name", *NAMES, "basis", "uncertainty_m", "uncertainty_reason", "extent", "precision",
         "within", "origin", "notes", "source")


def geometry(area, layers):
    """(geometry, source id) of one area; (None, None) when it is unlocated."""
    if "at" in area:
        p = layers["settlements"][area["at"]]
        return Point(snap((p["lon"], p["lat"]))), p["source"]
    if "water" in area:
        (body,) = [b for _, name, _, b in layers["water"] if name == area["water"]]
        return Point(snap(Polygon(body.exterior).centroid.coords[0])), "src-geomaps-water-2017"
    if "perimeter" in area:
        outline = [o for e, _, o in layers["outlines"] if e["id"] == area["perimeter"]][-1]
        return as_lines(edges(outline)), "src-tzbb-2026-10"
    if "country" in area:
        return single(layers["world"][area["country"]]), "src-tzbb-2026-10"
    if "stretches" in area:
        return lines(area, layers), "src-tzbb-2026-10"
    return None, None


def lines(area, layers):
    found = set().union(*(layers["stretches"][s] for s in area["stretches"]))
    if "only" in area:
        kyrgyz = layers["kyrgyz"]
        found = {e for e in found if group_of(e, kyrgyz) in area["only"]}
    # where several lines meet, each stretch stays whole
    parts = chains(found)
    return MultiLineString(parts) if len(parts) > 1 else as_lines(found)


def features(layers):
    out = []
    for area in tomllib.loads((HERE / "areas.toml").read_text(encoding="utf-8"))["area"]:
        shape, source = geometry(area, layers)
        p = {**area, "extent": "unknown", "source": area.get("source", source)}
        item = feature(area["id"], shape, {k: p.get(k) for k in ORDER})
        if shape is None:  # said outright: there is no figure, not a forgotten one
            props = {"id": area["id"], **{k: p[k] for k in ("name", *NAMES) if k in p},
                     "basis": "unlocated", "uncertainty_m": None}
            item["properties"] = {**props, **item["properties"]}
        out.append(item)
    check(out)
    return out


def check(items):
    ids = [i["id"] for i in items]
    assert len(ids) == len(set(ids))
    for item in items:
        p = item["properties"]
        for container in p.get("within", []):
            assert container in ids, container
        assert (item["geometry"] is None) == (p["basis"] == "unlocated"), item["id"]
        assert (p["uncertainty_m"] is None) == (p["basis"] == "unlocated"), item["id"]
        assert p.get("source"), item["id"]


def near(items, lon, lat):
    """Metres from a place to each located point or line, smallest first, by its vertices."""
    out = []
    for item in items:
        shape = item["geometry"]
        if shape and shape["type"] in ("Point", "LineString", "MultiLineString"):
            coordinates = shape["coordinates"]
            points = ([coordinates] if shape["type"] == "Point" else coordinates
                      if shape["type"] == "LineString" else [p for l in coordinates for p in l])
            close = min(metres((lon, lat), p) for p in points
                        if abs(p[0] - lon) + abs(p[1] - lat) < 3 or len(points) == 1)
            out.append((close, item["id"], item["properties"]["uncertainty_m"]))
    return sorted(out)
