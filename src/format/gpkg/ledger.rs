//! The ledger as tables without geometry, and who speaks of what as mapping
//! tables of the Related Tables Extension (OGC 18-000) with foreign keys.

use std::collections::{HashMap, HashSet};

use rusqlite::types::Value as Cell;
use rusqlite::{params, params_from_iter};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::given;
use super::features::cell;
use super::{Package, quoted};
use crate::atlas::ledger::{Claim, Contradiction, Event, NamedPlace};
use crate::atlas::schema::PropertyType;
use crate::atlas::{Atlas, Day, LayerKind, Ledger};

/// The tables of the ledger: name, what it holds, columns beside `fid` and `id`.
const TABLES: [(&str, &str, &[&str]); 5] = [
    (
        "sources",
        "Documents that are cited.",
        &[
            "title",
            "publisher",
            "author",
            "published",
            "url",
            "accessed",
            "language",
            "pages",
            "footnote",
            "licence",
            "attribution",
            "notes",
            "origin",
        ],
    ),
    (
        "actors",
        "Who claims, reports, clears and signs.",
        &["name", "kind", "country", "role", "aliases", "notes", "origin"],
    ),
    (
        "contradictions",
        "What cannot all hold, or stands in tension; no winner is picked.",
        &[
            "kind",
            "statement",
            "claims",
            "events",
            "indicators",
            "actors",
            "sources",
            "notes",
            "origin",
        ],
    ),
    (
        "indicators",
        "Statements about countries: numbers, stated unknowns, recommendations.",
        &[
            "kind", "label", "value", "year", "unit", "country", "section", "sources", "notes",
            "origin",
        ],
    ),
    (
        "places",
        "Places that sources name, located or not.",
        &["name", "kind", "names", "country", "feature", "notes", "sources", "origin"],
    ),
];

/// Tables by what they hold: ids of layers, and names of [`TABLES`].
struct Tables<'a> {
    layers: HashMap<&'a str, &'a str>,
    records: HashMap<&'static str, String>,
}

/// From a record's id to another's, and as what.
type Link<'a> = (&'a str, &'a str, Option<&'static str>);

impl Package {
    /// Adds the ledger; `layers` are the ids of layers with their tables.
    pub(super) fn ledger(
        &mut self,
        atlas: &Atlas,
        known_at: Option<Day>,
        layers: &[(&str, String)],
    ) -> rusqlite::Result<()> {
        let known = Known::at(&atlas.ledger, known_at);
        let layers = layers.iter().map(|(id, table)| (*id, table.as_str())).collect();
        let mut tables = Tables { layers, records: HashMap::new() };
        for (id, description, columns) in TABLES {
            // A layer may have the name already.
            let clash = tables.layers.contains_key(id);
            let table = self.name(&if clash { format!("ledger_{id}") } else { id.to_owned() });
            let description = format!("{description} {}", atlas.about.notice);
            self.records(&table, &description, columns, &known.records(id))?;
            tables.records.insert(id, table);
        }
        self.relations(atlas, &tables)
    }

    fn records(
        &self,
        table: &str,
        description: &str,
        columns: &[&str],
        rows: &[Map<String, Value>],
    ) -> rusqlite::Result<()> {
        let kind = |name: &str| match name {
            "footnote" => PropertyType::Integer,
            _ => PropertyType::Text,
        };
        let declared = columns.iter().map(|name| {
            let kind = if kind(name) == PropertyType::Integer { "INTEGER" } else { "TEXT" };
            format!(", {} {kind}", quoted(name))
        });
        self.db.execute(
            &format!(
                "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \
                 id TEXT NOT NULL UNIQUE{})",
                quoted(table),
                declared.collect::<String>()
            ),
            [],
        )?;
        self.enter_attributes(table, table, description)?;
        let marks = vec!["?"; columns.len() + 2].join(", ");
        let mut insert =
            self.db.prepare(&format!("INSERT INTO {} VALUES ({marks})", quoted(table)))?;
        for row in rows {
            let value = |name: &str| row.get(name).unwrap_or(&Value::Null);
            let id = cell(PropertyType::Text, value("id"));
            let cells = columns.iter().map(|name| cell(kind(name), value(name)));
            insert.execute(params_from_iter([Cell::Null, id].into_iter().chain(cells)))?;
        }
        Ok(())
    }

    fn relations(&mut self, atlas: &Atlas, tables: &Tables<'_>) -> rusqlite::Result<()> {
        self.db.execute_batch(
            "CREATE TABLE gpkgext_relations (
               id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
               base_table_name TEXT NOT NULL,
               base_primary_column TEXT NOT NULL DEFAULT 'id',
               related_table_name TEXT NOT NULL,
               related_primary_column TEXT NOT NULL DEFAULT 'id',
               relation_name TEXT NOT NULL,
               mapping_table_name TEXT NOT NULL UNIQUE
             );
             INSERT INTO gpkg_extensions VALUES ('gpkgext_relations', NULL, 'gpkg_related_tables',
               'http://www.geopackage.org/18-000.html', 'read-write');",
        )?;
        let Ledger { claims, events, indicators, places, contradictions, .. } = &atlas.ledger;
        let table = |id: &str| tables.records.get(id).map(String::as_str);
        let layer = |id: &str| tables.layers.get(id).copied();
        let (claim_table, event_table) = (layer(Atlas::CLAIMS), layer(Atlas::EVENTS));
        let (sources, actors) = (table("sources"), table("actors"));

        let cited = claims.iter().flat_map(|claim| links(&claim.id, &claim.sources));
        self.relate("claim_sources", (claim_table, sources, "attributes"), cited)?;
        let roles = claims.iter().flat_map(roles);
        self.relate("claim_actors", (claim_table, actors, "attributes"), roles)?;
        let areas = atlas.layers.iter().filter(|layer| layer.info.kind == LayerKind::ReportedArea);
        for (place, areas) in areas.enumerate() {
            let id = &areas.info.id;
            let name = if place == 0 { "claim_areas" } else { &format!("claim_areas_{id}") };
            let named = claims.iter().flat_map(|claim| links(&claim.id, &claim.areas));
            self.relate(name, (claim_table, layer(id), "features"), named)?;
        }
        let cited = events.iter().flat_map(|event| links(&event.id, &event.sources));
        self.relate("event_sources", (event_table, sources, "attributes"), cited)?;
        if let Some(event_table) = event_table {
            self.covers(event_table, events)?;
        }
        let base = table("contradictions");
        for (others, related, kind) in [
            ("claims", claim_table, "features"),
            ("events", event_table, "features"),
            ("indicators", table("indicators"), "attributes"),
            ("actors", actors, "attributes"),
            ("sources", sources, "attributes"),
        ] {
            let named = contradictions.iter().flat_map(|entry| {
                let ids = match others {
                    "claims" => &entry.claims,
                    "events" => &entry.events,
                    "indicators" => &entry.indicators,
                    "actors" => &entry.actors,
                    _ => &entry.sources,
                };
                links(&entry.id, ids)
            });
            self.relate(&format!("contradiction_{others}"), (base, related, kind), named)?;
        }
        let cited = indicators.iter().flat_map(|entry| links(&entry.id, &entry.sources));
        self.relate("indicator_sources", (table("indicators"), sources, "attributes"), cited)?;
        let cited = places.iter().flat_map(|place| links(&place.id, &place.sources));
        self.relate("place_sources", (table("places"), sources, "attributes"), cited)
    }

    /// Adds a mapping table with the links whose both ends are in the package;
    /// one with versions is linked by each.
    fn relate<'a>(
        &mut self,
        name: &str,
        (base, related, kind): (Option<&str>, Option<&str>, &str),
        links: impl Iterator<Item = Link<'a>>,
    ) -> rusqlite::Result<()> {
        let (Some(base), Some(related)) = (base, related) else { return Ok(()) };
        let table = self.name(name);
        let (mapping, from, to) = (quoted(&table), quoted(base), quoted(related));
        self.db.execute(
            &format!(
                "CREATE TABLE {mapping} (
                   id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
                   base_id INTEGER NOT NULL REFERENCES {from}(fid),
                   related_id INTEGER NOT NULL REFERENCES {to}(fid),
                   role TEXT)"
            ),
            [],
        )?;
        let mut insert = self.db.prepare(&format!(
            "INSERT INTO {mapping} (base_id, related_id, role)
             SELECT base.fid, related.fid, ?3 FROM {from} AS base, {to} AS related
             WHERE base.id = ?1 AND related.id = ?2"
        ))?;
        for (from, to, role) in links {
            insert.execute(params![from, to, role])?;
        }
        drop(insert);
        self.db.execute(
            "INSERT INTO gpkgext_relations (base_table_name, base_primary_column,
               related_table_name, related_primary_column, relation_name, mapping_table_name)
             VALUES (?1, 'fid', ?2, 'fid', ?3, ?4)",
            params![base, related, kind, table],
        )?;
        self.db.execute(
            "INSERT INTO gpkg_extensions VALUES (?1, NULL, 'gpkg_related_tables',
               'http://www.geopackage.org/18-000.html', 'read-write')",
            [table],
        )?;
        Ok(())
    }

    /// Adds what events cover: features of any layer, so named by layer and id.
    fn covers(&mut self, event_table: &str, events: &[Event]) -> rusqlite::Result<()> {
        let table = self.name("event_covers");
        let (covers, from) = (quoted(&table), quoted(event_table));
        self.db.execute(
            &format!(
                "CREATE TABLE {covers} (
                   fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
                   event_fid INTEGER NOT NULL REFERENCES {from}(fid),
                   event TEXT NOT NULL, layer TEXT NOT NULL, feature TEXT NOT NULL)"
            ),
            [],
        )?;
        let mut insert = self.db.prepare(&format!(
            "INSERT INTO {covers} (event_fid, event, layer, feature)
             SELECT fid, id, ?2, ?3 FROM {from} WHERE id = ?1"
        ))?;
        for event in events {
            for covered in &event.covers {
                insert.execute([&event.id, &covered.layer, &covered.id])?;
            }
        }
        drop(insert);
        self.enter_attributes(&table, &table, "What events cover: features by layer and id.")
    }
}

fn links<'a>(id: &'a str, others: &'a [String]) -> impl Iterator<Item = Link<'a>> {
    others.iter().map(move |other| (id, other.as_str(), None))
}

/// The actors of a claim, each by what it did.
fn roles(claim: &Claim) -> impl Iterator<Item = Link<'_>> {
    let roles = [
        ("claimant", Some(&claim.claimant)),
        ("reporter", claim.reporter.as_ref()),
        ("laid_by", claim.laid_by.as_ref()),
        ("cleared_by", claim.cleared_by.as_ref()),
        ("verified_by", claim.verified_by.as_ref()),
    ];
    roles
        .into_iter()
        .filter_map(|(role, actor)| Some((claim.id.as_str(), actor?.as_str(), Some(role))))
}

/// What of the ledger was known on a day; all of it without one. A record that
/// speaks of others counts once all of them were known.
struct Known<'a> {
    ledger: &'a Ledger,
    /// Ids of what was known, where a day is asked for.
    ids: Option<HashSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn at(ledger: &'a Ledger, day: Option<Day>) -> Self {
        let ids = day.map(|day| {
            let by = |known: Option<Day>| known.is_some_and(|known| known <= day);
            let mut ids = HashSet::new();
            for source in &ledger.sources {
                let published = source.published.as_ref().and_then(|date| date.period().first);
                ids.extend(by(published).then_some(source.id.as_str()));
            }
            for claim in ledger.claims.iter().filter(|claim| by(ledger.claim_known(claim))) {
                ids.insert(claim.id.as_str());
                ids.extend(roles(claim).map(|(_, actor, _)| actor));
            }
            let events = ledger.events.iter().filter(|event| by(ledger.event_known(event)));
            ids.extend(events.map(|event| event.id.as_str()));
            for indicator in &ledger.indicators {
                let cited = &indicator.sources;
                if !cited.is_empty() && cited.iter().all(|id| ids.contains(id.as_str())) {
                    ids.insert(&indicator.id);
                }
            }
            ids
        });
        Self { ledger, ids }
    }

    fn has(&self, id: &str) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(id))
    }

    fn has_all(&self, entry: &Contradiction) -> bool {
        let Contradiction { claims, events, indicators, actors, sources, .. } = entry;
        [claims, events, indicators, actors, sources].into_iter().flatten().all(|id| self.has(id))
    }

    /// The rows of one of [`TABLES`].
    fn records(&self, table: &str) -> Vec<Map<String, Value>> {
        let Ledger { sources, actors, contradictions, indicators, places, .. } = self.ledger;
        match table {
            "sources" => sources.iter().filter(|one| self.has(&one.id)).map(flat).collect(),
            "actors" => actors.iter().filter(|one| self.has(&one.id)).map(flat).collect(),
            "contradictions" => {
                contradictions.iter().filter(|entry| self.has_all(entry)).map(flat).collect()
            }
            "indicators" => indicators.iter().filter(|one| self.has(&one.id)).map(flat).collect(),
            _ => places.iter().map(place).collect(),
        }
    }
}

/// A record with its lists joined, as answers give them.
fn flat(record: &impl Serialize) -> Map<String, Value> {
    let Value::Object(members) = given(record) else { return Map::new() };
    let joined = |value: Value| match value {
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            json!(texts.join(", "))
        }
        other => other,
    };
    members.into_iter().map(|(name, value)| (name, joined(value))).collect()
}

fn place(place: &NamedPlace) -> Map<String, Value> {
    let fields = [
        ("id", json!(place.id)),
        ("name", json!(place.name)),
        ("kind", json!(place.kind)),
        ("names", json!(place.names.join(", "))),
        ("country", json!(place.country)),
        ("feature", json!(place.feature.as_ref().map(ToString::to_string))),
        ("notes", json!(place.notes)),
        ("sources", json!(place.sources.join(", "))),
        ("origin", json!(place.origin)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
