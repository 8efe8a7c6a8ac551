#!/usr/bin/python3
"""Opens every layer of a GeoPackage in QGIS, as a person would, and looks at it.

Each layer must be valid, hold as many features as its table, take its style from
the package, and draw something; nothing drawn may be green. Pictures go beside
the package. Run by `make qgis`; wants Debian's python3-qgis.
"""

import os
import sqlite3
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402  (the platform is chosen before Qt loads)
    Qgis,
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor, QImage  # noqa: E402

WHITE = QColor(255, 255, 255)
KINDS = {
    QgsWkbTypes.PointGeometry: "points",
    QgsWkbTypes.LineGeometry: "lines",
    QgsWkbTypes.PolygonGeometry: "polygons",
}


def picture(layer, path):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setEllipsoid("WGS84")
    settings.setBackgroundColor(WHITE)
    settings.setOutputSize(QSize(1200, 800))
    settings.setOutputDpi(96)
    extent = layer.extent()
    extent.grow(0.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    errors = [error.message for error in job.errors()]
    image = job.renderedImage().convertToFormat(QImage.Format_RGB32)
    image.save(path)
    return image, errors


def colours(image):
    found = set()
    for y in range(0, image.height()):
        for x in range(0, image.width()):
            found.add(image.pixel(x, y) & 0xFFFFFF)
    found.discard(0xFFFFFF)
    return found


def is_green(rgb):
    red, green, blue = rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255
    return green > red + 12 and green > blue + 12


def sublayers(package):
    query = Qgis.SublayerQueryFlags(Qgis.SublayerQueryFlag.ResolveGeometryType)
    return QgsProviderRegistry.instance().querySublayers(package, query)


def check(package):
    faults = []
    database = sqlite3.connect(f"file:{package}?mode=ro", uri=True)
    spatial = {name for (name,) in database.execute("SELECT table_name FROM gpkg_geometry_columns")}
    reached = dict.fromkeys(spatial, 0)
    for details in sublayers(package):
        table = details.name().removesuffix("_unlocated")
        if table not in spatial:
            continue
        label = f"{details.name()} ({QgsWkbTypes.displayString(details.wkbType())})"
        layer = QgsVectorLayer(details.uri(), details.name(), "ogr")
        if not layer.isValid():
            faults.append(f"{label}: not valid")
            continue
        reached[table] += layer.featureCount()
        if layer.geometryType() not in KINDS:
            # Without geometry, or collections, which QGIS does not draw.
            print(f"{label}: {layer.featureCount()} features, not drawn")
            continue
        if layer.renderer().type() != "RuleRenderer":
            faults.append(f"{label}: the style of the package is not taken")
            continue
        if not layer.metadata().abstract():
            faults.append(f"{label}: no metadata")
        kind = KINDS[layer.geometryType()]
        path = f"{package.removesuffix('.gpkg')}-{table}-{kind}.png"
        image, errors = picture(layer, path)
        drawn = colours(image)
        faults += [f"{label}: {error}" for error in errors]
        if not drawn:
            faults.append(f"{label}: nothing is drawn")
        for rgb in sorted(filter(is_green, drawn))[:1]:
            faults.append(f"{label}: green is drawn: #{rgb:06x}")
        print(f"{label}: {layer.featureCount()} features, {len(drawn)} colours")
    for table in sorted(spatial):
        (rows,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if reached[table] != rows:
            faults.append(f"{table}: layers show {reached[table]} of {rows} features")
    return faults


def main():
    application = QgsApplication([], False)
    application.initQgis()
    faults = [fault for package in sys.argv[1:] for fault in check(package)]
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    sys.stdout.flush()
    # QGIS crashes on the way out of a script; what it found is said by now.
    os._exit(1 if faults else 0)


main()
