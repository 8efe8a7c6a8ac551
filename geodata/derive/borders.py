"""The border stretches: shared edges of two countries, named, with status and time."""
import tomllib
from pathlib import Path

from shapely.geometry import LineString, Point

from countries import SOURCES
from grid import WINDOW, as_lines, chains, edges, feature, km, line_edges, metres, names

HERE = Path(__file__).parent
PAIRS = {"KG, UZ": ("KG", "UZ"), "KG, TJ": ("KG", "TJ"), "UZ, TJ": ("UZ", "TJ")}

# The line is cut where it comes within this distance of the reservoir's water.
RESERVOIR_M = 3000


def on_frame(edge):
    """Does an edge lie on the window's own edge? Two countries never share such an edge."""
    west, south, east, north = WINDOW
    (x0, y0), (x1, y1) = edge
    return (x0 == x1 and x0 in (west, east)) or (y0 == y1 and y0 in (south, north))


def shared(world, pair):
    a, b = PAIRS[pair]
    return {e for e in edges(world[a]) & edges(world[b]) if not on_frame(e)}


def near_water(edge, water):
    point = Point(edge[0])
    if water.distance(point) > 0.1:
        return False
    nearest = water.exterior.interpolate(water.exterior.project(point))
    return water.contains(point) or metres(point.coords[0], nearest.coords[0]) <= RESERVOIR_M


def split_reservoir(line, water):
    """The part of the main line between its first and last edge near the reservoir."""
    points = list(line.coords)
    pairs = list(zip(points, points[1:]))
    near = [i for i, e in enumerate(pairs) if near_water(e, water)]
    chosen = line_edges(LineString(points[near[0]:near[-1] + 2]))
    return chosen, line_edges(line) - chosen


def group_of(edge, districts):
    """Which group of Kyrgyz districts an edge is nearest to."""
    point = Point((edge[0][0] + edge[1][0]) / 2, (edge[0][1] + edge[1][1]) / 2)
    return min(districts, key=lambda d: (d[1].distance(point), d[0]))[0]


GROUPS = {"leilek": "batken", "batken": "batken", "kadamjay": "batken",
          "chong-alay": "chon-alai", "alay": "alay"}


def stretches(world, outlines, districts, water):
    """All shared edges of one depiction, by stretch id."""
    kyrgyz = [(GROUPS.get(d, "other"), g) for d, g in districts]
    entries = tomllib.loads((HERE / "stretches.toml").read_text())["stretch"]
    out = {}
    for pair in PAIRS:
        left = shared(world, pair)
        for entry in entries:
            if entry["parties"] == pair and "enclave" in entry:
                ring = set().union(*(edges(o) for e, _, o in outlines if e["id"] == entry["enclave"]))
                own = left & ring
                # an outline of another time shares no edge here, or only where it did not change
                if own and ring_is_whole(own, world, entry, outlines):
                    out[entry["id"]] = own
                    left -= own
        if pair == "KG, UZ":
            main = max((LineString(c) for c in chains(left)), key=lambda c: c.length)
            near, rest = split_reservoir(main, water)
            out["kg-uz-andijan-reservoir"] = near
            out["kg-uz-main"] = left - near
        elif pair == "KG, TJ":
            for edge in left:
                out.setdefault(f"kg-tj-{group_of(edge, kyrgyz)}", set()).add(edge)
        else:
            out["uz-tj-main"] = left
    return out


def ring_is_whole(own, world, entry, outlines):
    """Is the enclave there in this world (as against a stray edge in common)?"""
    point = next(e["point"] for e, _, _ in outlines if e["id"] == entry["enclave"])
    owner = next(e["administered_by"] for e, _, _ in outlines if e["id"] == entry["enclave"])
    return any(p.contains(Point(point)) and p.area < 1 for p in world[owner].geoms)


def features(parts, say):
    """The layer: one feature a version."""
    config = tomllib.loads((HERE / "stretches.toml").read_text())
    out = []
    for entry in config["stretch"]:
        for version in entry["version"]:
            line = as_lines(parts[version["depiction"]][entry["id"]])
            say(f"{entry['id']:24} {version['start']:10} {version['status']:9} {km(line):8.1f} km")
            out.append(feature(entry["id"], line, {
                **names(entry), "parties": entry["parties"], "status": version["status"],
                "as_mapped": version["mapped"], "start": version.get("start"),
                "end": version.get("end"), "event": version.get("event"),
                "source": SOURCES[version["mapped"]],
                "notes": f"{config['every']} {version['notes']}"}))
    return out


def verify(made, parts, layer):
    """Both sides: what is drawn at a time is exactly what the two territories share then."""
    days = {"1991": "2010-01-01", "2023": "2023-06-01", "2024": "2024-06-01", "2025": "2026-10-01"}
    faults = []
    for key, day in days.items():
        for pair in PAIRS:
            expected = shared(made[key], pair)
            split = [e for i, s in parts[key].items() if i.startswith(pair.lower().replace(", ", "-"))
                     for e in s]
            if len(split) != len(set(split)) or set(split) != expected:
                faults.append(f"{pair} {key}: the stretches are not the shared line")
            drawn = set()
            for f in layer:
                p = f["properties"]
                if p["parties"] == pair and p["start"] <= day and day <= p.get("end", "9999"):
                    shape = f["geometry"]
                    lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
                    for line in lines:
                        drawn |= line_edges(LineString(line))
            if drawn != expected:
                faults.append(f"{pair} {key}: drawn and shared lines differ by "
                              f"{len(drawn ^ expected)} edges")
    if faults:
        raise SystemExit("\n".join(faults))
