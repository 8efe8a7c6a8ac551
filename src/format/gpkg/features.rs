//! A layer as a table of features, with its spatial index.

use std::collections::HashSet;
use std::fmt::Write as _;

use geo::{BoundingRect, Geometry, Rect};
use geozero::{CoordDimensions, ToWkb};
use rusqlite::types::Value as Cell;
use rusqlite::{params, params_from_iter};
use serde_json::Value;

use super::super::table::{self, Column, Shape};
use super::super::{Answer, colophon::Colophon, looks};
use super::{Package, quoted, styles};
use crate::atlas::Layer;
use crate::atlas::schema::{PropertyType, full_date, instant};
use crate::query::Hits;

/// Columns that every table of features has beside `id`, `geom` where anything
/// has a geometry.
const TAKEN: [&str; 2] = ["fid", "geom"];
/// The flag in a geometry's header that says it holds no point.
const EMPTY: u8 = 0b0001_0000;

impl Package {
    /// Adds a layer as a table.
    pub(super) fn layer(&mut self, answer: &Answer<'_>, table: &str) -> rusqlite::Result<()> {
        let shown = &answer.shown;
        let shape = Shape::of(shown.layer).filter(|_| !shown.skips_geometry);
        let columns = table::columns(answer, &TAKEN);
        self.create(answer, table, shape, &columns)?;
        self.enter(answer, table, shape)?;
        let extent = self.insert(answer, table, shape, &columns)?;
        if let Some(extent) = extent {
            self.db.execute(
                "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5
                 WHERE table_name = ?1",
                params![table, extent.min().x, extent.min().y, extent.max().x, extent.max().y],
            )?;
        }
        if shape.is_some() {
            self.index_triggers(table)?;
            let looks = looks::of(shown.layer);
            self.style(table, &styles::qml(&looks, shape, &columns))?;
        }
        if shape == Some(Shape::Any) {
            self.unlocated(table)?;
        }
        self.metadata(table, &Colophon::of(shown))
    }

    fn create(
        &self,
        answer: &Answer<'_>,
        table: &str,
        shape: Option<Shape>,
        columns: &[Column<'_>],
    ) -> rusqlite::Result<()> {
        let mut sql = format!(
            "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
            quoted(table)
        );
        if let Some(shape) = shape {
            let _ = write!(sql, ", geom {}", type_name(shape));
        }
        // Versions of a thing share its id.
        let unique = if has_versions(answer.shown.layer, answer.hits) { "" } else { " UNIQUE" };
        let _ = write!(sql, ", id TEXT NOT NULL{unique}");
        for column in columns {
            let _ = write!(sql, ", {} {}", quoted(&column.name), sql_type(column.kind));
        }
        sql.push(')');
        self.db.execute(&sql, [])?;
        if unique.is_empty() {
            let index = quoted(&format!("{table}_id"));
            self.db.execute(&format!("CREATE INDEX {index} ON {} (id)", quoted(table)), [])?;
        }
        for column in columns {
            if matches!(column.kind, PropertyType::Array | PropertyType::Json) {
                self.db.execute(
                    "INSERT INTO gpkg_data_columns (table_name, column_name, mime_type)
                     VALUES (?1, ?2, 'application/json')",
                    params![table, column.name],
                )?;
            }
        }
        Ok(())
    }

    fn enter(
        &self,
        answer: &Answer<'_>,
        table: &str,
        shape: Option<Shape>,
    ) -> rusqlite::Result<()> {
        let colophon = Colophon::of(&answer.shown);
        let srs = answer.shown.crs.code();
        if !answer.shown.crs.is_geographic() {
            self.db.execute_batch(include_str!("systems.sql"))?;
        }
        let Some(shape) = shape else {
            return self.enter_attributes(table, colophon.title, &colophon.text());
        };
        self.db.execute(
            "INSERT INTO gpkg_contents
               (table_name, data_type, identifier, description, last_change, srs_id)
             VALUES (?1, 'features', ?2, ?3, ?4, ?5)",
            params![
                table,
                self.identifier(colophon.title, table)?,
                colophon.text(),
                self.dated,
                srs
            ],
        )?;
        self.db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
            params![table, type_name(shape), srs],
        )?;
        self.db.execute(
            "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index',
             'http://www.geopackage.org/spec121/#extension_rtree', 'write-only')",
            [table],
        )?;
        self.db.execute_batch(&format!(
            "CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)",
            quoted(&index_name(table))
        ))
    }

    /// Inserts the rows; the envelope of all.
    fn insert(
        &self,
        answer: &Answer<'_>,
        table: &str,
        shape: Option<Shape>,
        columns: &[Column<'_>],
    ) -> rusqlite::Result<Option<Rect<f64>>> {
        let given = columns.len() + 2 + usize::from(shape.is_some());
        let marks = vec!["?"; given].join(", ");
        let sql = format!("INSERT INTO {} VALUES ({marks})", quoted(table));
        let mut insert = self.db.prepare(&sql)?;
        let mut index = match shape {
            Some(_) => Some(self.db.prepare(&format!(
                "INSERT INTO {} VALUES (?, ?, ?, ?, ?)",
                quoted(&index_name(table))
            ))?),
            None => None,
        };
        let srs = answer.shown.crs.code();
        let mut extent: Option<Rect<f64>> = None;
        let mut cells: Vec<Cell> = Vec::with_capacity(given);
        for (fid, hit) in (1i64..).zip(answer.hits.iter()) {
            let row = answer.shown.row(&hit).map_err(unmappable)?;
            cells.clear();
            cells.push(Cell::Integer(fid));
            let rect = row.geometry.as_deref().and_then(BoundingRect::bounding_rect);
            if let Some(shape) = shape {
                let blob =
                    row.geometry.as_deref().map(|geometry| blob(&shape.cast(geometry), rect, srs));
                cells.push(blob.transpose()?.map_or(Cell::Null, Cell::Blob));
            }
            cells.push(Cell::Text(row.id.to_owned()));
            let values = columns.iter().map(|column| {
                cell(column.kind, row.properties.get(column.property).unwrap_or(&Value::Null))
            });
            cells.extend(values);
            insert.execute(params_from_iter(&cells))?;
            if let (Some(index), Some(rect)) = (&mut index, rect) {
                let (min, max) = (rect.min(), rect.max());
                index.execute(params![fid, min.x, max.x, min.y, max.y])?;
                extent = Some(extent.map_or(rect, |extent| joined(extent, rect)));
            }
        }
        Ok(extent)
    }

    /// Adds what has no geometry as a view of its own: of a table with several
    /// types QGIS makes a layer for each, and these would be in none.
    fn unlocated(&mut self, table: &str) -> rusqlite::Result<()> {
        let from = quoted(table);
        let any: bool = self.db.query_row(
            &format!("SELECT EXISTS (SELECT 1 FROM {from} WHERE geom IS NULL)"),
            [],
            |row| row.get(0),
        )?;
        if !any {
            return Ok(());
        }
        let view = self.name(&format!("{table}_unlocated"));
        let columns: Vec<String> = self
            .db
            .prepare(&format!("SELECT * FROM {from} LIMIT 0"))?
            .column_names()
            .filter(|name| *name != "geom")
            .map(quoted)
            .collect();
        self.db.execute_batch(&format!(
            "CREATE VIEW {} AS SELECT {} FROM {from} WHERE geom IS NULL",
            quoted(&view),
            columns.join(", ")
        ))?;
        let says = format!("What `{table}` holds without a location: it may lie anywhere.");
        self.enter_attributes(&view, &view, &says)
    }

    /// Adds the triggers once the index is filled, since they call functions
    /// that readers of packages bring along.
    fn index_triggers(&self, table: &str) -> rusqlite::Result<()> {
        let name = index_name(table);
        let sql = include_str!("rtree.sql")
            .replace("{T}", &quoted(table))
            .replace("{I}", &quoted(&name))
            .replace("{N}", &name.replace('"', "\"\""));
        self.db.execute_batch(&sql)
    }
}

/// An error of what is to be written, as the database passes it on.
fn unmappable(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

fn index_name(table: &str) -> String {
    format!("rtree_{table}_geom")
}

fn joined(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}

/// Whether two of the rows are of one thing.
fn has_versions(layer: &Layer, hits: &Hits) -> bool {
    let mut seen: HashSet<&str> = HashSet::new();
    hits.iter()
        .map(|hit| &*layer.feature(hit.row).id)
        .filter(|id| layer.versions(id).len() > 1)
        .any(|id| !seen.insert(id))
}

fn type_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Point => "POINT",
        Shape::LineString => "LINESTRING",
        Shape::Polygon => "POLYGON",
        Shape::MultiPoint => "MULTIPOINT",
        Shape::MultiLineString => "MULTILINESTRING",
        Shape::MultiPolygon => "MULTIPOLYGON",
        Shape::Any => "GEOMETRY",
    }
}

fn sql_type(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Text | PropertyType::Array | PropertyType::Json => "TEXT",
        PropertyType::Integer => "INTEGER",
        PropertyType::Number => "REAL",
        PropertyType::Boolean => "BOOLEAN",
        PropertyType::Date => "DATE",
        PropertyType::Timestamp => "DATETIME",
    }
}

/// A geometry as packages hold it.
fn blob(geometry: &Geometry<f64>, rect: Option<Rect<f64>>, srs: i32) -> rusqlite::Result<Vec<u8>> {
    // A point is its own envelope.
    let envelope = match (geometry, rect) {
        (Geometry::Point(_), _) | (_, None) => Vec::new(),
        (_, Some(rect)) => vec![rect.min().x, rect.max().x, rect.min().y, rect.max().y],
    };
    let mut blob =
        geometry.to_gpkg_wkb(CoordDimensions::xy(), Some(srs), envelope).map_err(unmappable)?;
    if rect.is_none() {
        blob[3] |= EMPTY;
    }
    Ok(blob)
}

/// A value as a column of its type holds it; one of another type as text, which
/// the database takes in any column, rather than not at all.
pub(super) fn cell(kind: PropertyType, value: &Value) -> Cell {
    match (kind, value) {
        (_, Value::Null) => Cell::Null,
        (PropertyType::Array | PropertyType::Json, value) => Cell::Text(value.to_string()),
        (PropertyType::Date, Value::String(text)) if full_date(text).is_some() => {
            Cell::Text(text.clone())
        }
        (PropertyType::Timestamp, Value::String(text)) => match instant(text) {
            Some(at) => Cell::Text(format!("{at:.3}")),
            None => Cell::Text(text.clone()),
        },
        (_, Value::Bool(flag)) => Cell::Integer(i64::from(*flag)),
        (_, Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) if kind != PropertyType::Number => Cell::Integer(whole),
            (_, Some(real)) => Cell::Real(real),
            _ => Cell::Text(number.to_string()),
        },
        (_, Value::String(text)) => Cell::Text(text.clone()),
        (_, other) => Cell::Text(other.to_string()),
    }
}
