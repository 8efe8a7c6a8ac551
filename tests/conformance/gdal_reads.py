"""GDAL reads each collection over OGC API Features as it reads the direct export:
the same features in the same order, with the same ids, attributes and geometry.

Run by the distribution's Python, which has GDAL's bindings."""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

from osgeo import gdal, ogr

gdal.UseExceptions()
address = os.environ["DEMARC"]
binary = os.environ.get("DEMARC_BIN", "target/debug/demarc")
with urllib.request.urlopen(f"{address}/collections?f=json") as answer:
    names = [collection["id"] for collection in json.load(answer)["collections"]]


def plain(feature):
    """A feature's id, attributes that are given, and geometry."""
    values = {}
    for index in range(feature.GetFieldCount()):
        definition = feature.GetFieldDefnRef(index)
        if feature.IsFieldSetAndNotNull(index):
            text = feature.GetFieldAsString(index)
            # The same day, whether the column was taken for one of days or texts.
            values[definition.GetName()] = re.sub(r"^(\d{4})/(\d\d)/(\d\d)$", r"\1-\2-\3", text)
    geometry = feature.GetGeometryRef()
    return values, geometry and geometry.ExportToWkt()


def features(layer):
    return [plain(feature) for feature in layer]


failed = 0
with tempfile.TemporaryDirectory() as folder:
    for name in names:
        path = os.path.join(folder, f"{name}.geojson")
        subprocess.run([binary, "export", name, "-o", path], check=True)
        direct = ogr.Open(path)
        # A layer ends with its data set.
        service = gdal.OpenEx(f"OAPIF:{address}", gdal.OF_VECTOR)
        ours = features(direct.GetLayer(0))
        theirs = features(service.GetLayerByName(name))
        if ours == theirs:
            print(f"GDAL: {name}: {len(ours)} features")
            continue
        failed += 1
        print(f"GDAL: {name}: {len(theirs)} served, {len(ours)} exported")
        for here, there in zip(ours, theirs):
            if here != there:
                (values, geometry), (others, other) = here, there
                keys = set(values) | set(others)
                print({key: (values.get(key), others.get(key)) for key in keys if values.get(key) != others.get(key)})
                print("the geometry differs" if geometry != other else "the geometry is the same")
                break
print(f"GDAL: {len(names) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
