//! A client of HTTP/1.1 that costs little, since it shares the cores with the
//! server that it measures: requests are prepared bytes, an answer is read into one
//! buffer and handed on in pieces.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;

/// Room for one reading.
const BUFFER: usize = 256 * 1024;
/// The longest head that an answer may have.
const LONGEST_HEAD: usize = 32 * 1024;

/// What stands in a head of an answer.
struct Head {
    status: u16,
    content_type: String,
    length: Option<u64>,
    is_chunked: bool,
}

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// What of the buffer is read, and not yet taken.
    start: usize,
    end: usize,
}

/// Status and media type of an answer.
pub struct Said {
    /// 200 and its like.
    pub status: u16,
    /// As the head has it.
    pub content_type: String,
}

/// The bytes of a request. Both servers are called by the same name, so that both
/// are sent the same bytes, and answers that hold links are as long.
#[must_use]
pub fn request(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\n\r\n").into_bytes()
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; BUFFER], start: 0, end: 0 })
    }

    /// Sends a request and reads its answer to the end; `take` gets the body.
    ///
    /// # Errors
    /// When the connection breaks, or what comes is no answer.
    pub async fn ask(&mut self, request: &[u8], mut take: impl FnMut(&[u8])) -> Outcome<Said> {
        self.stream.write_all(request).await?;
        let head = self.head().await?;
        match (head.length, head.is_chunked) {
            (_, true) => self.chunks(&mut take).await?,
            (Some(length), false) => self.pass(length, &mut take).await?,
            (None, false) => return Err("an answer says nothing of its length".into()),
        }
        Ok(Said { status: head.status, content_type: head.content_type })
    }

    async fn head(&mut self) -> Outcome<Head> {
        let mut looked = 0;
        let end = loop {
            let read = &self.buffer[self.start..self.end];
            if let Some(at) = find(&read[looked..], b"\r\n\r\n") {
                break self.start + looked + at + 4;
            }
            if read.len() > LONGEST_HEAD {
                return Err("an answer has too long a head".into());
            }
            looked = read.len().saturating_sub(3);
            self.more().await?;
        };
        let text = std::str::from_utf8(&self.buffer[self.start..end])?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.get(9..12)).ok_or("no status")?.parse()?;
        let mut head =
            Head { status, content_type: String::new(), length: None, is_chunked: false };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("content-length") {
                head.length = Some(value.trim().parse()?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                head.is_chunked = value.trim().eq_ignore_ascii_case("chunked");
            } else if name.eq_ignore_ascii_case("content-type") {
                value.trim().clone_into(&mut head.content_type);
            }
        }
        self.start = end;
        Ok(head)
    }

    /// Hands on so many bytes.
    async fn pass(&mut self, mut left: u64, take: &mut impl FnMut(&[u8])) -> Outcome<()> {
        while left > 0 {
            if self.start == self.end {
                self.more().await?;
            }
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(self.end - self.start);
            take(&self.buffer[self.start..self.start + here]);
            self.start += here;
            left -= here as u64;
        }
        Ok(())
    }

    async fn chunks(&mut self, take: &mut impl FnMut(&[u8])) -> Outcome<()> {
        loop {
            let line = self.line().await?;
            let length = u64::from_str_radix(line.split(';').next().unwrap_or(&line), 16)?;
            if length == 0 {
                // Lines after the last chunk, to an empty one.
                while !self.line().await?.is_empty() {}
                return Ok(());
            }
            self.pass(length, take).await?;
            if !self.line().await?.is_empty() {
                return Err("a chunk is longer than it says".into());
            }
        }
    }

    async fn line(&mut self) -> Outcome<String> {
        loop {
            let read = &self.buffer[self.start..self.end];
            if let Some(at) = find(read, b"\r\n") {
                let line = std::str::from_utf8(&read[..at])?.to_owned();
                self.start += at + 2;
                return Ok(line);
            }
            self.more().await?;
        }
    }

    /// Reads what comes next, behind what is not taken yet.
    async fn more(&mut self) -> Outcome<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        let read = self.stream.read(&mut self.buffer[self.end..]).await?;
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.end += read;
        Ok(())
    }
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}
