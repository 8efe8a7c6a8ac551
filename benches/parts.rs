//! `make bench-parts`: the parts that an answer is made of, each by itself, over a
//! layer of 100,000 plots: where a change of the whole comes from.
// What cannot be set up cannot be measured, and ends the run.
#![allow(clippy::unwrap_used)]

#[path = "service/data.rs"]
#[allow(dead_code)] // A folder of plots is all that is taken of it.
mod data;
#[path = "service/world.rs"]
#[allow(dead_code, clippy::cast_precision_loss)] // Likewise.
mod world;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use demarc::atlas::index::{LookedAt, SpatialIndex};
use demarc::atlas::{Atlas, Day, Layer, Period, today};
use demarc::format::geojson::Members;
use demarc::format::mvt::{self, Tiled};
use demarc::format::shown::Shown;
use demarc::format::{self, Answer, Format};
use demarc::load::{Folder, load};
use demarc::query::filter::{Filter, Language, parse};
use demarc::query::tile::Tile;
use demarc::query::{Bbox, Circle, Crs, Page, Query, When, run, values};
use geo::{BoundingRect, Coord, Rect};

use data::PLOTS;
use world::{Centres, World};

/// Why a folder could not be made.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const COUNT: u32 = 100_000;

/// What all parts are measured over.
struct Ground {
    atlas: Atlas,
    centres: Centres,
    today: Day,
}

impl Ground {
    fn new() -> Self {
        let world = World::new();
        let folder = data::plots(&world, COUNT).unwrap();
        let atlas = load(&Folder::Dir(folder)).map_err(|faults| faults.to_string()).unwrap();
        Self { atlas, centres: Centres::of(&world, COUNT), today: today() }
    }

    fn layer(&self) -> &Layer {
        self.atlas.layer(PLOTS).unwrap()
    }

    /// A window round the first plot that holds so many.
    fn window(&self, holds: usize) -> Bbox {
        let [west, south, east, north] = self.centres.window(self.centres.all()[0], holds);
        Bbox { west, south, east, north }
    }

    fn run(&self, query: &Query) -> Page {
        run(&self.atlas, self.layer(), query, self.today).unwrap()
    }
}

fn rect(bbox: Bbox) -> Rect<f64> {
    Rect::new(Coord { x: bbox.west, y: bbox.south }, Coord { x: bbox.east, y: bbox.north })
}

fn index(criterion: &mut Criterion) {
    let ground = Ground::new();
    let envelopes: Vec<Option<Rect<f64>>> = ground
        .layer()
        .features
        .iter()
        .map(|feature| feature.geometry.as_ref().and_then(BoundingRect::bounding_rect))
        .collect();
    let mut group = criterion.benchmark_group("index");
    group.throughput(Throughput::Elements(COUNT.into()));
    group
        .bench_function("build", |bench| bench.iter(|| SpatialIndex::build(black_box(&envelopes))));
    for holds in [10, 1000, 90_000] {
        let window = rect(ground.window(holds));
        group.throughput(Throughput::Elements(holds as u64));
        group.bench_function(format!("window of {holds}"), |bench| {
            bench.iter(|| ground.layer().index.at_most(black_box(window), LookedAt::All, 0));
        });
    }
    group.finish();
}

fn engine(criterion: &mut Criterion) {
    let ground = Ground::new();
    let in_window = |holds: usize, limit: usize| Query {
        bbox: Some(ground.window(holds)),
        limit: Some(limit),
        ..Query::default()
    };
    let [x, y] = ground.centres.all()[0];
    let near = |radius_m: f64| Query {
        near: Some(Circle { centre: Coord { x, y }, radius_m }),
        limit: Some(10),
        ..Query::default()
    };
    let filtered = |text: &str| {
        let expression = parse(text, Language::Text).unwrap();
        let filter = Filter::compile(&expression, ground.layer(), Crs::default()).unwrap();
        Query { filter: Some(filter), ..in_window(1000, 100) }
    };
    let day = |text: &str| values::day(text).unwrap();
    let month = Period { first: Some(day("2005-06-01")), last: Some(day("2005-06-30")) };
    let mut group = criterion.benchmark_group("engine");
    for (name, query) in [
        ("window of 10", in_window(10, 10)),
        ("window of 1,000", in_window(1000, 1000)),
        ("window of 90,000, limit 10", in_window(90_000, 10)),
        (
            "window of 1,000 and a month",
            Query { when: When::During(month), ..in_window(1000, 100) },
        ),
        ("ten nearest within 2 km", near(2_000.)),
        ("ten nearest within 20 km", near(20_000.)),
        ("filter by a word", filtered("use = 'quarry'")),
        ("filter by numbers", filtered("priority > 2 AND surface_m2 BETWEEN 1000 AND 40000")),
        ("filter by a pattern", filtered("name LIKE '%7 of settlement 1%'")),
    ] {
        assert!(ground.run(&query).matched > 0, "{name} finds nothing");
        group.bench_function(name, |bench| bench.iter(|| ground.run(black_box(&query))));
    }
    group.finish();
}

fn writing(criterion: &mut Criterion) {
    let ground = Ground::new();
    let query = Query { bbox: Some(ground.window(1000)), ..Query::default() };
    let page = ground.run(&query);
    let mut group = criterion.benchmark_group("writing");
    for format in [Format::GeoJson, Format::GeoJsonSeq, Format::Csv, Format::FlatGeobuf] {
        let write = || {
            let shown = Shown::new(&ground.atlas, ground.layer(), &query, ground.today);
            let answer = Answer { shown, hits: &page.hits, members: Members::default() };
            let mut out = Vec::new();
            format::write(format, &answer, &mut out).unwrap();
            out
        };
        group.throughput(Throughput::Bytes(write().len() as u64));
        group.bench_function(format!("1,000 as {}", format.name()), |bench| bench.iter(write));
    }
    group.finish();
}

fn tile(criterion: &mut Criterion) {
    let ground = Ground::new();
    let mut group = criterion.benchmark_group("tile");
    for zoom in [6, 8, 10, 12] {
        let tile = fullest(&ground, zoom);
        let query = Query { bbox: Some(tile.bbox()), ..Query::default() };
        let page = ground.run(&query);
        let draw = || {
            let shown = Shown::new(&ground.atlas, ground.layer(), &query, ground.today);
            mvt::write(tile, &[Tiled { shown, hits: &page.hits, filter: None }])
        };
        group.throughput(Throughput::Elements(page.hits.len() as u64));
        group.bench_function(format!("zoom {zoom}"), |bench| bench.iter(draw));
    }
    group.finish();
}

/// The tile of a zoom in which the most plots of a thousand lie.
fn fullest(ground: &Ground, zoom: u8) -> Tile {
    let side = f64::from(1u32 << zoom);
    let places = ground.centres.all().iter().take(1000).map(|[x, y]| {
        let north = (1. - y.to_radians().tan().asinh() / std::f64::consts::PI) / 2.;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Within the grid.
        let at = ((north * side) as u32, ((x + 180.) / 360. * side) as u32);
        at
    });
    let places: Vec<(u32, u32)> = places.collect();
    let most = places.iter().max_by_key(|one| {
        let others = places.iter().filter(|other| other == one).count();
        // Of two as full the same one each time.
        (others, **one)
    });
    let (row, column) = *most.unwrap();
    Tile::new(zoom, row, column).unwrap()
}

criterion_group!(parts, index, engine, writing, tile);
criterion_main!(parts);
