//! What the tests of the public faces share: the binary, a server of its own
//! for each test, a plain HTTP client, and a small geodata folder.
//!
//! The client writes requests as they stand, so that malformed ones reach the
//! server too; a client library would mend or refuse them.
#![allow(dead_code)] // Each test crate compiles this module and uses a part of it.

pub mod folder;
pub mod resources;
pub mod rfc7946;
pub mod token;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

/// The compiled binary.
pub const BINARY: &str = env!("CARGO_BIN_EXE_demarc");

/// A server that does not answer within this time hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// The folder that ships.
pub fn valley() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata")
}

/// Runs the binary to its end, in the repository.
pub fn demarc<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Output {
    Command::new(BINARY)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .output()
        .expect("the binary runs")
}

/// Runs the binary; its exit code, stdout and stderr.
pub fn demarc_text(args: &[&str]) -> (i32, String, String) {
    let output = demarc(args);
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("it ended by itself"), text(output.stdout), text(output.stderr))
}

/// Runs the binary, which must succeed and write JSON.
pub fn demarc_json(args: &[&str]) -> Value {
    let (code, out, err) = demarc_text(args);
    assert_eq!(code, 0, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{args:?}: {error}: {out}"))
}

/// A running server; it ends with the test.
pub struct Server {
    pub child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
    // Held open: a server that writes to a closed pipe would end.
    stdout: BufReader<std::process::ChildStdout>,
}

impl Server {
    /// A server of the valley.
    pub fn of_valley() -> Self {
        Self::start(&valley(), &[])
    }

    /// A server of a folder.
    pub fn start(geodata: &Path, more: &[&str]) -> Self {
        Self::spawn(|command| {
            command.arg("--geodata").arg(geodata).args(more);
        })
    }

    /// A server on a free port, started with what is added. It writes nothing to
    /// stderr but warnings unless told otherwise.
    pub fn spawn(add: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(BINARY);
        command.args(["serve", "--listen", "127.0.0.1:0"]).env("DEMARC_LOG", "warn");
        add(command.stdout(Stdio::piped()));
        let mut child = command.spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it says where it listens");
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| panic!("the first line of stdout is {line:?}"))
            .to_owned();
        Self { child, address, stdout }
    }

    /// The next line that it writes to stdout.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("stdout is text");
        line.trim().to_owned()
    }

    /// Sends a request as it stands: method, target, further header lines.
    pub fn request(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        let bytes = sent(&self.address, &head);
        Answer::parse(&bytes, method == "HEAD")
    }

    /// Sends the same request so many times at once, on one connection; the statuses
    /// that they are answered with.
    pub fn statuses(&self, count: usize, target: &str, headers: &[(&str, &str)]) -> Vec<u16> {
        let mut one = format!("HEAD {target} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            one.extend([name, ": ", value, "\r\n"]);
        }
        let last = format!("{one}Connection: close\r\n\r\n");
        let all = format!("{one}\r\n").repeat(count - 1) + &last;
        let answers = String::from_utf8(sent(&self.address, &all)).expect("heads are text");
        let lines = answers.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 "));
        lines.map(|line| line[..3].parse().expect("a status")).collect()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([format!("-{name}"), pid]).status();
        assert!(sent.is_ok_and(|status| status.success()), "SIG{name}");
    }

    /// GET.
    pub fn get(&self, target: &str) -> Answer {
        self.request("GET", target, &[])
    }

    /// GET of JSON that must be there.
    pub fn json(&self, target: &str) -> Value {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        answer.json()
    }

    /// GET of a link that starts with this server's address.
    pub fn follow(&self, href: &str) -> Answer {
        let base = format!("http://{}", self.address);
        let target =
            href.strip_prefix(&base).unwrap_or_else(|| panic!("{href} does not start with {base}"));
        self.get(target)
    }
}

/// What is answered on a connection of its own, until that is closed.
pub fn sent(address: &str, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
    stream.write_all(request.as_bytes()).expect("the request is taken");
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .unwrap_or_else(|error| panic!("{request}: no whole answer: {error}"));
    bytes
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, as a test of stopping wants.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An HTTP answer.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn parse(bytes: &[u8], head_alone: bool) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = std::str::from_utf8(&bytes[..end]).expect("the head is text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer =
            Self { status: status.parse().expect("a number"), headers, body: Vec::new() };
        let body = &bytes[end + 4..];
        answer.body = match answer.header("transfer-encoding") {
            Some("chunked") if !head_alone => dechunked(body),
            _ => body.to_vec(),
        };
        if let (Some(length), false) = (answer.header("content-length"), head_alone) {
            assert_eq!(length, answer.body.len().to_string(), "the body is whole");
        }
        answer
    }

    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }
}

fn dechunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = body.windows(2).position(|two| two == b"\r\n").expect("a chunk's length");
        let size = std::str::from_utf8(&body[..line]).expect("text");
        let size = usize::from_str_radix(size, 16).expect("hexadecimal");
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[line + 2..line + 2 + size]);
        body = &body[line + 2 + size + 2..];
    }
}

/// Says to threads of a test that they are done, when the test is, however it ends.
pub struct Done<'a>(pub &'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The body of an answer without the moments of today in it: since when a snapshot
/// is served.
pub fn timeless(answer: &Answer) -> Vec<u8> {
    let today = format!("{}T", demarc::atlas::today());
    let length = today.len() + "00:00:00Z".len();
    let mut rest = answer.body.as_slice();
    let mut body = Vec::with_capacity(rest.len());
    while let Some(at) = rest.windows(today.len()).position(|part| part == today.as_bytes()) {
        body.extend_from_slice(&rest[..at]);
        rest = &rest[(at + length).min(rest.len())..];
    }
    body.extend_from_slice(rest);
    body
}

/// The version of a snapshot in the tag of an answer.
pub fn version(answer: &Answer) -> Option<String> {
    Some(answer.header("etag")?.trim_matches('"').split('-').next()?.to_owned())
}

/// A text as a part of an address.
pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The features of a collection.
pub fn features(collection: &Value) -> &Vec<Value> {
    collection["features"].as_array().unwrap_or_else(|| panic!("no features in {collection:.200}"))
}

/// The ids of features, in their order.
pub fn ids(features: &[Value]) -> Vec<&str> {
    features.iter().map(|feature| feature["id"].as_str().expect("a feature has an id")).collect()
}

/// The address of a link.
pub fn link<'a>(links: &'a Value, rel: &str) -> Option<&'a str> {
    links.as_array()?.iter().find(|link| link["rel"] == rel)?["href"].as_str()
}
