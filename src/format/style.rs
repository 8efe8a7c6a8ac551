//! The atlas's cartography as a MapLibre style: the looks of [`super::looks`] over
//! vector tiles. Marks are signs of text, so that a style wants no sprite; it
//! names no `glyphs`, so that a client draws letters by itself (`MapLibre` GL 5.11
//! and later).

use geo::Rect;
use serde_json::{Value, json};

use super::looks::{self, CONTESTED, Fill, Look, Mark, Test};
use crate::atlas::{Atlas, Layer, LayerKind, Relief};

/// Media type of a style.
pub const STYLE: &str = "application/vnd.mapbox.style+json";

/// The id of the vector source in a style.
const SOURCE: &str = "atlas";
const PAPER: &str = "#f7f5f0";
const INK: &str = "#22252b";
/// Metres a pixel at zoom 0 on the equator, of tiles drawn at 512 pixels.
const METRES_A_PIXEL: f64 = 78_271.517;
const DEEPEST_ZOOM: u8 = 22;

/// The style of an atlas. `tilejson` is the address of the `TileJSON` of its tiles,
/// `relief` the template of its elevation tiles.
#[must_use]
pub fn style(atlas: &Atlas, tilejson: &str, relief: &str) -> Value {
    let about = &atlas.about;
    let centre = about.window.center();
    let mut sources = json!({ SOURCE: { "type": "vector", "url": tilejson } });
    let mut layers = vec![
        json!({ "id": "paper", "type": "background", "paint": { "background-color": PAPER } }),
    ];
    let mut shaded = atlas.relief.as_ref().map(|tiles| {
        sources["relief"] = elevation(tiles, relief, about.window);
        json!({
            "id": "relief", "type": "hillshade", "source": "relief",
            "paint": { "hillshade-exaggeration": 0.25, "hillshade-shadow-color": "#5a5446" },
        })
    });
    for layer in &atlas.layers {
        // Claims and events lie where the areas do that they speak of.
        if matches!(layer.info.kind, LayerKind::Claims | LayerKind::Events) {
            continue;
        }
        // Relief lies on the ground, under all that is drawn on it.
        if layer.info.kind != LayerKind::Territory {
            layers.extend(shaded.take());
        }
        layers.extend(drawn(atlas, layer));
    }
    layers.extend(shaded.take());
    json!({
        "version": 8,
        "name": about.title,
        "metadata": { "notice": about.notice },
        "center": [centre.x, centre.y],
        "zoom": 6,
        "sources": sources,
        "layers": layers,
    })
}

fn elevation(relief: &Relief, tiles: &str, window: Rect<f64>) -> Value {
    json!({
        "type": "raster-dem", "tiles": [tiles], "encoding": "terrarium", "tileSize": 256,
        "bounds": [window.min().x, window.min().y, window.max().x, window.max().y],
        "minzoom": relief.min_zoom, "maxzoom": relief.max_zoom,
        "attribution": relief.attribution.as_deref().unwrap_or_default(),
    })
}

/// The parts of a look, lowest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Fill,
    Line,
    Reach,
    Mark,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Line => "line",
            Self::Reach => "reach",
            Self::Mark => "mark",
        }
    }
}

/// The style layers of a layer. Of each part what may harm more lies over what may
/// harm less.
fn drawn(atlas: &Atlas, layer: &Layer) -> Vec<Value> {
    let looks = looks::of(layer);
    let mut parts = Vec::new();
    for (index, look) in looks.iter().enumerate() {
        let applies = applies(look, &looks[..index]);
        let mut push = |part: Part, kind: &str, filter: Value, rest: Value| {
            let mut one = json!({
                "id": format!("{}/{}/{}", layer.info.id, look.id, part.name()),
                "type": kind,
                "source": SOURCE,
                "source-layer": layer.info.id,
                "filter": ["all", applies, filter],
            });
            for (name, value) in rest.as_object().into_iter().flatten() {
                one[name] = value.clone();
            }
            parts.push((part, look.harm, one));
        };
        match look.fill {
            Fill::Solid(colour, opacity) => push(
                Part::Fill,
                "fill",
                is(&["Polygon"]),
                json!({ "paint": { "fill-color": colour, "fill-opacity": opacity } }),
            ),
            // Only what a survey drew, and a report says is dangerous, is filled.
            Fill::Area if looks::is_hazard(look) => push(
                Part::Fill,
                "fill",
                json!(["all", is(&["Polygon"]), ["==", ["get", "basis"], "surveyed"]]),
                json!({ "paint": { "fill-color": look.colour, "fill-opacity": 0.25 } }),
            ),
            Fill::Area | Fill::None => {}
        }
        let mut paint = json!({ "line-color": look.colour, "line-width": look.width });
        if !look.dash.is_empty() {
            paint["line-dasharray"] = json!(look.dash);
        }
        push(Part::Line, "line", is(&["Polygon", "LineString"]), json!({ "paint": paint }));
        if layer.info.kind == LayerKind::ReportedArea {
            let reach = json!({
                "circle-opacity": 0,
                "circle-stroke-color": look.colour, "circle-stroke-opacity": 0.6,
                "circle-stroke-width": 1, "circle-radius": reach(atlas),
            });
            push(Part::Reach, "circle", is(&["Point"]), json!({ "paint": reach }));
            push(
                Part::Mark,
                "symbol",
                is(&["Point"]),
                json!({
                    "layout": {
                        "text-field": sign(look), "text-size": 18,
                        "text-allow-overlap": true, "text-ignore-placement": true,
                    },
                    "paint": { "text-color": look.colour, "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
                }),
            );
        } else {
            let dot = json!({
                "circle-color": look.colour, "circle-radius": 2.5,
                "circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
            });
            push(Part::Mark, "circle", is(&["Point"]), json!({ "paint": dot }));
        }
    }
    parts.sort_by_key(|(part, harm, _)| (*part, *harm));
    let mut all: Vec<Value> = parts.into_iter().map(|(.., one)| one).collect();
    if layer.info.kind == LayerKind::ReportedArea {
        all.extend(contested(layer));
    }
    all.extend(labels(layer));
    all
}

/// A ring round marks, and a second tone in lines, where sources do not agree.
fn contested(layer: &Layer) -> [Value; 2] {
    let part = |part: &str, kind: &str, types: &[&str], paint: Value| {
        json!({
            "id": format!("{}/contested/{part}", layer.info.id),
            "type": kind, "source": SOURCE, "source-layer": layer.info.id,
            "filter": ["all", ["==", ["get", "contested"], true], is(types)],
            "paint": paint,
        })
    };
    let dashes = json!({
        "line-color": CONTESTED, "line-width": 1.5, "line-dasharray": looks::SECOND_DASH,
    });
    let ring = json!({
        "circle-opacity": 0, "circle-radius": 12,
        "circle-stroke-color": CONTESTED, "circle-stroke-width": 2,
    });
    [
        part("line", "line", &["Polygon", "LineString"], dashes),
        part("mark", "circle", &["Point"], ring),
    ]
}

/// Names, of what has any. Of areas those of marks alone: the name of a polygon
/// would stand once a tile.
fn labels(layer: &Layer) -> Option<Value> {
    layer.schema.get("name")?;
    let named = match layer.info.kind {
        // What only looks like a point from afar has no one place for its name.
        LayerKind::ReportedArea => json!(["==", ["get", "basis"], "settlement"]),
        LayerKind::Settlement => is(&["Point"]),
        LayerKind::Enclave => is(&["Point", "Polygon"]),
        _ => return None,
    };
    Some(json!({
        "id": format!("{}/name", layer.info.id),
        "type": "symbol", "source": SOURCE, "source-layer": layer.info.id, "filter": named,
        "layout": {
            "text-field": ["get", "name"], "text-size": 12, "text-optional": true,
            "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.9,
        },
        "paint": { "text-color": INK, "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
    }))
}

/// That a feature has this look: its tests hold, and those of no earlier one.
fn applies(look: &Look, earlier: &[Look]) -> Value {
    let mut all = vec![json!("all")];
    all.extend(look.when.iter().map(test));
    for other in earlier {
        let mut holds = vec![json!("all")];
        holds.extend(other.when.iter().map(test));
        all.push(json!(["!", holds]));
    }
    Value::Array(all)
}

fn test(one: &Test) -> Value {
    let text = |name: &str| json!(["coalesce", ["get", name], ""]);
    match one {
        Test::Is(name, value) => json!(["==", text(name), value]),
        Test::IsNot(name, value) => json!(["!=", text(name), value]),
    }
}

/// That a feature is of a type of geometry, single or multiple.
fn is(types: &[&str]) -> Value {
    let all: Vec<String> =
        types.iter().flat_map(|kind| [(*kind).to_owned(), format!("Multi{kind}")]).collect();
    json!(["in", ["geometry-type"], ["literal", all]])
}

/// The radius of the ground that a point may stand for: its uncertainty, in pixels
/// at the middle of the atlas.
fn reach(atlas: &Atlas) -> Value {
    let latitude = atlas.about.window.center().y.to_radians();
    let at = |zoom: u8| {
        let metres = METRES_A_PIXEL * latitude.cos() / f64::from(1_u32 << zoom);
        json!(["/", ["coalesce", ["get", "uncertainty_m"], 0], metres])
    };
    json!(["interpolate", ["exponential", 2], ["zoom"], 0, at(0), DEEPEST_ZOOM, at(DEEPEST_ZOOM)])
}

/// A mark as a sign of text.
fn sign(look: &Look) -> &'static str {
    match (look.mark, look.filled) {
        (Mark::Triangle, true) => "▲",
        (Mark::Triangle, false) => "△",
        (Mark::Diamond, true) => "◆",
        (Mark::Diamond, false) => "◇",
        (Mark::Square, true) => "■",
        (Mark::Square, false) => "□",
        (Mark::Circle, true) => "●",
        (Mark::Circle, false) => "○",
    }
}
