"""What OpenAPI 3.0 cannot say, for schemathesis: the grammars behind our formats,
and which parameters stand together.

Only what is meant to be accepted is touched here; what is meant to be refused
goes to the server as it was made up.
"""

import json

import schemathesis
from hypothesis import strategies as st

degrees = lambda low, high: st.integers(low * 100, high * 100).map(lambda n: n / 100)  # noqa: E731
days = st.dates().map(str)
positions = st.tuples(degrees(60, 80), degrees(35, 45)).map(lambda at: f"{at[0]},{at[1]}")


def interval(ends):
    first, last = sorted(ends)
    return f"{first}/{last}"


FORMATS = {
    "cql2": st.sampled_from(
        [
            "1=1",
            "NOT (1=2)",
            "S_INTERSECTS(geometry, BBOX(70,39,72,41))",
            "geometry IS NOT NULL",
            json.dumps({"op": "=", "args": [1, 1]}),
            json.dumps({"op": "isNull", "args": [{"property": "geometry"}]}),
        ]
    ),
    "datetime-interval": st.one_of(
        days,
        st.tuples(days, days).map(interval),
        days.map(lambda day: f"{day}/.."),
        days.map(lambda day: f"../{day}"),
        st.just("../.."),
        st.datetimes().map(lambda at: f"{at.isoformat(timespec='seconds')}Z"),
    ),
    "distance": st.tuples(st.integers(1, 20_000), st.sampled_from(["", "m", "km"])).map(
        lambda given: f"{given[0]}{given[1]}"
    ),
    "place": st.one_of(st.sampled_from(["Ak-Turpak", "1514637", "Бешкент"]), positions),
    "position": positions,
    "name": st.sampled_from(["Osh", "Ош", "sokh", "Вору", "q"]),
    "feature-id": st.sampled_from(["sokh", "barak", "area-ak-turpak", "area-kyrgyzstan", "nothing"]),
    "feature-reference": st.sampled_from(
        ["enclaves/sokh", "enclaves/barak", "area-ak-turpak", "reported-areas/area-kyrgyzstan"]
    ),
    "source-id": st.sampled_from(["src-unknown", "nothing"]),
    "cursor": st.just("0.2024-01-01.0"),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)


def is_meant_to_be_refused(case):
    meta = getattr(case, "meta", None)
    return meta is not None and meta.generation.mode.is_negative


@schemathesis.hook
def before_call(context, case, kwargs):
    if is_meant_to_be_refused(case):
        return
    # A template of addresses is followed as it stands, though its parts are no whole numbers.
    places = case.path_parameters or {}
    for name, value in places.items():
        if str(value).startswith("{"):
            places[name] = {"z": 3, "y": 3, "x": 5}.get(str(value).strip("{}"), 0)
    if case.operation.path == "/near" and not {"place", "at"} & set(case.query or {}):
        case.query = {**(case.query or {}), "at": "71.05,40.19"}
    query = case.query
    if not query:
        return
    # One of two ways to say the same.
    query.pop("cursor", None)
    if "place" in query:
        query.pop("at", None)
    # What stands with something else only.
    for name, needed in [
        ("radius", "near" if case.operation.path != "/near" else "radius"),
        ("bbox-crs", "bbox"),
        ("filter-crs", "filter"),
        ("filter-lang", "filter"),
    ]:
        if needed not in query:
            query.pop(name, None)
    if "filter-lang" in query:
        is_json = str(query["filter"]).startswith("{")
        query["filter-lang"] = "cql2-json" if is_json else "cql2-text"
    if query.get("f") == "kml":
        # Longitude and latitude alone.
        query.pop("crs", None)
    if "bbox" in query:
        # Numbers in the axes and the area of whichever system is named.
        query["bbox"] = "70.5,39.8,71.5,40.4"
        query.pop("bbox-crs", None)
    if "from" in query and "to" in query:
        query["from"], query["to"] = sorted([str(query["from"]), str(query["to"])])
