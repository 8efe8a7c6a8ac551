//! Styles for QGIS (QML), so that a layer opens looking as on the map.
//!
//! A renderer by rules, since one table may hold points, lines and polygons,
//! which QGIS opens as layers of their own with the one style of the table: each
//! look has a rule for each type of geometry.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use rusqlite::params;

use super::super::looks::{CONTESTED, Fill, Look, Mark, SECOND_DASH, Test, is_hatched, is_hazard};
use super::super::table::{Column, Shape};
use super::Package;

/// Millimetres of a pixel at 96 to the inch.
const PIXEL: f64 = 0.264_583;

impl Package {
    /// Makes a style the default of a table.
    pub(super) fn style(&self, table: &str, qml: &str) -> rusqlite::Result<()> {
        self.db.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,
               f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,
               update_time)
             VALUES ('', '', ?1, 'geom', 'demarc', ?2, '', 1, 'As on the map', '', ?3)",
            params![table, qml, self.dated],
        )?;
        Ok(())
    }
}

/// Types of geometry as QGIS tells them apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Point,
    Line,
    Polygon,
}

impl Family {
    fn of(shape: Option<Shape>) -> &'static [Self] {
        match shape {
            Some(Shape::Point | Shape::MultiPoint) => &[Self::Point],
            Some(Shape::LineString | Shape::MultiLineString) => &[Self::Line],
            Some(Shape::Polygon | Shape::MultiPolygon) => &[Self::Polygon],
            Some(Shape::Any) | None => &[Self::Point, Self::Line, Self::Polygon],
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::Line => "Line",
            Self::Polygon => "Polygon",
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Point => "marker",
            Self::Line => "line",
            Self::Polygon => "fill",
        }
    }
}

/// A style with these looks.
pub(super) fn qml(looks: &[Look], shape: Option<Shape>, columns: &[Column<'_>]) -> String {
    let families = Family::of(shape);
    let names = Names(columns);
    let (mut rules, mut symbols) = (String::new(), String::new());
    let mut number = 0;
    for (place, look) in looks.iter().enumerate() {
        for family in families {
            let mut parts = Vec::new();
            if families.len() > 1 {
                parts.push(format!("geometry_type($geometry) = '{}'", family.word()));
            }
            match names.when(look) {
                Some(when) => parts.push(when),
                // What no look before it is for.
                None => parts.extend(
                    looks[..place]
                        .iter()
                        .filter_map(|other| names.when(other))
                        .map(|when| format!("NOT ({when})")),
                ),
            }
            let filter = match parts.is_empty() {
                true => String::new(),
                false => format!(" filter=\"{}\"", escape(parts.join(" AND "))),
            };
            let label = if look.label.is_empty() { &look.id } else { &look.label };
            let _ = write!(
                rules,
                "<rule key=\"look-{number}\" symbol=\"{number}\" label=\"{}\"{filter}/>",
                escape(label.as_str())
            );
            let _ = write!(
                symbols,
                "<symbol type=\"{}\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{}</symbol>",
                family.symbol(),
                symbol(look, *family, &names)
            );
            number += 1;
        }
    }
    let (is_ordered, order) = match names.harm(looks) {
        Some(harm) => (1, format!("<orderby>{harm}</orderby>")),
        None => (0, String::new()),
    };
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology\">\
         <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"{is_ordered}\" forceraster=\"0\">\
         <rules key=\"looks\">{rules}</rules><symbols>{symbols}</symbols>{order}</renderer-v2>\
         <blendMode>0</blendMode><featureBlendMode>0</featureBlendMode></qgis>"
    )
}

/// Properties as expressions name them: by their columns.
struct Names<'a>(&'a [Column<'a>]);

impl Names<'_> {
    /// A property's text, empty where it has none.
    fn text(&self, property: &str) -> String {
        match self.0.iter().find(|column| column.property == property) {
            Some(column) => format!("coalesce(\"{}\", '')", column.name.replace('"', "\"\"")),
            None => "''".to_owned(),
        }
    }

    fn number(&self, property: &str) -> String {
        match self.0.iter().find(|column| column.property == property) {
            Some(column) => format!("coalesce(\"{}\", 0)", column.name.replace('"', "\"\"")),
            None => "0".to_owned(),
        }
    }

    fn flag(&self, property: &str) -> String {
        match self.0.iter().find(|column| column.property == property) {
            Some(column) => format!("coalesce(\"{}\", false)", column.name.replace('"', "\"\"")),
            None => "false".to_owned(),
        }
    }

    fn when(&self, look: &Look) -> Option<String> {
        let tests = look.when.iter().map(|test| match test {
            Test::Is(name, value) => format!("{} = {}", self.text(name), literal(value)),
            Test::IsNot(name, value) => format!("{} <> {}", self.text(name), literal(value)),
        });
        let tests: Vec<String> = tests.collect();
        (!tests.is_empty()).then(|| tests.join(" AND "))
    }

    /// The order in which features are drawn, where their looks tell any: the least
    /// harm first.
    fn harm(&self, looks: &[Look]) -> Option<String> {
        looks.iter().find(|look| look.harm > 0)?;
        let mut cases = String::from("CASE");
        for look in looks {
            let _ = match self.when(look) {
                Some(when) => write!(cases, " WHEN {when} THEN {}", look.harm),
                None => write!(cases, " ELSE {}", look.harm),
            };
        }
        let cases = format!("{cases} END");
        Some(format!("<orderByClause asc=\"1\" nullsFirst=\"1\">{}</orderByClause>", escape(cases)))
    }
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// The layers of a symbol, lowest first.
fn symbol(look: &Look, family: Family, names: &Names<'_>) -> String {
    let mut out = String::new();
    let area = look.fill == Fill::Area;
    let basis = names.text("basis");
    let whole = format!("{basis} IN ('district', 'country')");
    let unknown = format!("{} <> 'known'", names.text("extent"));
    if family == Family::Polygon {
        match look.fill {
            Fill::Solid(colour, opacity) => out.push_str(&fill(colour, opacity, None)),
            Fill::Area => {
                if is_hazard(look) {
                    let surveyed = format!("{basis} = 'surveyed'");
                    out.push_str(&fill(look.colour, 0.28, Some(&surveyed)));
                }
                if is_hatched(look) {
                    out.push_str(&hatch(look.colour, &whole));
                }
            }
            Fill::None => {}
        }
    }
    if area {
        // How far the ground spoken of may reach, in a projection true to angles,
        // whose scale at a latitude is one over its cosine.
        let reach = names.number("uncertainty_m");
        let ring = format!(
            "boundary(transform(buffer(transform($geometry, @layer_crs, 'EPSG:3857'), {reach} / \
             cos(radians(y(transform(centroid($geometry), @layer_crs, 'EPSG:4326')))), 24), \
             'EPSG:3857', @layer_crs))"
        );
        let when = format!("{reach} > 0 AND {unknown} AND NOT ({whole})");
        let rim = stroke(look.colour, 1.5, look.dash, 1., None);
        out.push_str(&layer(
            "GeometryGenerator",
            &[("SymbolType", "Line"), ("geometryModifier", &ring), ("units", "MapUnit")],
            Some(&when),
            &format!("<symbol type=\"line\" name=\"@ring\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{rim}</symbol>"),
        ));
    }
    match family {
        Family::Point => {
            if area {
                let contested = format!("{} = true", names.flag("contested"));
                out.push_str(&marker(Mark::Circle, CONTESTED, false, 6.4, Some(&contested)));
            }
            let size = if area { 4.4 } else { 2. };
            out.push_str(&marker(look.mark, look.colour, look.filled, size, None));
        }
        Family::Line | Family::Polygon if area => {
            let known = format!("NOT ({unknown})");
            out.push_str(&stroke(look.colour, 1.5, look.dash, 1., Some(&unknown)));
            out.push_str(&stroke(look.colour, 1.5, &[], 1., Some(&known)));
            let contested = format!("{} = true", names.flag("contested"));
            out.push_str(&stroke(CONTESTED, 1.5, &SECOND_DASH, 1., Some(&contested)));
        }
        Family::Line | Family::Polygon => {
            out.push_str(&stroke(look.colour, look.width, look.dash, 1., None));
        }
    }
    out
}

/// `#rrggbb` as QGIS writes it.
fn rgba(rgb: &str, opacity: f64) -> String {
    let part = |from: usize| u8::from_str_radix(&rgb[from..from + 2], 16).unwrap_or_default();
    let alpha = (opacity * 255.).round();
    format!("{},{},{},{alpha}", part(1), part(3), part(5))
}

/// One layer of a symbol, drawn where an expression holds.
fn layer(class: &str, properties: &[(&str, &str)], when: Option<&str>, inner: &str) -> String {
    let mut out = format!("<layer class=\"{class}\" enabled=\"1\" pass=\"0\" locked=\"0\">");
    for (name, value) in properties {
        let _ = write!(out, "<prop k=\"{name}\" v=\"{}\"/>", escape(*value));
    }
    if let Some(when) = when {
        let _ = write!(
            out,
            "<data_defined_properties><Option type=\"Map\">\
             <Option name=\"name\" type=\"QString\" value=\"\"/>\
             <Option name=\"properties\" type=\"Map\"><Option name=\"enabled\" type=\"Map\">\
             <Option name=\"active\" type=\"bool\" value=\"true\"/>\
             <Option name=\"expression\" type=\"QString\" value=\"{}\"/>\
             <Option name=\"type\" type=\"int\" value=\"3\"/></Option></Option>\
             <Option name=\"type\" type=\"QString\" value=\"collection\"/>\
             </Option></data_defined_properties>",
            escape(when)
        );
    }
    out.push_str(inner);
    out.push_str("</layer>");
    out
}

fn fill(colour: &str, opacity: f64, when: Option<&str>) -> String {
    let colour = rgba(colour, opacity);
    layer(
        "SimpleFill",
        &[("color", &colour), ("style", "solid"), ("outline_style", "no")],
        when,
        "",
    )
}

/// The light hatch of a whole country or district.
fn hatch(colour: &str, when: &str) -> String {
    let line = format!(
        "<symbol type=\"line\" name=\"@hatch\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{}</symbol>",
        stroke(colour, 1., &[], 0.3, None)
    );
    let properties = [("angle", "45"), ("distance", "2.4"), ("distance_unit", "MM")];
    layer("LinePatternFill", &properties, Some(when), &line)
}

fn stroke(colour: &str, pixels: f64, dash: &[f64], opacity: f64, when: Option<&str>) -> String {
    let width = pixels * PIXEL;
    let dashes: Vec<String> = dash.iter().map(|length| format!("{:.3}", length * width)).collect();
    let properties = [
        ("line_color", rgba(colour, opacity)),
        ("line_width", format!("{width:.3}")),
        ("line_width_unit", "MM".to_owned()),
        ("capstyle", "flat".to_owned()),
        ("joinstyle", "round".to_owned()),
        ("use_custom_dash", if dash.is_empty() { "0" } else { "1" }.to_owned()),
        ("customdash", dashes.join(";")),
        ("customdash_unit", "MM".to_owned()),
    ];
    let given: Vec<(&str, &str)> = properties
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    layer("SimpleLine", &given, when, "")
}

fn marker(mark: Mark, colour: &str, filled: bool, size: f64, when: Option<&str>) -> String {
    let name = match mark {
        Mark::Triangle => "triangle",
        Mark::Diamond => "diamond",
        Mark::Square => "square",
        Mark::Circle => "circle",
    };
    let outline = rgba(colour, 1.);
    let inside = if filled { outline.clone() } else { "0,0,0,0".to_owned() };
    let properties = [
        ("name", name),
        ("color", &inside),
        ("outline_color", &outline),
        ("outline_width", "0.5"),
        ("size", &size.to_string()),
        ("size_unit", "MM"),
    ];
    layer("SimpleMarker", &properties, when, "")
}
