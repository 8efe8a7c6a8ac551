//! What a package says of its layers: for programs as schema.org's Dataset, for
//! QGIS in its own form, so that a layer's properties show it.

use quick_xml::Writer;
use quick_xml::events::BytesText;
use rusqlite::params;
use serde_json::{Map, Value, json};

use super::super::colophon::Colophon;
use super::Package;
use crate::atlas::About;

impl Package {
    /// Says whose a table is, under which licence, and the notice.
    pub(super) fn metadata(&self, table: &str, colophon: &Colophon<'_>) -> rusqlite::Result<()> {
        let mut dataset = dataset(colophon.title, colophon.description, colophon.notice);
        for (name, value) in [
            ("license", colophon.licence),
            ("creditText", colophon.attribution),
            ("citation", colophon.source.as_deref()),
        ] {
            if let Some(value) = value {
                dataset.insert(name.to_owned(), json!(value));
            }
        }
        let dataset = Value::Object(dataset).to_string();
        self.describe(Some(table), "https://schema.org/Dataset", "application/ld+json", &dataset)?;
        self.describe(
            Some(table),
            "http://mrcc.com/qgis.dtd",
            "text/xml",
            &for_qgis(table, colophon),
        )
    }

    /// Says what the package as a whole is.
    pub(super) fn about(&self, about: &About) -> rusqlite::Result<()> {
        let dataset = Value::Object(dataset(&about.title, &about.description, &about.notice));
        let dataset = dataset.to_string();
        self.describe(None, "https://schema.org/Dataset", "application/ld+json", &dataset)
    }

    fn describe(
        &self,
        table: Option<&str>,
        standard: &str,
        kind: &str,
        text: &str,
    ) -> rusqlite::Result<()> {
        self.db.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata)
             VALUES ('dataset', ?1, ?2, ?3)",
            [standard, kind, text],
        )?;
        self.db.execute(
            "INSERT INTO gpkg_metadata_reference
               (reference_scope, table_name, md_file_id, timestamp)
             VALUES (?1, ?2, ?3, ?4)",
            params![
                if table.is_some() { "table" } else { "geopackage" },
                table,
                self.db.last_insert_rowid(),
                self.dated
            ],
        )?;
        Ok(())
    }
}

fn dataset(name: &str, description: &str, notice: &str) -> Map<String, Value> {
    let members = [
        ("@context", json!("https://schema.org")),
        ("@type", json!("Dataset")),
        ("name", json!(name)),
        ("description", json!(description)),
        ("usageInfo", json!({ "@type": "CreativeWork", "text": notice })),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn for_qgis(table: &str, colophon: &Colophon<'_>) -> String {
    let mut xml = Writer::new(Vec::new());
    let written = xml
        .create_element("qgis")
        .with_attribute(("version", "3.22.0"))
        .write_inner_content(|xml| {
            for (name, text) in [
                ("identifier", Some(table)),
                ("type", Some("dataset")),
                ("title", Some(colophon.title)),
                ("abstract", Some(colophon.text().as_str())),
                ("license", colophon.licence),
                ("rights", colophon.attribution),
            ] {
                let text = BytesText::new(text.unwrap_or_default());
                xml.create_element(name).write_text_content(text)?;
            }
            let notice = BytesText::new(colophon.notice);
            xml.create_element("constraints")
                .with_attribute(("type", "use"))
                .write_text_content(notice)?;
            Ok(())
        });
    // Writing to memory does not fail.
    debug_assert!(written.is_ok());
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}
