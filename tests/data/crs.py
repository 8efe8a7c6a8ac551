#!/usr/bin/env python3
"""Makes crs.csv: coordinates by PROJ, which the transformations are held to.

    pip install pyproj==3.7.2      # PROJ 9.5.1
    python3 tests/data/crs.py > tests/data/crs.csv

Points are a grid over the window 69..74 E, 38.8..41.8 N with its edges, and
some settlements. Coordinates stand in the axis order of the authority.

Of the operations that PROJ knows between two systems, the one it ranks first
for the window is taken for every point. A default Transformer chooses again at
each point, by bounding boxes: north of 41.19 N it leaves EPSG:15865, which is
for Kyrgyzstan, Tajikistan and Uzbekistan, for EPSG:5044, which is for Russia
and whose box happens to reach here; coordinates would jump by 3 m there.
"""

import pyproj
from pyproj.aoi import AreaOfInterest
from pyproj.transformer import TransformerGroup

WINDOW = AreaOfInterest(69.0, 38.8, 74.0, 41.8)
CODES = [4326, 3857, 32642, 32643, 28412, 28413]
SETTLEMENTS = [
    (71.05411, 40.18801),  # Ak-Turpak
    (71.1306, 39.9711),  # Sokh
    (71.78554, 40.37338),  # Fergana, about
    (72.7985, 40.51566),  # Osh, about
]

points = [
    (round(69 + 5 * column / 8, 6), round(38.8 + 3 * row / 6, 6))
    for row in range(7)
    for column in range(9)
] + SETTLEMENTS


def best(code):
    """The operation that PROJ ranks first for the window."""
    group = TransformerGroup("OGC:CRS84", f"EPSG:{code}", area_of_interest=WINDOW)
    return group.transformers[0]


print(f"# made by crs.py with pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}")
for code in CODES:
    print(f"# EPSG:{code}: {best(code).description}")
print("longitude,latitude,code,first,second")
for code in CODES:
    transformer = best(code)
    for longitude, latitude in points:
        first, second = transformer.transform(longitude, latitude)
        digits = 9 if code == 4326 else 4
        print(f"{longitude},{latitude},{code},{first:.{digits}f},{second:.{digits}f}")
