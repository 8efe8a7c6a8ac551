"""QGIS loads each collection as a layer over OGC API Features, whole and with a
spatial filter, and finds what the interface itself finds.

Run by the distribution's Python, which has QGIS's bindings."""

import json
import os
import sys
import urllib.request

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer  # noqa: E402

address = os.environ["DEMARC"]
WINDOW = (70.9, 39.9, 71.3, 40.3)


def get(path):
    with urllib.request.urlopen(f"{address}{path}") as answer:
        return json.load(answer)


application = QgsApplication([], False)
application.initQgis()
failed = 0
collections = get("/collections?f=json")["collections"]
for collection in collections:
    name = collection["id"]
    layer = QgsVectorLayer(f"url='{address}' typename='{name}'", name, "OAPIF")
    problems = []
    if not layer.isValid():
        problems.append("is no valid layer: " + layer.error().summary())
    else:
        whole = get(f"/collections/{name}/items?limit=10000&skipGeometry=true")["numberMatched"]
        read = sum(1 for _ in layer.getFeatures())
        if read != whole:
            problems.append(f"{read} features of {whole}")
        # QGIS tests the geometry's envelope unless it is asked to be exact.
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(*WINDOW))
        request.setFlags(QgsFeatureRequest.ExactIntersect)
        bbox = ",".join(map(str, WINDOW))
        here = get(f"/collections/{name}/items?limit=10000&bbox={bbox}")["features"]
        there = sum(1 for _ in layer.getFeatures(request))
        if there != len(here):
            problems.append(f"{there} features in a window, of {len(here)}")
        if not layer.crs().isValid():
            problems.append("has no reference system")
    failed += bool(problems)
    print(f"QGIS: {name}: {'; '.join(problems) or str(read) + ' features, ' + str(there) + ' in a window'}")
print(f"QGIS: {len(collections) - failed} passed, {failed} failed")
sys.stdout.flush()
os._exit(1 if failed else 0)
