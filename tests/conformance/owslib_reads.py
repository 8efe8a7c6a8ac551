"""OWSLib reads what the interface says and serves: conformance, collections,
queryables, schema and items, page by page."""

import os

from owslib.ogcapi.features import Features

address = os.environ["DEMARC"]
service = Features(f"{address}/")
classes = service.conformance()["conformsTo"]
assert any(name.endswith("/ogcapi-features-1/1.0/conf/core") for name in classes), classes
assert service.api()["openapi"].startswith("3.0"), "the interface is described"
names = service.feature_collections()
assert names == [each["id"] for each in service.collections()["collections"]], names
for name in names:
    collection = service.collection(name)
    assert collection["id"] == name
    assert service.collection_queryables(name)["properties"], name
    assert service.collection_schema(name)["properties"], name
    read, offset, matched = [], 0, None
    while matched is None or offset < matched:
        page = service.collection_items(name, limit=200, offset=offset)
        matched = page["numberMatched"]
        read += [feature["id"] for feature in page["features"]]
        offset += page["numberReturned"]
        if not page["features"]:
            break
    assert len(read) == matched, (name, len(read), matched)
    if read and collection["defaultDatetime"] == "today":
        assert service.collection_item(name, read[0])["id"] == read[0]
    if read:
        window = collection["extent"]["spatial"]["bbox"][0]
        part = service.collection_items(name, bbox=window, limit=1)
        assert part["numberReturned"] == 1, name
    print(f"OWSLib: {name}: {len(read)} features")
print(f"OWSLib: {len(names)} passed, 0 failed")
