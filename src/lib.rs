//! `demarc`: borders, enclaves and reported explosive-ordnance contamination,
//! each with its timeline of claims.
//!
//! Data flows one way, and so do the imports: [`load`] reads a geodata folder
//! into an [`atlas`], [`query`] asks it, [`format`] writes the answer, and
//! [`http`] and [`cli`] carry it to whoever asked; [`serve`] keeps a server going. See `docs/architecture.md`.
#![forbid(unsafe_code)]

pub mod atlas;
pub mod cli;
pub mod format;
pub mod http;
pub mod load;
pub mod query;
pub mod serve;
