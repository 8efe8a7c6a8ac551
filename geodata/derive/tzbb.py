"""Read country polygons out of timezonefinder's packages.

Three storage layouts are in use among the pinned releases, and the packages
exclude one another (one name, several versions; the newest wants a newer
Python). So nothing is installed: the wheels are unpacked and their data files
decoded here. Coordinates are stored as integers of 1e-7 degree.

* `flat`   6.2.0, 6.5.8: raw int32 arrays beside address files
* `pairs`  8.2.2: FlatBuffers, x and y interleaved
* `packed` timezonefinder-data 4.2026.5: FlatBuffers of bit-packed residuals,
  one coordinate frame for each block of 128 vertices
"""
import json
import struct
from pathlib import Path

import numpy as np
from shapely import make_valid
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import unary_union

ZONES = {
    "KG": ["Asia/Bishkek"],
    "TJ": ["Asia/Dushanbe"],
    "UZ": ["Asia/Tashkent", "Asia/Samarkand"],
}
BLOCK = 128
STEP = 10  # the packed layout counts in 1e-6 degree


class Flat:
    """The layout of 6.x: one binary file an attribute."""

    def __init__(self, folder):
        self.dir = Path(folder)
        self.names = json.loads((self.dir / "timezone_names.json").read_text())
        self.first = self._array("poly_nr2zone_id", "<u2")
        registry = json.loads((self.dir / "hole_registry.json").read_text())
        self.registry = {int(k): v for k, v in registry.items()}
        self.poly = self._rings("poly", "<u4")
        self.hole = self._rings("hole", "<u2")

    def _array(self, name, dtype):
        return np.fromfile(self.dir / f"{name}.bin", dtype=dtype)

    def _rings(self, kind, count_type):
        counts = self._array(f"{kind}_coord_amount", count_type)
        starts = self._array(f"{kind}_adr2data", "<u4")
        raw = (self.dir / f"{kind}_data.bin").read_bytes()

        def ring(i):
            n = int(counts[i])
            return np.frombuffer(raw, "<i4", 2 * n, int(starts[i])).reshape(2, n)

        return ring


class Collection:
    """A FlatBuffers file whose root is a table of tables of one int vector."""

    def __init__(self, path):
        self.buf = Path(path).read_bytes()
        root = self._u32(0)
        self.vector = self._field(root, 0)

    def _u32(self, at):
        return struct.unpack_from("<I", self.buf, at)[0]

    def _field(self, table, slot):
        vtable = table - struct.unpack_from("<i", self.buf, table)[0]
        offset = struct.unpack_from("<H", self.buf, vtable + 4 + 2 * slot)[0]
        at = table + offset
        return at + self._u32(at)

    def values(self, i, dtype):
        at = self.vector + 4 + 4 * i
        vector = self._field(at + self._u32(at), 0)
        return np.frombuffer(self.buf, dtype, self._u32(vector), vector + 4)


class Tables:
    """What the two FlatBuffers layouts have in common."""

    def __init__(self, folder):
        self.dir = Path(folder)
        self.names = (self.dir / "timezone_names.txt").read_text().split()
        self.first = np.load(self.dir / "zone_positions.npy")
        registry = json.loads((self.dir / "hole_registry.json").read_text())
        self.registry = {int(k): v for k, v in registry.items()}


class Pairs(Tables):
    """The layout of 8.2.2."""

    def __init__(self, folder):
        super().__init__(folder)
        boundaries = Collection(self.dir / "boundaries" / "coordinates.fbs")
        holes = Collection(self.dir / "holes" / "coordinates.fbs")
        self.poly = lambda i: boundaries.values(i, "<i4").reshape(-1, 2).T
        self.hole = lambda i: holes.values(i, "<i4").reshape(-1, 2).T


class Packed(Tables):
    """The layout of timezonefinder-data 4.x; a hole may name a polygon."""

    def __init__(self, folder):
        super().__init__(folder)
        self.ref = np.load(self.dir / "holes" / "poly_ref.npy")
        self.poly = self._rings(self.dir / "boundaries")
        self.inline = self._rings(self.dir / "holes")

    def hole(self, i):
        ref = int(self.ref[i])
        return self.poly(ref) if ref >= 0 else self.inline(-(ref + 1))

    @staticmethod
    def _rings(folder):
        rings = Collection(folder / "coordinates.bin")
        load = {n: np.load(folder / f"{n}.npy") for n in (
            "block_ranges", "block_bases", "block_widths", "block_offsets", "nr_vertices")}

        def ring(i):
            lo, hi = (int(v) for v in load["block_offsets"][i:i + 2])
            total = int(load["nr_vertices"][i])
            words = rings.values(i, "<u4")
            out, at = np.empty((2, total), dtype=np.int64), 0
            for b in range(hi - lo):
                n = min(BLOCK, total - b * BLOCK)
                frames = (load["block_bases"][lo + b], load["block_ranges"][lo + b, 0])
                for axis in (0, 1):
                    width = int(load["block_widths"][lo + b, axis])
                    # each block repeats the next block's first vertex: n + 1 values
                    size = -(-(n + 1) * width // 32)
                    values = unpack(words[at:at + size], width, n)
                    out[axis, b * BLOCK:b * BLOCK + n] = int(frames[axis]) + STEP * values
                    at += size
            return out

        return ring


def unpack(words, width, count):
    """`count` unsigned values of `width` bits, least significant bit first."""
    if width == 0:
        return np.zeros(count, dtype=np.int64)
    bits = np.unpackbits(words.astype("<u4").view(np.uint8), bitorder="little")
    weights = np.int64(1) << np.arange(width, dtype=np.int64)
    return bits[:count * width].reshape(count, width).astype(np.int64) @ weights


def polygonal(geometry):
    """The polygons of a geometry, without lines and points left by a repair."""
    parts = [geometry] if geometry.geom_type == "Polygon" else getattr(geometry, "geoms", [])
    flat = []
    for part in parts:
        if part.geom_type == "Polygon" and not part.is_empty:
            flat.append(part)
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            flat.extend(polygonal(part).geoms)
    return MultiPolygon(flat)


def country(reader, code, window):
    """One country, near the window: whole polygons that touch it, uncut."""
    shapes = []
    near = box(*window)
    for zone in ZONES[code]:
        z = reader.names.index(zone)
        for i in range(int(reader.first[z]), int(reader.first[z + 1])):
            amount, first = reader.registry.get(i, (0, 0))
            rings = [reader.poly(i)] + [reader.hole(first + h) for h in range(amount)]
            # integers of 1e-7 degree are divided, never multiplied: exact to the digit
            rings = [np.asarray(r, dtype=np.int64).T / 1e7 for r in rings]
            shape = Polygon(rings[0], rings[1:])
            if shape.intersects(near):
                shapes.append(shape if shape.is_valid else make_valid(shape))
    return polygonal(unary_union(shapes))
