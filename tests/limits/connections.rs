//! Connections: how many are open at once, and what is done on one in time.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use crate::common::{self, Server, folder};
use crate::{PATIENCE, until};

/// Sends this, and no more, and waits until the server hangs up.
fn hung_up(server: &Server, sent: &[u8]) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(sent).unwrap();
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("it is kept: {error}"),
    }
}

#[test]
fn who_does_not_finish_a_request_is_hung_up_on() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--head-timeout", "300ms"]);
    let whole = format!("GET /health/live HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for sent in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: ", whole.as_bytes()] {
        hung_up(&server, sent);
    }
    until(&server, "demarc_connections ", 1.);
}

/// `demarc_connections`, asked on a connection that stays open.
fn counted(stream: &mut BufReader<TcpStream>) -> String {
    stream.get_mut().write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        match line.trim().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            None if line == "\r\n" => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let line = body.lines().find(|line| line.starts_with("demarc_connections "));
    line.unwrap_or_else(|| panic!("{body}")).to_owned()
}

#[test]
fn connections_beyond_the_limit_wait() {
    let dir = folder::small();
    let flags = ["--connections", "2", "--client-connections", "2", "--head-timeout", "10m"];
    let server = Server::start(dir.path(), &flags);
    let connect = || {
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    };
    let idle = connect();
    let mut busy = BufReader::new(connect());
    let since = Instant::now();
    while counted(&mut busy) != "demarc_connections 2" {
        assert!(since.elapsed() < PATIENCE, "the first is not let in");
    }
    let mut third = BufReader::new(connect());
    // Were it let in, it would be counted by and by.
    for _ in 0..200 {
        assert_eq!(counted(&mut busy), "demarc_connections 2");
    }
    drop(idle);
    assert_eq!(counted(&mut third), "demarc_connections 2", "the first had to go for it");
}

#[test]
fn a_client_has_so_many_connections() {
    let dir = folder::small();
    let flags = ["--client-connections", "2", "--head-timeout", "10m"];
    let mut server =
        Server::start(dir.path(), &[&flags[..], &["--health-listen", "127.0.0.1:0"]].concat());
    let line = server.line();
    let health = line.strip_prefix("health on http://").unwrap_or_else(|| panic!("{line}"));
    let idle: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    hung_up(&server, b"");
    let head = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let told = String::from_utf8(common::sent(health, head)).unwrap();
    assert!(told.contains("demarc_connections_refused_total 1\n"), "{told}");
    drop(idle);
    let since = Instant::now();
    let is_let_in = || {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let mut start = [0; 12];
        stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").is_ok()
            && stream.read_exact(&mut start).is_ok()
    };
    while !is_let_in() {
        assert!(since.elapsed() < PATIENCE, "who went is counted still");
    }
}
