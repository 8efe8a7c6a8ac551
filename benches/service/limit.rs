//! The limit: a bare axum server that looks up prepared bytes by the address and
//! sends them. What it does in a second nobody does more of on this machine.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::Outcome;

/// Bytes of a file that are sent at once.
const PIECE: usize = 64 * 1024;

/// A prepared answer.
pub struct Prepared {
    /// Its media type.
    pub content_type: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// What stands before the bodies in the file that a limit is started with.
#[derive(Serialize, Deserialize)]
struct Index {
    /// Media type and length of each body.
    bodies: Vec<(String, usize)>,
    /// Addresses, each with the number of its body.
    targets: Vec<(String, usize)>,
    /// A file that is sent in pieces at `/file`.
    file: Option<PathBuf>,
}

/// Writes the file that a limit is started with: bodies, addresses with the number
/// of their body, and a file to be sent.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    path: &Path,
    bodies: &[Prepared],
    targets: Vec<(String, usize)>,
    file: Option<PathBuf>,
) -> Outcome<()> {
    let lengths = bodies.iter().map(|one| (one.content_type.clone(), one.body.len())).collect();
    let mut out = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut out, &Index { bodies: lengths, targets, file })?;
    out.write_all(b"\n")?;
    for one in bodies {
        out.write_all(&one.body)?;
    }
    out.flush()?;
    Ok(())
}

struct Answers {
    by_target: HashMap<String, (HeaderValue, Bytes)>,
    file: Option<PathBuf>,
}

impl Answers {
    fn read(path: &Path) -> Outcome<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut line = String::new();
        file.read_line(&mut line)?;
        let index: Index = serde_json::from_str(&line)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut bytes = Bytes::from(bytes);
        let mut bodies = Vec::new();
        for (content_type, length) in index.bodies {
            bodies.push((HeaderValue::try_from(content_type)?, bytes.split_to(length)));
        }
        let named = |(target, number): (String, usize)| (target, bodies[number].clone());
        let by_target = index.targets.into_iter().map(named).collect();
        Ok(Self { by_target, file: index.file })
    }
}

/// Serves until it is killed; says on the first line where.
///
/// # Errors
/// When the file cannot be read, or nothing can be listened to.
pub fn run(path: &Path) -> Outcome<()> {
    let answers = Arc::new(Answers::read(path)?);
    let routes = Router::new()
        .route("/collections/{collection}/items", get(answer))
        .route("/collections/{collection}/items/{id}", get(answer))
        .route("/collections/{collection}/tiles/{set}/{zoom}/{row}/{column}", get(answer))
        .route("/file", get(file))
        .with_state(answers);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async move {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("listening on http://{}", listener.local_addr()?);
        let listener = listener.tap_io(|stream| {
            // Without it pieces would wait for one another.
            let _ = stream.set_nodelay(true);
        });
        axum::serve(listener, routes).await?;
        Ok(())
    })
}

async fn answer(State(answers): State<Arc<Answers>>, uri: Uri) -> Response {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    match answers.by_target.get(target) {
        Some((kind, body)) => {
            ([(header::CONTENT_TYPE, kind.clone())], body.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Reads on a thread for blocking work, two pieces ahead of what is sent.
async fn file(State(answers): State<Arc<Answers>>) -> Response {
    let Some(path) = answers.file.clone() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(2);
    tokio::task::spawn_blocking(move || {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return drop(sender.blocking_send(Err(error))),
        };
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            match (&mut file).take(PIECE as u64).read_to_end(&mut piece) {
                Ok(0) => return,
                Ok(_) if sender.blocking_send(Ok(piece.into())).is_err() => return,
                Ok(_) => {}
                Err(error) => return drop(sender.blocking_send(Err(error))),
            }
        }
    });
    let pieces = stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    ([(header::CONTENT_TYPE, "application/geo+json")], Body::from_stream(pieces)).into_response()
}
