//! Watching a folder: that something in it changed, and what is being written.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::reload::Cause;

/// Watches a folder as long as it is held.
pub(super) struct Watch {
    dir: PathBuf,
    watcher: RecommendedWatcher,
    /// The folder that is watched; `None` when none is.
    watched: Option<Identity>,
    seen: Arc<Mutex<Seen>>,
}

/// What was told of the folder.
#[derive(Default)]
struct Seen {
    /// Files that someone began to write and has not closed.
    open: BTreeSet<PathBuf>,
    /// Why no more may be told, where that is so.
    lost: Option<String>,
}

/// What tells a folder from another that took its place. Numbers are given out
/// again once a folder is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Identity {
    #[cfg(unix)]
    number: (u64, u64),
    created: Option<SystemTime>,
}

impl Identity {
    fn of(dir: &Path) -> io::Result<Self> {
        let data = std::fs::metadata(dir)?;
        Ok(Self {
            #[cfg(unix)]
            number: {
                use std::os::unix::fs::MetadataExt;
                (data.dev(), data.ino())
            },
            created: Metadata::created(&data).ok(),
        })
    }
}

impl Watch {
    /// Sends a cause for every change in a folder.
    ///
    /// # Errors
    /// When it cannot be watched.
    pub fn start(dir: &Path, causes: Sender<Cause>) -> Result<Self, String> {
        let seen: Arc<Mutex<Seen>> = Arc::default();
        // Changes are told of by whole paths.
        let dir = &std::path::absolute(dir).map_err(|error| cannot(dir, &error))?;
        let (told, root) = (Arc::clone(&seen), dir.clone());
        let tell = move |event: notify::Result<Event>| {
            if lock(&told).take(event, &root) {
                let _ = causes.send(Cause::Changed);
            }
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| cannot(dir, &error))?;
        let mut watch = Self { dir: dir.to_owned(), watcher, watched: None, seen };
        watch.look()?;
        Ok(watch)
    }

    /// Looks whether the folder that is watched is still the one that stands there;
    /// watches that one where it is not. Whether it is another.
    ///
    /// # Errors
    /// When none is watched, with the reason.
    pub fn look(&mut self) -> Result<bool, String> {
        let found = Identity::of(&self.dir);
        let lost = lock(&self.seen).lost.take();
        if let (Ok(found), Some(watched), None) = (&found, &self.watched, &lost)
            && found == watched
        {
            return Ok(false);
        }
        if self.watched.take().is_some() {
            // What is gone need not be let go.
            let _ = self.watcher.unwatch(&self.dir);
            lock(&self.seen).open.clear();
        }
        let cannot = |error: &dyn std::fmt::Display| cannot(&self.dir, error);
        let found = found.map_err(|error| cannot(&error))?;
        self.watcher.watch(&self.dir, RecursiveMode::Recursive).map_err(|error| cannot(&error))?;
        self.watched = Some(found);
        Ok(true)
    }

    /// Whether someone began to write a file of the folder and has not closed it.
    /// Editors keep hidden ones open.
    pub fn sees_writing(&self) -> bool {
        let is_hidden = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
        };
        lock(&self.seen).open.iter().any(|path| !is_hidden(path))
    }

    /// Whether that is so of one of its files.
    pub fn is_written(&self, name: &str) -> bool {
        let Ok(file) = self.dir.join(name).canonicalize() else { return false };
        let open = lock(&self.seen).open.clone();
        open.iter().any(|path| path.canonicalize().is_ok_and(|path| path == file))
    }
}

fn cannot(dir: &Path, error: &dyn std::fmt::Display) -> String {
    format!("--watch: cannot watch {}: {error}", dir.display())
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seen {
    /// Takes what was told of the folder `root`; whether it is more than that
    /// something was read, as we do ourselves.
    fn take(&mut self, event: notify::Result<Event>, root: &Path) -> bool {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                self.lost = Some(error.to_string());
                return true;
            }
        };
        if event.need_rescan() {
            // Something was not told, the end of a writing perhaps.
            self.open.clear();
            return true;
        }
        if !event.paths.is_empty() && event.paths.iter().all(|path| is_aside(path, root)) {
            return false;
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Remove(_) => {
                let is_closed = matches!(event.kind, EventKind::Access(_));
                for path in &event.paths {
                    // Under its old name nothing more is told of what lies in a folder.
                    self.open.retain(|open| !open.starts_with(path));
                    if !is_closed && path == root {
                        self.lost = Some("it was moved or removed".to_owned());
                    }
                }
            }
            EventKind::Access(_) => return false,
            EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => {
                // Only here is it told when a file is closed.
                if cfg!(target_os = "linux") {
                    self.open.extend(event.paths.into_iter().filter(|path| is_to_be_closed(path)));
                }
            }
            _ => {}
        }
        true
    }
}

/// Whether a path is none of an atlas: where git writes, and what Vim and Emacs keep beside
/// a file. Other hidden files may be what a link of the folder leads to.
fn is_aside(path: &Path, root: &Path) -> bool {
    let Ok(inner) = path.strip_prefix(root) else { return false };
    let name = inner.file_name().unwrap_or_default().to_string_lossy();
    let is_swap = || name.rsplit_once('.').is_some_and(|(_, end)| end.starts_with("sw"));
    inner.starts_with(".git") || name.starts_with(".#") || name.starts_with('.') && is_swap()
}

/// Whether a file that is new or changed is one that somebody holds open: links are
/// made without.
fn is_to_be_closed(path: &Path) -> bool {
    let Ok(data) = path.symlink_metadata() else { return false };
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&data) > 1 {
        return false;
    }
    data.is_file()
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, RenameMode};

    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn what_lies_in_a_folder_that_went_is_written_no_longer() {
        let root = tempfile::tempdir().unwrap();
        let aside = root.path().join("aside");
        std::fs::create_dir(&aside).unwrap();
        let file = aside.join("points.geojson");
        std::fs::write(&file, "").unwrap();
        let mut seen = Seen::default();
        let created = Event::new(EventKind::Create(CreateKind::File)).add_path(file.clone());
        assert!(seen.take(Ok(created), root.path()));
        assert!(seen.open.contains(&file));
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert!(seen.take(Ok(Event::new(moved).add_path(aside)), root.path()));
        assert!(seen.open.is_empty(), "{:?}", seen.open);
    }
}
