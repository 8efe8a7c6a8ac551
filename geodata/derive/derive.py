"""Write every geometry file of the geodata folder. Called by `run`, which fetches first."""
import sys
import tomllib
from pathlib import Path

import areas
import borders
import countries
import districts
import relief
import settlements
import water
from countries import SOURCES
from grid import feature, km2, names, single, write

HERE = Path(__file__).parent
TARGET = HERE.parent
REPORT = []


def say(line):
    REPORT.append(line)
    print(line)


def territory_features(made):
    every = ("OpenStreetMap's depiction on a date, not a treaty line; cut to the atlas's window. "
             "A redrawing is not a cession.")
    out = []
    for country in tomllib.loads((HERE / "territories.toml").read_text())["country"]:
        for version in country["version"]:
            vintage = "2026-10" if version["depiction"] == "2025" else "2025-01"
            out.append(feature(country["id"], single(made[version["depiction"]][country["code"]]), {
                **names(country), "country": country["code"], "as_mapped": vintage,
                "start": version["start"], "end": version.get("end"),
                "event": version.get("event"), "source": SOURCES[vintage],
                "notes": f"{every} {version['notes']}"}))
    return out


def enclave_features(outlines):
    out = []
    for entry, version, outline in outlines:
        notes = " ".join(n for n in (entry.get("notes"), version.get("notes")) if n)
        out.append(feature(entry["id"], outline, {
            **names(entry), "aliases": entry.get("aliases"),
            "administered_by": entry["administered_by"], "surrounded_by": entry["surrounded_by"],
            "area_km2": round(km2(outline), 3), "as_mapped": version["vintage"],
            "start": version.get("start"), "end": version.get("end"),
            "event": version.get("event"), "source": SOURCES[version["vintage"]],
            "notes": notes}))
    return out


def main(cache):
    packages = cache / "packages"
    vintages = countries.load(packages)
    outlines = countries.enclaves(vintages, countries.load_2017(packages))
    made = countries.depictions(vintages, outlines)
    countries.verify(made, outlines, vintages, say)

    bodies = water.load_water(packages)
    reservoir = next(b for _, name, _, b in bodies if name == "Andijan reservoir")
    all_districts = districts.load(packages)
    kyrgyz = [(d, g) for d, _, c, _, g in all_districts if c == "KG"]
    districts.check(all_districts, made["2025"], say)

    parts = {key: borders.stretches(world, outlines, kyrgyz, reservoir)
             for key, world in made.items()}
    lines = borders.features(parts, say)
    borders.verify(made, parts, lines)

    places = settlements.merged(packages)
    reported = areas.features({
        "settlements": places, "water": bodies, "outlines": outlines, "world": made["2025"],
        "stretches": parts["2025"], "kyrgyz": kyrgyz})
    for distance, aid, uncertainty in areas.near(reported, 71.05411, 40.18801)[:10]:
        say(f"near Ak-Turpak: {aid:28} {distance / 1e3:6.1f} km, give or take {uncertainty / 1e3:g}")

    write(TARGET / "territories.geojson", territory_features(made))
    write(TARGET / "enclaves.geojson", enclave_features(outlines))
    write(TARGET / "borders.geojson", lines)
    write(TARGET / "districts.geojson", districts.features(all_districts))
    write(TARGET / "water.geojson", water.water_features(bodies))
    write(TARGET / "rivers.geojson", water.river_features(packages))
    write(TARGET / "settlements.geojson", settlements.features(places, made["2025"], say))
    write(TARGET / "reported-areas.geojson", reported)
    say(f"{relief.write(packages, TARGET / 'relief')} relief tiles")
    (cache / "report.txt").write_text("\n".join(REPORT) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
