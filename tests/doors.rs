//! What keeps others out: encryption, headers, and that nothing can be changed.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use common::{Server, demarc_text, folder};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tempfile::TempDir;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A certificate for `localhost`, written where the server looks for it.
fn certify(dir: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    write(dir, &cert.pem(), &signing_key);
    cert.der().clone()
}

fn write(dir: &Path, certificate: &str, key: &KeyPair) {
    folder::write(dir, "key.pem", &key.serialize_pem());
    folder::write(dir, "cert.pem", certificate);
}

/// A server of https; it ends with the test.
struct Encrypted {
    child: Child,
    port: u16,
    _stdout: BufReader<ChildStdout>,
}

impl Encrypted {
    fn start(geodata: &Path, certificates: &Path) -> Self {
        let mut child = Command::new(common::BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--geodata"])
            .arg(geodata)
            .arg("--tls-cert")
            .arg(certificates.join("cert.pem"))
            .arg("--tls-key")
            .arg(certificates.join("key.pem"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("listening on https://127.0.0.1:");
        let port = port.unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        Self { child, port, _stdout: stdout }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// An answer as it was sent, to a client that trusts one certificate.
    fn get(&self, target: &str, trusted: &CertificateDer<'static>) -> std::io::Result<String> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = "localhost".try_into().unwrap();
        let client = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut stream = StreamOwned::new(client, self.connect());
        write!(stream, "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut text = String::new();
        match stream.read_to_string(&mut text) {
            // Whoever says `close` need not say it in TLS too.
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(text),
            Err(error) => Err(error),
            Ok(_) => Ok(text),
        }
    }
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn answers_are_encrypted_and_a_certificate_is_renewed_in_use() {
    let (small, dir) = (folder::small(), TempDir::new().unwrap());
    let first = certify(dir.path());
    let server = Encrypted::start(small.path(), dir.path());
    let answer = server.get("/collections", &first).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"https://localhost/collections"), "links are encrypted too");
    assert!(answer.contains("strict-transport-security: max-age="), "{answer}");

    // Who does not encrypt gets no answer, and does no harm.
    let mut plain = server.connect();
    plain.write_all(b"GET /collections HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut got = Vec::new();
    let _ = plain.read_to_end(&mut got);
    assert!(!String::from_utf8_lossy(&got).contains("HTTP/1.1 200"));

    // Half a renewal changes nothing.
    let file = dir.path().join("cert.pem");
    let whole = fs::read_to_string(&file).unwrap();
    let half = format!("{:length$}", "-----BEGIN CERTIFICATE-----\n", length = whole.len());
    let at = SystemTime::now();
    let put = |text: &str| {
        folder::write(dir.path(), "cert.pem", text);
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    };
    put(&half);
    let since = Instant::now();
    let failed = "demarc_certificate_renewals_total{outcome=\"failed\"} 1\n";
    while !server.get("/metrics", &first).unwrap().contains(failed) {
        assert!(since.elapsed() < Duration::from_mins(1), "it is not looked at");
        std::thread::sleep(Duration::from_millis(200));
    }
    let ready = server.get("/health/ready", &first).unwrap();
    // Where it lies is for whoever runs the service.
    assert!(ready.contains("\"certificate\":{\"error\":\"why is in the log\"}"), "{ready}");
    // What can be read by now is taken up, though its date says that it is no other: as
    // where only its permissions were wrong.
    put(&whole);
    let since = Instant::now();
    while server.get("/health/ready", &first).unwrap().contains("\"certificate\"") {
        assert!(since.elapsed() < Duration::from_mins(1), "it is not looked at again");
        std::thread::sleep(Duration::from_millis(200));
    }
    let second = certify(dir.path());
    let since = Instant::now();
    while server.get("/collections", &second).is_err() {
        assert!(since.elapsed() < Duration::from_mins(1), "it is not renewed");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(server.get("/collections", &first).is_err(), "the old one is no longer shown");
    let ready = server.get("/health/ready", &second).unwrap();
    assert!(!ready.contains("\"certificate\""), "{ready}");
}

#[test]
fn what_is_no_certificate_is_refused_by_name() {
    let (small, dir) = (folder::small(), TempDir::new().unwrap());
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let start = |certificate: &str, key: &str| {
        let geodata = small.path().to_str().unwrap();
        demarc_text(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--geodata",
            geodata,
            "--tls-cert",
            certificate,
            "--tls-key",
            key,
        ])
    };
    certify(dir.path());
    fs::rename(path("key.pem"), path("other.pem")).unwrap();
    certify(dir.path());
    folder::write(dir.path(), "empty.pem", "");
    for (certificate, key, named) in [
        ("nothing.pem", "key.pem", "--tls-cert"),
        ("empty.pem", "key.pem", "--tls-cert"),
        ("cert.pem", "nothing.pem", "--tls-key"),
        ("cert.pem", "empty.pem", "--tls-key"),
        ("cert.pem", "other.pem", "--tls-key"),
    ] {
        let (code, out, err) = start(&path(certificate), &path(key));
        assert_eq!((code, out.as_str()), (3, ""), "{certificate} {key}: {err}");
        assert!(err.contains(named), "{certificate} {key}: {err}");
    }
    let (code, _, err) = demarc_text(&["serve", "--tls-cert", &path("cert.pem")]);
    assert_eq!(code, 2);
    assert!(err.contains("--tls-key"), "{err}");
}

#[test]
fn other_origins_may_read_and_nothing_else() {
    let small = folder::small();
    let server = Server::start(small.path(), &[]);
    let origin = ("Origin", "https://elsewhere.example");
    let read = server.request("GET", "/collections", &[origin]);
    assert_eq!(read.header("access-control-allow-origin"), Some("*"));
    assert_eq!(read.header("access-control-allow-credentials"), None);
    for method in ["GET", "POST", "PUT", "DELETE"] {
        let headers = [origin, ("Access-Control-Request-Method", method)];
        let allowed = server.request("OPTIONS", "/collections", &headers);
        let methods = allowed.header("access-control-allow-methods").unwrap();
        assert_eq!(methods, "GET,HEAD", "{method}");
    }
}

/// Else a script of another origin is told of an error, and not which.
#[test]
fn what_is_refused_at_the_door_is_readable_too() {
    let small = folder::small();
    folder::write(small.path(), "tokens.txt", "");
    let tokens = small.path().join("tokens.txt");
    let server = Server::start(small.path(), &["--tokens", tokens.to_str().unwrap()]);
    let long = format!("/collections?x={}", "a".repeat(9000));
    for (target, header, status) in [
        ("/collections", ("Authorization", "Bearer nothing"), 401),
        ("/collections", ("Content-Length", "9999999"), 413),
        (&long, ("Accept", "*/*"), 414),
    ] {
        let answer = server.request("GET", target, &[header]);
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{status}");
        let exposed = answer.header("access-control-expose-headers").unwrap();
        assert!(exposed.contains("retry-after"), "{status}: {exposed}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{status}");
        let policy = answer.header("content-security-policy");
        assert_eq!(policy, Some("default-src 'none'; frame-ancestors 'none'"), "{status}");
    }
}

#[test]
fn every_answer_has_the_headers_that_keep_others_out() {
    let small = folder::small();
    let server = Server::start(small.path(), &[]);
    for target in [
        "/?f=json",
        "/collections/areas/items",
        "/collections/areas/items?f=csv",
        "/collections/nothing",
        "/health/ready",
        "/metrics",
        "/page.css",
        "/no/where",
    ] {
        let answer = server.get(target);
        let policy = answer.header("content-security-policy");
        assert_eq!(policy, Some("default-src 'none'; frame-ancestors 'none'"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{target}");
        assert_eq!(answer.header("strict-transport-security"), None, "{target}: not encrypted");
        assert_eq!(answer.header("server"), None, "{target}");
    }
    for target in
        ["/about?f=html", "/collections/areas/items?f=html", "/collections/nothing?f=html"]
    {
        let answer = server.get(target);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{target}: {policy}");
        assert!(!policy.contains("unsafe"), "{target}: {policy}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{target}");
        assert!(answer.header("permissions-policy").is_some(), "{target}");
    }
}
