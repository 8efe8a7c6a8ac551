//! The folders that are measured, made once and kept under `target/bench`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use jiff::ToSpan;
use jiff::civil::date;

use crate::Outcome;
use crate::world::{Plot, VERSION, World, day};

/// The collection of plots.
pub const PLOTS: &str = "plots";
/// The collection of reported areas.
pub const AREAS: &str = "areas";

const NOTICE: &str = "Made for measuring. Nothing here speaks of any ground.";
const SOURCES: u32 = 200;
const ACTORS: u32 = 40;
/// Of so many areas one has claims that contradict each other.
const CONTRADICTED: u32 = 20;

/// Where what the benchmark makes is kept.
#[must_use]
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench")
}

/// A folder with one layer of so many plots; made where it is not there yet.
///
/// # Errors
/// When it cannot be written.
pub fn plots(world: &World, count: u32) -> Outcome<PathBuf> {
    kept_folder(&format!("plots-{count}"), |dir| {
        fs::write(dir.join("atlas.toml"), atlas(PLOTS, "plain", ""))?;
        features(&dir.join("plots.geojson"), world, count, &|text, plot| {
            write_plot(text, plot);
        })
    })
}

/// A folder of so many reported areas, three claims of each, and contradictions.
///
/// # Errors
/// When it cannot be written.
pub fn reported(world: &World, count: u32) -> Outcome<PathBuf> {
    kept_folder(&format!("reported-{count}"), |dir| {
        fs::write(dir.join("atlas.toml"), atlas(AREAS, "reported-area", "source = \"src-0\"\n"))?;
        let mut text = String::new();
        for number in 0..SOURCES {
            write!(
                text,
                "[[source]]\nid = \"src-{number}\"\ntitle = \"Report {number}\"\n\
                 publisher = \"Office {}\"\npublished = \"{}\"\n\n",
                number % 7,
                2000 + number % 24
            )?;
        }
        fs::write(dir.join("sources.toml"), &text)?;
        text.clear();
        let kinds = ["state", "authority", "ngo", "monitor", "press"];
        for (number, kind) in (0..ACTORS).zip(kinds.iter().cycle()) {
            write!(
                text,
                "[[actor]]\nid = \"actor-{number}\"\nname = \"Actor {number}\"\nkind = \"{kind}\"\n\n"
            )?;
        }
        fs::write(dir.join("actors.toml"), &text)?;
        let mut claims = BufWriter::new(File::create(dir.join("claims.toml"))?);
        for area in 0..count {
            text.clear();
            write_claims(&mut text, area)?;
            claims.write_all(text.as_bytes())?;
        }
        claims.flush()?;
        text.clear();
        for area in (0..count).step_by(CONTRADICTED as usize) {
            write!(
                text,
                "[[contradiction]]\nid = \"con-{area}\"\nkind = \"contradiction\"\n\
                 statement = \"Of area {area} two claims cannot both hold.\"\n\
                 claims = [\"claim-{area}-0\", \"claim-{area}-1\"]\n\n"
            )?;
        }
        fs::write(dir.join("contradictions.toml"), &text)?;
        features(&dir.join("areas.geojson"), world, count, &|text, plot| {
            write_area(text, plot);
        })
    })
}

/// The file of a folder that holds its features.
#[must_use]
pub fn file(folder: &Path, collection: &str) -> PathBuf {
    folder.join(collection).with_extension("geojson")
}

/// The bytes of all files of a folder.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(folder: &Path) -> Outcome<u64> {
    let mut all = 0;
    for entry in fs::read_dir(folder)? {
        all += entry?.metadata()?.len();
    }
    Ok(all)
}

/// A folder by its name. It is made beside its place and moved there whole, so that
/// one that was broken off is not taken for made.
fn kept_folder(name: &str, make: impl FnOnce(&Path) -> Outcome<()>) -> Outcome<PathBuf> {
    let dir = kept().join(format!("v{VERSION}-{name}"));
    if dir.is_dir() {
        return Ok(dir);
    }
    eprintln!("making {name}");
    let making = dir.with_extension("making");
    if making.is_dir() {
        fs::remove_dir_all(&making)?;
    }
    fs::create_dir_all(&making)?;
    make(&making)?;
    fs::rename(&making, &dir)?;
    Ok(dir)
}

fn atlas(layer: &str, kind: &str, more: &str) -> String {
    format!(
        "title = \"Measured\"\nabstract = \"Made for measuring.\"\n\
         window = [69.0, 38.8, 74.0, 41.8]\nnotice = \"{NOTICE}\"\n\n\
         [[layer]]\nid = \"{layer}\"\ntitle = \"Measured\"\nfile = \"{layer}.geojson\"\n\
         kind = \"{kind}\"\nstart-property = \"start\"\nend-property = \"end\"\n{more}"
    )
}

fn features(
    path: &Path,
    world: &World,
    count: u32,
    write: &dyn Fn(&mut String, &Plot),
) -> Outcome<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
    let mut text = String::new();
    for plot in world.plots(count) {
        text.clear();
        if plot.number > 0 {
            text.push_str(",\n");
        }
        write(&mut text, &plot);
        out.write_all(text.as_bytes())?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(())
}

/// Writing to a string does not fail.
fn write_plot(text: &mut String, plot: &Plot) {
    let Plot { number, settlement, usage, priority, surface, start, end, .. } = plot;
    let end = end.map_or("null".to_owned(), |end| format!("\"{end}\""));
    let _ = write!(
        text,
        "{{\"type\":\"Feature\",\"id\":\"p{number}\",\"properties\":{{\
         \"name\":\"Plot {number} of settlement {settlement}\",\"use\":\"{usage}\",\
         \"district\":\"District {}\",\"priority\":{priority},\"surface_m2\":{surface},\
         \"start\":\"{start}\",\"end\":{end},\
         \"note\":\"Entered by the register of settlement {settlement}.\"}},\"geometry\":",
        settlement / 10
    );
    write_ring(text, &plot.ring);
}

fn write_area(text: &mut String, plot: &Plot) {
    let Plot { number, settlement, start, .. } = plot;
    let _ = write!(
        text,
        "{{\"type\":\"Feature\",\"id\":\"area-{number}\",\"properties\":{{\
         \"name\":\"Area {number} near settlement {settlement}\",\"basis\":\"surveyed\",\
         \"uncertainty_m\":{},\"uncertainty_reason\":\"As the survey says.\",\
         \"extent\":\"known\",\"precision\":1,\"start\":\"{start}\",\"source\":\"src-{}\"}},\
         \"geometry\":",
        10 + number % 90,
        number % SOURCES
    );
    write_ring(text, &plot.ring);
}

fn write_ring(text: &mut String, ring: &[[f64; 2]]) {
    text.push_str("{\"type\":\"Polygon\",\"coordinates\":[[");
    for (index, [x, y]) in ring.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(text, "{comma}[{x},{y}]");
    }
    text.push_str("]]}}");
}

/// Three claims, each about a later time than the one before.
fn write_claims(text: &mut String, area: u32) -> Outcome<()> {
    let mut rng = Rng::with_seed(u64::from(area) + 1);
    let says = [
        ["mined", "suspected", "mined"],
        ["clearance-started", "partially-cleared", "mines-shifted"],
        ["cleared", "no-mines", "suspected"],
    ];
    for (number, words) in says.iter().enumerate() {
        let years = i16::try_from(number)? * 8;
        let about = day(&mut rng, 2_900).saturating_add(years.years());
        let reported = about.saturating_add(rng.i64(0..900).days()).min(date(2026, 1, 1));
        write!(
            text,
            "[[claim]]\nid = \"claim-{area}-{number}\"\narea = \"area-{area}\"\n\
             asserts = \"{}\"\nhazard = [\"ap-mines\"]\nabout = \"{about}\"\n\
             reported = \"{reported}\"\nclaimant = \"actor-{}\"\nreporter = \"actor-{}\"\n\
             sources = [\"src-{}\"]\nsummary = \"What was said of area {area} then.\"\n\n",
            words[rng.usize(..words.len())],
            rng.u32(..ACTORS),
            rng.u32(..ACTORS),
            rng.u32(..SOURCES)
        )?;
    }
    Ok(())
}
