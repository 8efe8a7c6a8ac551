"""Country polygons at each vintage, and the four depictions made of them."""
import json
import tomllib
from pathlib import Path

from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.polygon import orient

import tzbb
from grid import FRAME, WINDOW, clip, edges, km2, snap_polygons

HERE = Path(__file__).parent
CODES = ("KG", "UZ", "TJ")

# vintage: (source id, reader, folder in the package)
VINTAGES = {
    "2023-03": ("src-tzbb-2023-03", tzbb.Flat, "timezonefinder"),
    "2025-01": ("src-tzbb-2025-01", tzbb.Flat, "timezonefinder"),
    "2026-03": ("src-tzbb-2026-03", tzbb.Pairs, "timezonefinder/data"),
    "2026-10": ("src-tzbb-2026-10", tzbb.Packed, "timezonefinder_data/data"),
}
SOURCES = {v: s for v, (s, _, _) in VINTAGES.items()} | {"2017-12": "src-geomaps-2017"}


def load(packages):
    """All vintages, snapped and cut to the window: {(vintage, code): MultiPolygon}."""
    out = {}
    for vintage, (_, reader, folder) in VINTAGES.items():
        data = reader(packages / f"tzbb-{vintage}" / folder)
        for code in CODES:
            out[vintage, code] = clip(tzbb.country(data, code, WINDOW))
    return out


def load_2017(packages):
    """The parts of December 2017 that lie inside the window, as separate polygons.

    That data set has water cut out as holes and invalid outer rings; only small
    whole parts (the enclaves) are taken from it, without their holes.
    """
    path = packages / "geomaps-countries" / "package" / "map.geo.json"
    found = {}
    for feature in json.loads(path.read_text())["features"]:
        code = {"KGZ": "KG", "UZB": "UZ", "TJK": "TJ"}.get(feature["properties"]["A3"])
        if code:
            parts = [Polygon(p.exterior) for p in shape(feature["geometry"]).geoms]
            found[code] = snap_polygons(MultiPolygon([p for p in parts if p.within(FRAME)]))
    return found


def part_at(geometry, point):
    found = [p for p in geometry.geoms if p.contains(Point(point))]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} parts hold {point}")
    return Polygon(found[0].exterior)


def enclaves(vintages, of_2017):
    """Every enclave with its outlines, from enclaves.toml: a list of (entry, version, outline)."""
    out = []
    for entry in tomllib.loads((HERE / "enclaves.toml").read_text())["enclave"]:
        for version in entry["version"]:
            owner, vintage = entry["administered_by"], version["vintage"]
            parts = of_2017[owner] if vintage == "2017-12" else vintages[vintage, owner]
            out.append((entry, version, part_at(parts, entry["point"])))
    return out


def put(world, entry, outline):
    """Give an enclave this outline in both countries: the hole and the part are one ring."""
    owner, around = entry["administered_by"], entry["surrounded_by"]
    point = Point(entry["point"])
    parts = [p for p in world[owner].geoms if not p.contains(point)]
    world[owner] = MultiPolygon(sorted([*parts, outline], key=lambda p: (p.bounds, p.area)))
    surrounding = []
    for p in world[around].geoms:
        holes = [h for h in p.interiors if not Polygon(h).contains(point)]
        if Polygon(p.exterior).contains(outline):
            holes.append(outline.exterior)
        surrounding.append(orient(Polygon(p.exterior, holes), 1.0))
    world[around] = MultiPolygon(surrounding)


def depictions(vintages, outlines):
    """The world at each time that territories and borders are drawn for.

    Each but the last is January 2025 with the enclaves' outlines of that time put in,
    so that a territory's edge, the border there and the enclave are the same vertices.
    """
    made = {}
    for key, base, day in (("1991", "2025-01", "2010"), ("2023", "2025-01", "2023-06"),
                           ("2024", "2025-01", "2024-06"), ("2025", "2026-10", "2026")):
        world = {c: vintages[base, c] for c in CODES}
        if base == "2025-01":
            for entry, version, outline in outlines:
                if version["start"] <= day and day <= version.get("end", "9999"):
                    put(world, entry, outline)
        made[key] = world
    return made


def verify(made, outlines, vintages, say):
    """Validity, overlaps, areas of the enclaves; a table for the reader, faults raised."""
    faults = []
    for key, world in made.items():
        for code, geometry in world.items():
            if not geometry.is_valid:
                faults.append(f"{code} {key} is not valid")
        for a, b in (("KG", "UZ"), ("KG", "TJ"), ("UZ", "TJ")):
            overlap = km2(areal(world[a].intersection(world[b])))
            # Snapping to 1e-5 degree may cross two lines that ran within a metre of each other.
            say(f"overlap {key} {a} {b}: {overlap * 1e6:.0f} m²")
            if overlap > 0.001:
                faults.append(f"{a} and {b} overlap by {overlap:.4f} km² in {key}")
    say(f"{'enclave':16} {'mapped':8} {'km²':>9} {'expected':>9} {'off':>7}")
    for entry, version, outline in outlines:
        area = km2(outline)
        off = area / version["km2"] - 1
        say(f"{entry['id']:16} {version['vintage']:8} {area:9.3f} {version['km2']:9.2f} {off:7.2%}")
        if abs(off) > 0.01 or not outline.is_valid:
            faults.append(f"{entry['id']} {version['vintage']}: {area:.3f} km² or not valid")
    faults += oktyabr(vintages, outlines, say)
    # the figures of redrawing that the notes quote
    for old, new, a, b in (("2025-01", "2026-10", "KG", "TJ"), ("2025-01", "2026-10", "TJ", "KG"),
                           ("2026-03", "2026-10", "KG", "UZ"), ("2026-03", "2026-10", "UZ", "KG")):
        moved = km2(areal(vintages[old, a].intersection(vintages[new, b])))
        say(f"redrawn {old} to {new}, {a} to {b}: {moved:.1f} km²")
    if faults:
        raise SystemExit("\n".join(faults))


def areal(geometry):
    parts = [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon"]
    return MultiPolygon(parts)


def oktyabr(vintages, outlines, say):
    """What the enclave's note says of its surroundings, measured."""
    (outline,) = [o for e, _, o in outlines if e["id"] == "oktyabr-unnamed"]
    before = vintages["2025-01", "KG"].intersection(outline).area / outline.area
    in_march = [h for p in vintages["2026-03", "KG"].geoms for h in p.interiors
                if Polygon(h).contains(outline.centroid)]
    shared = edges(outline) & edges(vintages["2026-10", "KG"])
    say(f"oktyabr: {before:.3f} Kyrgyz in 2025-01, {len(in_march)} hole in 2026-03, "
        f"{len(edges(outline) - shared)} edges not Kyrgyz in 2026-10")
    return [] if before > 0.999 and len(in_march) == 1 else ["oktyabr-unnamed: the note is wrong"]
