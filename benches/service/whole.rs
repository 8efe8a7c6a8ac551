//! A whole layer as one download, against the same bytes as a plain file.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::client::{Connection, request};
use crate::data::{PLOTS, kept};
use crate::process::Server;
use crate::table::{holds, megabytes};
use crate::{Outcome, limit};

const BAR: f64 = 0.5;
/// How often each sends it.
const TIMES: usize = 3;
/// What a download may add to memory, whatever its length, bytes.
const CONSTANT: u64 = 16 << 20;

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "numberMatched")]
    matched: usize,
    features: Vec<IgnoredAny>,
}

/// What one download took.
struct Took {
    seconds: f64,
    cpu_s: f64,
    bytes: u64,
}

/// Measures and prints.
///
/// # Errors
/// When the layer does not come whole.
pub async fn measure(server: &Server, count: u32) -> Outcome<()> {
    let target = format!("/collections/{PLOTS}/items?limit={count}");
    let path = kept().join("whole.geojson");
    keep(server, &target, &path).await?;
    let page: Page = serde_json::from_slice(&fs::read(&path)?)?;
    let length = fs::metadata(&path)?.len();
    if (page.matched, page.features.len()) != (count as usize, count as usize) {
        let features = page.features.len();
        return Err(format!("{} match and {features} came of {count}", page.matched).into());
    }
    let prepared = kept().join("prepared");
    limit::write(&prepared, &[], Vec::new(), Some(path.clone()))?;
    let bare = Server::limit(&prepared)?;
    let (mut ours, mut bares) = (Vec::new(), Vec::new());
    let mut grown = 0;
    for _ in 0..TIMES {
        let before = server.resident()?;
        server.forget_peak()?;
        ours.push(download(server, &target).await?);
        grown = grown.max(server.peak()?.saturating_sub(before));
        bares.push(download(&bare, "/file").await?);
    }
    fs::remove_file(path)?;
    fs::remove_file(prepared)?;
    if let Some(one) = ours.iter().find(|one| one.bytes != length) {
        return Err(format!("{} bytes came of {length}", one.bytes).into());
    }
    let rate = |took: &[Took]| {
        let seconds: f64 = took.iter().map(|one| one.seconds).sum();
        took.iter().map(|one| megabytes(one.bytes)).sum::<f64>() / seconds
    };
    let cpu = |took: &[Took]| took.iter().map(|one| one.cpu_s).sum::<f64>() / took.len() as f64;
    let ratio = rate(&ours) / rate(&bares);
    println!(
        "W8   whole layer as GeoJSON, {:.0} MB: {:.0} MB/s of {:.0}, ratio {ratio:.3}, bar {BAR}: {}; \
         CPU {:.2} s of {:.2} s; memory grew by {:.1} MB: {}",
        megabytes(length),
        rate(&ours),
        rate(&bares),
        holds(ratio >= BAR),
        cpu(&ours),
        cpu(&bares),
        megabytes(grown),
        holds(grown <= CONSTANT),
    );
    Ok(())
}

async fn keep(server: &Server, target: &str, path: &Path) -> Outcome<()> {
    let mut file = File::create(path)?;
    let mut written = Ok(());
    let mut connection = Connection::open(&server.address).await?;
    let said = connection
        .ask(&request(target), |piece| {
            if written.is_ok() {
                written = file.write_all(piece);
            }
        })
        .await?;
    written?;
    match said.status {
        200 => Ok(()),
        other => Err(format!("{target} is answered with {other}").into()),
    }
}

async fn download(server: &Server, target: &str) -> Outcome<Took> {
    let mut connection = Connection::open(&server.address).await?;
    let mut bytes = 0;
    let before = server.cpu_s()?;
    let since = Instant::now();
    let said = connection.ask(&request(target), |piece| bytes += piece.len() as u64).await?;
    let seconds = since.elapsed().as_secs_f64();
    if said.status != 200 {
        return Err(format!("{target} is answered with {}", said.status).into());
    }
    Ok(Took { seconds, cpu_s: server.cpu_s()? - before, bytes })
}
