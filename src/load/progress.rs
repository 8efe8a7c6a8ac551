//! How far the reading of a large layer is, for whoever waits at a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Features of a layer that is read before anyone would look.
const QUICK: usize = 50_000;
/// Time between two lines.
const OFTEN: Duration = Duration::from_millis(250);

/// Says how many features are read, over and over in one line.
pub(super) struct Progress<'a> {
    file: &'a str,
    all: usize,
    said: Instant,
    is_watched: bool,
}

impl<'a> Progress<'a> {
    /// Of the file of a layer that has so many.
    pub fn new(file: &'a str, all: usize) -> Self {
        let is_watched = all > QUICK && stderr().is_terminal();
        Self { file, all, said: Instant::now(), is_watched }
    }

    /// So many are read.
    pub fn at(&mut self, done: usize) {
        if self.is_watched && (done == self.all || self.said.elapsed() > OFTEN) {
            self.said = Instant::now();
            let end = if done == self.all { "\n" } else { "" };
            // A terminal that went away is no reason not to read on.
            let _ = write!(stderr(), "\r{}: {done} of {} features{end}", self.file, self.all);
        }
    }
}
