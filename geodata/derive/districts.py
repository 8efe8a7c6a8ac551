"""Districts: geoBoundaries ADM2 as the gazetteer package carries them, labels corrected."""
import csv
import re
import sqlite3
import tomllib
from pathlib import Path

from shapely import wkb
from shapely.geometry import MultiPolygon

from grid import clip, feature, km2, single

HERE = Path(__file__).parent
COUNTRY = {"Kyrgyzstan": "KG", "Uzbekistan": "UZ", "Tajikistan": "TJ"}
LEAST_KM2 = 1.0  # less of a district than this inside the window is not worth a feature


def slug(name):
    base = re.sub(r" District$", "", name)
    return re.sub(r"[^a-z0-9]+", "-", base.lower()).strip("-")


def load(packages):
    """[(id, name, country, province, geometry cut to the window)], sorted by id."""
    rules = tomllib.loads((HERE / "districts.toml").read_text())
    folder = packages / "gazetteer" / "gazetteer" / "data"
    with open(folder / "geo-boundaries.csv", newline="", encoding="utf-8") as file:
        labels = {(r["shape_id"], r["name"]): r for r in csv.DictReader(file)}
    database = sqlite3.connect(folder / "data.db")
    found, faults = [], []
    for prefix, country in rules["prefix"].items():
        rows = database.execute(
            "select name, shape_id, coordinates from location_data where shape_id like ?",
            (prefix + "%",)).fetchall()
        for name, shape_id, blob in rows:
            geometry = clip(wkb.loads(blob))
            if geometry.is_empty or km2(geometry) < LEAST_KM2:
                continue
            label = labels[shape_id, name]
            province = rules["province"][country].get(name)
            if province is None:
                province = label["admin2"]
                if country == "KG" or COUNTRY.get(label["admin1"]) != country:
                    faults.append(f"{name}: labelled {label['admin1']}, {province}; not corrected")
            found.append((name, country, province, repair(geometry)))
    if faults:
        raise SystemExit("\n".join(faults))
    ids, out = set(), []
    for name, country, province, geometry in sorted(found, key=lambda f: (f[1], f[0])):
        did = slug(name)
        if did in ids or did in ("kyrgyzstan", "uzbekistan", "tajikistan"):
            did = f"{did}-district"
        assert did not in ids, did
        ids.add(did)
        out.append((did, name, country, province, geometry))
    return sorted(out)


def repair(geometry):
    """Rounding can pinch a coarse polygon; mend it without moving vertices."""
    if geometry.is_valid:
        return geometry
    mended = clip(geometry.buffer(0))
    assert mended.is_valid and abs(km2(mended) / km2(geometry) - 1) < 1e-3
    return mended


def check(districts, world, say):
    """Which territory each district lies in, against the country it is given."""
    faults = []
    for did, _, country, _, geometry in districts:
        share = geometry.intersection(MultiPolygon(world[country])).area / geometry.area
        if share < 0.9:
            say(f"district {did} ({country}): {share:.0%} inside {country} as mapped in 2026")
        if share < 0.3 and did not in OUTSIDE:
            faults.append(f"{did} is given {country}, yet {share:.0%} of it lies there")
    if faults:
        raise SystemExit("\n".join(faults))


# Coarse polygons of small towns at a border, which fall across it.
OUTSIDE = {"shirin-city"}


def features(districts):
    return [feature(did, single(geometry), {
        "name": name, "country": country, "province": province, "level": "ADM2",
        "source": "src-geoboundaries",
        "notes": "Coarse outline, cut to the window; does not meet the borders layer exactly."})
        for did, name, country, province, geometry in districts]
