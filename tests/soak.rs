//! Everything at once, for as long as `DEMARC_SOAK_SECONDS` says (`make soak` does
//! ten minutes): reloads, readers at 80 % of what the server can do, slow clients,
//! clients that read no more or go, noise. Each answer is checked against a second reading, by a
//! server that is left in peace. And the server killed, at any moment.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::token::{TOKEN, tokens, with_token};
use common::{Answer, Done, Server, folder, resources, timeless, valley, version};
use tempfile::TempDir;

/// How long the server waits for whoever does not read.
const STALL: Duration = Duration::from_secs(2);

/// Readers that check what they are answered.
const READERS: u32 = 3;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// What is asked, by everyone and by who shows a token: pages, files, tiles, questions,
/// the ledger.
const TARGETS: [&str; 18] = [
    "/collections/walks/items?limit=150",
    "/collections/walks/items?limit=900&offset=50",
    "/collections/walks/items?bbox=70.2,39.2,71,40&limit=50",
    "/collections/walks/items?filter=steps%20%3E%201500&sortby=-steps&limit=40",
    "/collections/walks/items/w77",
    "/collections/walks/items?f=csv",
    "/collections/walks/items?f=geojsonseq",
    "/collections/walks/items?f=fgb",
    "/collections/walks/items?f=gpkg",
    "/collections/areas/items?datetime=2004-06-01",
    "/collections/areas/items?f=html",
    "/tiles/WebMercatorQuad/7/48/89?datetime=2004-06-01",
    "/near?place=village&radius=30km&datetime=2004-06-01",
    "/timeline?feature=area-village",
    "/places?q=vilage",
    "/contradictions",
    "/collections",
    "/api",
];

/// What is too long for the buffers on its way: whoever reads no more of it is waited for.
const LONG: &str = "/collections/long/items/long";

/// Letters of the name that makes it long. Compressed they take three quarters.
const LETTERS: usize = 10 << 20;

/// What answers may be compressed by.
const CODINGS: [&str; 3] = ["identity", "gzip", "zstd"];

/// What stands in what is restricted, and nowhere else.
const SIGN: &str = "kestrel";

/// Layers of something long, and for who shows a token.
const LAYERS: &str = r#"
[[layer]]
id = "long"
file = "long.geojsonl"
kind = "plain"
id-property = "id"

[[layer]]
id = "kestrels"
file = "kestrels.geojsonl"
kind = "plain"
access = "restricted"
"#;

/// The small folder in one of two states, between which every answer differs.
fn write_state(dir: &Path, state: usize) {
    for (name, text) in folder::FILES {
        let text = if name == "atlas.toml" {
            text.replace("A small atlas", &format!("A small atlas, state {state}"))
                .replace("No report is not", &format!("State {state}: no report is not"))
                .replace("walks.geojsonl\"\nkind", "walks.geojsonl\"\nid-property = \"name\"\nkind")
                + LAYERS
        } else {
            text.replace("Village", &format!("Village{}", ["", " II"][state]))
        };
        folder::write(dir, name, &text);
    }
    let mut walks = String::new();
    for n in 0..2000 {
        let (x, y) = (70.1 + f64::from(n % 40) / 30., 39.1 + f64::from(n / 40) / 40.);
        writeln!(
            walks,
            r#"{{"type":"Feature","geometry":{{"type":"LineString","coordinates":[[{x},{y}],[{},{y}]]}},"properties":{{"name":"w{n}","steps":{},"state":{state}}}}}"#,
            x + 0.01,
            n + 1000 * i32::try_from(state).unwrap()
        )
        .unwrap();
    }
    folder::write(dir, "walks.geojsonl", &walks);
    let (x, y) = (70.5 + f64::from(u8::try_from(state).unwrap()), 39.5);
    let kestrel = format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{x},{y}]}},"properties":{{"name":"kestrel"}}}}"#
    );
    folder::write(dir, "kestrels.geojsonl", &kestrel);
}

/// A feature with a name that no compression makes short.
fn write_long(dir: &Path) {
    let mut random = fastrand::Rng::with_seed(7);
    let name: String = std::iter::repeat_with(|| random.alphanumeric()).take(LETTERS).collect();
    let feature = format!(
        r#"{{"type":"Feature","geometry":null,"properties":{{"id":"long","name":"{name}"}}}}"#
    );
    folder::write(dir, "long.geojsonl", &feature);
}

/// An answer without the moment since when its snapshot is served.
fn told(answer: &Answer) -> (u16, Vec<u8>) {
    (answer.status, timeless(answer))
}

/// What a server that is left in peace answers, by whether a token is shown, version and
/// target.
type Second = HashMap<(bool, String), Vec<(u16, Vec<u8>)>>;

/// GET, by everyone or by who shows a token.
fn ask(server: &Server, shows_token: bool, target: &str) -> Answer {
    if shows_token { with_token(server, target) } else { server.get(target) }
}

/// The same, as browsers ask: compressed.
fn ask_packed(server: &Server, shows_token: bool, target: &str) -> Answer {
    let authorization = format!("Bearer {TOKEN}");
    let mut headers = vec![("Accept-Encoding", "gzip")];
    headers.extend(shows_token.then_some(("Authorization", &*authorization)));
    let mut answer = server.request("GET", target, &headers);
    if answer.header("content-encoding") == Some("gzip") {
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut body).unwrap();
        answer.body = body;
    }
    answer
}

fn second_reading() -> Second {
    let mut all = Second::new();
    for state in 0..2 {
        let dir = TempDir::new().unwrap();
        write_state(dir.path(), state);
        write_long(dir.path());
        let server = serve(dir.path());
        for shows_token in [false, true] {
            let answers: Vec<Answer> =
                TARGETS.iter().map(|target| ask(&server, shows_token, target)).collect();
            let tells = answers.iter().any(|answer| answer.text().contains(SIGN));
            assert_eq!(tells, shows_token, "what is restricted is for who shows a token");
            let version = version(&answers[0]).unwrap();
            all.insert((shows_token, version), answers.iter().map(told).collect());
        }
    }
    assert_eq!(all.len(), 4);
    for shows_token in [false, true] {
        let mut readings = all.iter().filter(|(key, _)| key.0 == shows_token);
        let (one, other) = (readings.next().unwrap().1, readings.next().unwrap().1);
        let same: Vec<&str> = (0..TARGETS.len())
            .filter(|target| one[*target] == other[*target])
            .map(|target| TARGETS[target])
            .collect();
        assert!(same.is_empty(), "the states are told apart by every answer, not by {same:?}");
    }
    all
}

fn serve(dir: &Path) -> Server {
    let tokens = tokens(dir);
    let stall = format!("{}s", STALL.as_secs());
    let flags = ["--base-url", "http://atlas.example", "--stall-timeout", &stall];
    Server::start(dir, &[&flags[..], &["--tokens", &tokens]].concat())
}

/// JSON about how the service goes, which who shows a token is told.
fn ready(server: &Server) -> serde_json::Value {
    with_token(server, "/health/ready").json()
}

/// Counts of what went on.
#[derive(Default)]
struct Counts {
    answers: AtomicUsize,
    slow: AtomicUsize,
    stalled: AtomicUsize,
    gone: AtomicUsize,
    noise: AtomicUsize,
    /// Microseconds that readers pause after each answer.
    pause: AtomicU64,
}

impl Counts {
    fn of(count: &AtomicUsize) -> usize {
        count.load(Ordering::Relaxed)
    }
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Ordering::Relaxed);
}

fn done_reloads(server: &Server) -> u64 {
    ready(server)["reload"]["done"].as_u64().unwrap()
}

/// Asks for one thing after the other, and checks each answer.
fn reader(server: &Server, second: &Second, counts: &Counts, start: usize) {
    let (target, shows_token) = (start % TARGETS.len(), start / TARGETS.len() % 2 == 1);
    let asks_packed = start / (2 * TARGETS.len()) % 2 == 1;
    let ask = if asks_packed { ask_packed } else { ask };
    let answer = ask(server, shows_token, TARGETS[target]);
    let version = version(&answer)
        .unwrap_or_else(|| panic!("{}: {} {:.300}", TARGETS[target], answer.status, answer.text()));
    let key = (shows_token, version);
    let expected = &second.get(&key).expect("a snapshot that there is")[target];
    assert!(told(&answer) == *expected, "{} of {key:?}: {:.300}", TARGETS[target], answer.text());
    add(&counts.answers);
    std::thread::sleep(Duration::from_micros(counts.pause.load(Ordering::Relaxed)));
}

fn send(server: &Server, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    // It may have hung up already.
    let _ = stream.write_all(bytes);
    stream
}

/// Takes an answer a few bytes at a time, and then no more: files, pages, questions.
fn slow(server: &Server, counts: &Counts, turn: usize) {
    let target = TARGETS[turn % TARGETS.len()];
    let mut stream = send(server, format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
    let mut few = [0; 64];
    for _ in 0..20 + turn % 5 {
        if stream.read(&mut few).unwrap_or(0) == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    add(&counts.slow);
}

/// Reads the beginning of what is long, and no more, until the server hangs up.
fn stalled(server: &Server, counts: &Counts, turn: usize) {
    let coding = CODINGS[turn % CODINGS.len()];
    let head = format!("GET {LONG} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n");
    let mut stream = send(server, head.as_bytes());
    let mut start = [0; 12];
    if stream.read_exact(&mut start).is_err() || &start != b"HTTP/1.1 200" {
        return;
    }
    // It is waited for from when the buffers on its way are full.
    std::thread::sleep(4 * STALL);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(!rest.ends_with(b"0\r\n\r\n"), "it is waited for: {} bytes more", rest.len());
    add(&counts.stalled);
}

/// Goes before it is answered, or in the middle of that.
fn gone(server: &Server, counts: &Counts, turn: usize) {
    let target = TARGETS[turn % TARGETS.len()];
    let mut stream = send(server, format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
    let _ = stream.read(&mut vec![0; 50 * (turn % 3)]);
    add(&counts.gone);
    std::thread::sleep(Duration::from_millis(3));
}

/// What is no request, or no good one.
fn noise(server: &Server, counts: &Counts, turn: usize) {
    const NOISE: [&[u8]; 8] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%ff%zz?%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /collections HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nxxxx",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /near?place=\xff HTTP/1.1\r\n\r\n",
        b"GET /collections/walks/items?limit=-1&limit=2 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\0\0\0\0\0\0\0\0",
    ];
    let mut stream = send(server, NOISE[turn % NOISE.len()]);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said);
    let said = String::from_utf8_lossy(&said);
    assert!(!said.starts_with("HTTP/1.1 5"), "{said:.200}");
    add(&counts.noise);
    std::thread::sleep(Duration::from_millis(10));
}

#[test]
fn everything_at_once_for_a_while() {
    let seconds = number("DEMARC_SOAK_SECONDS", 8);
    let second = second_reading();
    let dir = TempDir::new().unwrap();
    write_state(dir.path(), 0);
    write_long(dir.path());
    let server = serve(dir.path());
    let (done, counts) = (AtomicBool::new(false), Counts::default());
    let reloads = AtomicUsize::new(0);
    let mut measured = Vec::new();
    let going = || !done.load(Ordering::Relaxed);
    std::thread::scope(|scope| {
        for worker in 0..READERS {
            let (server, second, counts, going) = (&server, &second, &counts, &going);
            scope.spawn(move || {
                let mut turn = worker as usize * 5;
                while going() {
                    reader(server, second, counts, turn);
                    turn += 1;
                }
            });
        }
        for client in [slow, gone, noise, stalled, stalled, stalled, stalled] {
            let (server, counts, going) = (&server, &counts, &going);
            scope.spawn(move || {
                let mut turn = 0;
                while going() {
                    client(server, counts, turn);
                    turn += 1;
                }
            });
        }
        scope.spawn(|| {
            let mut state = 1;
            while going() {
                write_state(dir.path(), state);
                server.signal("HUP");
                add(&reloads);
                // Whoever changes a folder waits until the change before is taken.
                while going() && done_reloads(&server) < Counts::of(&reloads) as u64 {
                    std::thread::sleep(Duration::from_millis(20));
                }
                state = 1 - state;
                std::thread::sleep(Duration::from_millis(300));
            }
        });
        let _done = Done(&done);
        // As much as it can do; then four fifths of that.
        let trial = Duration::from_secs(seconds / 8);
        std::thread::sleep(trial);
        let answers = u32::try_from(Counts::of(&counts.answers)).unwrap().max(1);
        let each = trial * READERS / answers;
        counts.pause.store(u64::try_from(each.as_micros()).unwrap() / 4, Ordering::Relaxed);
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end {
            std::thread::sleep(Duration::from_millis(250));
            measured.push(resources::of(server.child.id()));
        }
    });
    let ready = ready(&server);
    assert_eq!(ready["reload"]["failed"], 0, "{}", ready["reload"]);
    let text = with_token(&server, "/metrics").text();
    let idle = text
        .lines()
        .filter(|line| line.starts_with("demarc_in_flight"))
        .all(|line| line.ends_with(" 0"));
    assert!(idle, "work is left behind: {text}");
    let third = measured.len() / 3;
    let most = |of: &[resources::Resources]| {
        let kb = of.iter().map(|one| one.resident_kb).max().unwrap();
        (kb, of.iter().map(|one| one.files).max().unwrap())
    };
    let (early, late) = (most(&measured[..third]), most(&measured[2 * third..]));
    let answers = Counts::of(&counts.answers);
    resources::record(
        "soak",
        "everything at once, at 80 % of capacity: readers of 18 kinds of answers with and without a token, half of them compressed, reloads, slow clients, clients that stop reading 10 MB, clients that go, noise",
        &format!(
            "{seconds} s: {answers} answers, {} reloads asked for, {} slow clients, {} hung up on that stopped reading, {} that went, {} times noise",
            Counts::of(&reloads),
            Counts::of(&counts.slow),
            Counts::of(&counts.stalled),
            Counts::of(&counts.gone),
            Counts::of(&counts.noise)
        ),
        &format!(
            "every answer as a second reading has it; at most {} kB resident in the first third, \
             {} kB in the last; at most {} files open, then {}",
            early.0, late.0, early.1, late.1
        ),
    );
    assert!(answers > 0 && Counts::of(&reloads) > 0, "there was load");
    assert!(Counts::of(&counts.stalled) > 0, "nobody stopped reading");
    assert!(late.0 < early.0 + early.0 / 4, "memory grows: {} kB, then {} kB", early.0, late.0);
    assert!(late.1 < early.1 + 30, "file descriptors leak: {}, then {}", early.1, late.1);
}

/// It writes nothing, so that there is nothing to mend.
#[test]
fn a_server_that_is_killed_is_ready_again_at_once() {
    let kills = number("DEMARC_KILLS", 4);
    let temporary = TempDir::new().unwrap();
    let mut longest = Duration::ZERO;
    for kill in 0..kills {
        // One that is still reading what it is to serve, or has just begun to listen.
        let mut early = Command::new(common::BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--watch", "--geodata"])
            .arg(valley())
            .env("TMPDIR", temporary.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(5 * kill));
        early.kill().unwrap();
        early.wait().unwrap();
        let begun = Instant::now();
        let mut server = Server::spawn(|command| {
            let command = command.env("TMPDIR", temporary.path());
            command.arg("--watch").arg("--geodata").arg(valley());
        });
        assert_eq!(server.get("/health/ready").status, 200);
        longest = longest.max(begun.elapsed());
        std::thread::scope(|scope| {
            let address = server.address.clone();
            scope.spawn(move || {
                for target in ["/collections/water/items?f=gpkg", "/api", "/places?q=osh"] {
                    if let Ok(mut stream) = TcpStream::connect(&address) {
                        let _ = write!(stream, "GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
                        let _ = stream.read(&mut [0; 512]);
                    }
                }
            });
            std::thread::sleep(Duration::from_millis(7 * kill));
            // SIGKILL.
            server.child.kill().unwrap();
            server.child.wait().unwrap();
        });
    }
    let packages = fs::read_dir(temporary.path()).unwrap().count();
    resources::record(
        "kills",
        "kill -9 at any moment, while a client asks for a package, `/api` and a place, and start again on the valley",
        &format!("{kills} times while it loads, and {kills} times while it answers"),
        &format!(
            "ready after {} ms at the longest; {packages} unfinished packages in the folder for temporary files",
            longest.as_millis()
        ),
    );
}
