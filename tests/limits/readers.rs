//! Answers on their way: what is read slowly, or not at all.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::common::{self, Answer, Server, folder};
use crate::{PATIENCE, long, many, metric, refused, until};

/// A whole layer, of which only the head is read.
fn begun(server: &Server, target: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    stream
}

#[test]
fn a_slow_reader_is_hung_up_on() {
    let dir = many(100_000);
    let server = Server::start(dir.path(), &["--stall-timeout", "500ms"]);
    let mut stalled = begun(&server, "/collections/points/items?f=geojsonseq");
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 1.);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    // What lies in the buffers of the system may still be read; the end is missing.
    let mut rest = Vec::new();
    let _ = stalled.read_to_end(&mut rest);
    assert!(!rest.ends_with(b"0\r\n\r\n"), "half an answer looks whole");
    let whole = server.get("/collections/points/items?f=geojsonseq");
    assert_eq!(whole.text().lines().count(), 100_000, "who reads gets all");
}

/// The threads of a server, with their niceness.
#[cfg(target_os = "linux")]
fn threads(server: &Server) -> Vec<(String, i32)> {
    let tasks = fs::read_dir(format!("/proc/{}/task", server.child.id())).unwrap();
    // One may end meanwhile.
    let stats = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("stat")).ok());
    stats
        .map(|stat| {
            let (name, values) = stat.split_once('(').unwrap().1.rsplit_once(") ").unwrap();
            // The nineteenth of all values (proc_pid_stat(5)).
            (name.to_owned(), values.split(' ').nth(16).unwrap().parse().unwrap())
        })
        .collect()
}

/// What is told to stop notices late in the worst case, and until then its room is its own.
#[cfg(target_os = "linux")]
#[test]
fn downloads_that_nobody_waits_for_do_not_pile_up() {
    let dir = many(200_000);
    let server = Server::start(dir.path(), &["--downloads", "1"]);
    let downloads = |server| threads(server).iter().filter(|(name, _)| name == "download").count();
    let mut most = 0;
    for _ in 0..40 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        write!(stream, "GET /collections/points/items?f=fgb HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        std::thread::sleep(Duration::from_millis(10));
        drop(stream);
        most = most.max(downloads(&server));
    }
    // Beside the one that has the room some may be about to end that gave it back.
    assert!(most <= 4, "{most} at once");
    let _reader = begun(&server, "/collections/points/items?f=geojsonseq");
    assert!(downloads(&server) >= 1, "they are not seen");
}

/// A file with an index holds that until it is sent, so much for each feature; so does what
/// compresses an answer.
#[test]
fn what_a_download_holds_is_held_in_bounds() {
    let dir = many(200_000);
    let server = Server::start(dir.path(), &["--client-unread-bytes", "11000000"]);
    let items = "/collections/points/items";
    let _unread = begun(&server, &format!("{items}?f=fgb"));
    let withheld = server.get(&format!("{items}?f=fgb"));
    assert!(refused(&withheld, 429).contains("read them first"));
    let csv = |coding| {
        server.request("GET", &format!("{items}?f=csv&limit=5000"), &[("Accept-Encoding", coding)])
    };
    let plain = csv("identity");
    assert_eq!(plain.status, 200, "it holds little: {}", plain.text());
    assert_eq!(csv("gzip").status, 429, "what compresses it does not");
}

/// A large feature that is written in another form is worked out whole, whoever reads it.
#[test]
fn what_is_worked_out_of_a_large_feature_is_held_in_bounds() {
    let dir = long(1, 10_000_000);
    let server = Server::start(dir.path(), &["--client-unread-bytes", "42000000"]);
    let (all, one) = ("/collections/points/items", "/collections/points/items/p0");
    let _unread = begun(&server, &format!("{one}?properties=name"));
    for form in ["?properties=name", "?crs=EPSG:3857", "?f=csv", "?f=fgb"] {
        for target in [format!("{all}{form}"), format!("{one}{form}")] {
            assert!(refused(&server.get(&target), 429).contains("read them first"), "{target}");
        }
    }
    let near = "/near?at=70,39&radius=500km&collections=points";
    let moved = server.get(&format!("{near}&crs=EPSG:3857"));
    assert!(refused(&moved, 429).contains("read them first"));
    for kept in [one, near, &format!("{all}?f=geojsonseq")] {
        assert_eq!(server.get(kept).status, 200, "{kept}: as it was kept it is copied nowhere");
    }
    let bare = server.get(&format!("{one}?crs=EPSG:3857"));
    assert_eq!(bare.status, 429, "its text is long, whatever is done to its point");
}

/// What waits for its turn holds what it found as well.
#[test]
fn what_waits_to_be_sent_is_held_in_bounds() {
    let dir = many(200_000);
    let flags = ["--downloads", "1", "--queue-timeout", "3s", "--client-unread-bytes", "11000000"];
    let server = Server::start(dir.path(), &flags);
    let items = "/collections/points/items";
    let _reader = begun(&server, &format!("{items}?f=geojsonseq"));
    let file = || server.get(&format!("{items}?f=fgb")).status;
    let mut both = std::thread::scope(|scope| {
        let other = scope.spawn(file);
        [file(), other.join().unwrap()]
    });
    both.sort_unstable();
    assert_eq!(both, [429, 503], "one waits in vain, and there is no room for another beside it");
}

/// A package lies on the disk until it is sent.
#[test]
fn packages_in_the_making_are_held_in_bounds() {
    // More than what the system takes from the server.
    let dir = many(100_000);
    let flags = ["--package-bytes", "120000000", "--trusted-proxy", "127.0.0.1"];
    let server = Server::start(dir.path(), &flags);
    let package = "/collections/points/items?f=gpkg";
    // The sender's address is that of a proxy, and so is whom it passes on when it says nothing.
    let unread = begun(&server, package);
    assert!(refused(&server.get(package), 429).contains("under way"));
    let other = [("X-Forwarded-For", "10.0.0.2")];
    assert!(refused(&server.request("GET", package, &other), 503).contains("GeoPackages"));
    assert_eq!(server.request("GET", "/collections/points/items?f=csv", &other).status, 200);
    drop(unread);
    let since = Instant::now();
    while server.request("GET", package, &other).status != 200 {
        assert!(since.elapsed() < PATIENCE, "who went holds it still");
    }
}

/// Who ends the server takes away what it was making.
#[test]
fn a_server_that_is_ended_leaves_no_package_behind() {
    let temporary = tempfile::TempDir::new().unwrap();
    let mut server = Server::spawn(|command| {
        command.arg("--geodata").arg(common::valley()).env("TMPDIR", temporary.path());
    });
    let _unread: Vec<TcpStream> = (0..12).map(|_| begun(&server, "/atlas.gpkg")).collect();
    assert!(fs::read_dir(temporary.path()).unwrap().count() > 0, "none is on its way");
    server.signal("TERM");
    server.child.wait().unwrap();
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

/// Many downloads keep no short answer waiting: on Linux they take what is left over.
#[cfg(target_os = "linux")]
#[test]
fn downloads_let_others_go_first() {
    let dir = many(100_000);
    let server = Server::start(dir.path(), &[]);
    let _reader = begun(&server, "/collections/points/items?f=geojsonseq");
    let nice = threads(&server);
    assert!(nice.iter().any(|(name, _)| name == "download"), "{nice:?}");
    let own = nice.iter().map(|(_, nice)| *nice).min().unwrap();
    for (name, nice) in nice {
        assert_eq!(nice > own, name == "download", "{name}: {nice}");
    }
}

#[test]
fn a_download_has_its_time_and_a_client_its_share() {
    let dir = many(100_000);
    let flags = ["--download-timeout", "2s", "--client-downloads", "2"];
    let server = Server::start(dir.path(), &flags);
    let target = "/collections/points/items?f=geojsonseq";
    let mut first = begun(&server, target);
    let second = begun(&server, target);
    let third = server.get(target);
    assert!(refused(&third, 429).contains("under way"));
    assert_eq!(server.get("/collections/points/items?limit=3").status, 200);
    drop(second);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 1.);
    // Read on, but slowly enough that its time runs out.
    let mut piece = vec![0; 16 * 1024];
    let mut last = Vec::new();
    while let Ok(length @ 1..) = first.read(&mut piece) {
        last = piece[..length].to_vec();
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!last.ends_with(b"0\r\n\r\n"), "half an answer looks whole");
    assert!(metric(&server, "demarc_stopped_total{kind=\"downloads\"}") >= 1.);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
}

/// Whoever asked for much and reads none of it holds a download, however it was asked
/// for, and no question.
#[test]
fn what_is_not_read_keeps_nobody_waiting() {
    // More than the system takes from the server for who reads nothing.
    let dir = long(120, 150_000);
    let flags = ["--questions", "1", "--queue", "0", "--client-downloads", "2"];
    let server = Server::start(dir.path(), &flags);
    let items = "/collections/points/items";
    for target in [
        items.to_owned(),
        format!("{items}?filter=name%20IS%20NOT%20NULL"),
        format!("{items}?sortby=-name&limit=200"),
        format!("{items}?%66=csv"),
        format!("{items}?filter=name%20IS%20NOT%20NULL&f=geojsonseq"),
        "/near?at=71,40&radius=500km&collections=points".to_owned(),
    ] {
        let first = begun(&server, &target);
        until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
        let second = begun(&server, &target);
        assert!(refused(&server.get(&target), 429).contains("under way"), "{target}");
        until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
        let question = server.get(&format!("{items}?filter=name%20IS%20NULL"));
        assert_eq!(question.status, 200, "{target}: {}", question.text());
        drop((first, second));
        until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    }
}

/// A feature of megabytes is written as it is read, like a file.
#[test]
fn a_large_feature_is_streamed() {
    let dir = long(1, 20_000_000);
    let server = Server::start(dir.path(), &["--client-downloads", "1"]);
    let unread = begun(&server, "/collections/points/items/p0");
    assert!(refused(&server.get("/collections/points/items/p0"), 429).contains("under way"));
    drop(unread);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    let feature = server.json("/collections/points/items/p0");
    assert_eq!(feature["properties"]["name"].as_str().unwrap().len(), 20_000_002);
}

/// More than what the system takes from the server lies in its memory until it is read.
#[test]
fn what_is_not_read_is_held_in_bounds() {
    let dir = folder::small();
    let mut sources = fs::read_to_string(dir.path().join("sources.toml")).unwrap();
    for n in 0..200 {
        let title = "long ".repeat(20_000);
        writeln!(sources, "[[source]]\nid = \"src-{n}\"\ntitle = \"{title}\"\npublisher = \"A\"")
            .unwrap();
    }
    folder::write(dir.path(), "sources.toml", &sources);
    let server = Server::start(dir.path(), &["--client-unread-bytes", "1000000"]);
    let target = "/sources";
    let unread = begun(&server, target);
    let withheld = server.get(target);
    assert!(refused(&withheld, 429).contains("read them first"));
    assert_eq!(withheld.header("retry-after"), Some("1"));
    assert!(metric(&server, "demarc_unread_total ") >= 1.);
    assert_eq!(server.get("/sources/src-map").status, 200, "small ones are not");
    drop(unread);
    let since = Instant::now();
    while server.get(target).status != 200 {
        assert!(since.elapsed() < PATIENCE, "who went holds it still");
    }
}

/// In HTTP/1.0 the end of the connection is the end of the answer, also where it was
/// broken off.
#[test]
fn nothing_is_streamed_to_who_cannot_tell_its_end() {
    let dir = many(3000);
    let server = Server::start(dir.path(), &[]);
    let get = |target: &str| {
        let head = format!("GET {target} HTTP/1.0\r\nHost: x\r\n\r\n");
        let text = String::from_utf8(common::sent(&server.address, &head)).unwrap();
        let bytes = text.replacen("HTTP/1.0", "HTTP/1.1", 1).into_bytes();
        Answer::parse(&bytes, false)
    };
    for target in ["/collections/points/items?f=csv", "/collections/points/items?limit=2500"] {
        let answer = get(target);
        assert!(refused(&answer, 426).contains("HTTP/1.1"), "{target}");
        assert_eq!(answer.header("upgrade"), Some("HTTP/1.1"));
    }
    for target in ["/collections/points/items", "/collections/points/items?f=html&limit=300"] {
        let answer = get(target);
        assert_eq!(answer.status, 200, "{target}");
        assert!(answer.header("content-length").is_some(), "{target}");
    }
}
