//! Writers: an answer of the engine into a format. They know what was found,
//! not how, and nothing of HTTP.

pub mod geojson;
pub mod near;
pub mod text;
pub mod timeline;
