//! Filters (CQL2, OGC 21-065r2) over a small plain layer: every class of the
//! standard, three-valued logic, the index, and the faces through which they are
//! asked.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

#[path = "filter/classes.rs"]
mod classes;
#[path = "filter/faces.rs"]
mod faces;
#[path = "filter/hostile.rs"]
mod hostile;
#[path = "filter/index.rs"]
mod index;
#[path = "filter/logic.rs"]
mod logic;
#[path = "filter/rows.rs"]
mod rows;
#[path = "filter/temporal.rs"]
mod temporal;
