//! Where the files of an atlas lie: a folder on disk, or the valley that is
//! built into the binary.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "geodata/"]
#[include = "*.toml"]
#[include = "*.geojson"]
#[include = "*.tsv"]
#[include = "relief/*"]
#[exclude = "derive/*"]
struct Valley;

/// A geodata folder.
#[derive(Clone, Debug)]
pub enum Folder {
    /// On disk.
    Dir(PathBuf),
    /// The Fergana Valley, built into the binary.
    Embedded,
}

impl Folder {
    /// The folder that is named, else `./geodata` where there is one, else the
    /// one built in.
    #[must_use]
    pub fn choose(named: Option<PathBuf>) -> Self {
        match named {
            Some(dir) => Self::Dir(dir),
            None if Path::new("geodata/atlas.toml").exists() => Self::Dir("geodata".into()),
            None => Self::Embedded,
        }
    }

    /// How the folder is called in messages.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Dir(dir) => dir.to_string_lossy(),
            Self::Embedded => Cow::Borrowed("the atlas built in"),
        }
    }

    /// The TOML files at the top of a folder on disk; those built in are known.
    fn toml_files(&self) -> Vec<String> {
        let Self::Dir(dir) = self else { return Vec::new() };
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let is_toml = |path: &Path| path.extension().is_some_and(|end| end == "toml");
        let mut names: Vec<String> = entries
            .filter(|entry| is_toml(&entry.path()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// What tells whether a file on disk changes.
    fn stamp(&self, name: &str) -> Option<Stamp> {
        let Self::Dir(dir) = self else { return None };
        let data = std::fs::metadata(dir.join(name)).ok()?;
        Some(Stamp { length: data.len(), modified: data.modified().ok() })
    }

    fn read(&self, name: &str) -> std::io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Dir(dir) => {
                let path = dir.join(name);
                // A pipe or a device would be read without end.
                if !std::fs::metadata(&path)?.is_file() {
                    return Err(std::io::Error::other("it is not a file"));
                }
                std::fs::read(path).map(Cow::Owned)
            }
            Self::Embedded => Valley::get(name).map(|file| file.data).ok_or_else(|| {
                std::io::Error::new(std::io::ErrorKind::NotFound, "not in the atlas built in")
            }),
        }
    }
}

/// Reads the files of a folder, and hashes what it reads.
pub(super) struct Files<'a> {
    folder: &'a Folder,
    hash: Sha256,
    /// What was read from disk, as it was just before.
    read: Vec<(String, Stamp)>,
}

/// What tells that a file is no longer what it was.
#[derive(PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl<'a> Files<'a> {
    pub fn new(folder: &'a Folder) -> Self {
        Self { folder, hash: Sha256::new(), read: Vec::new() }
    }

    /// The TOML files at the top of the folder.
    pub fn toml_files(&self) -> Vec<String> {
        self.folder.toml_files()
    }

    /// The folder's name, for messages.
    pub fn folder(&self) -> Cow<'_, str> {
        self.folder.name()
    }

    /// Reads a file; `name` is relative, with `/` between its parts.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn read(&mut self, name: &str) -> std::io::Result<Cow<'static, [u8]>> {
        let stamp = self.folder.stamp(name);
        let bytes = self.folder.read(name)?;
        self.read.extend(stamp.map(|stamp| (name.to_owned(), stamp)));
        self.hash.update(name);
        self.hash.update(&bytes);
        Ok(bytes)
    }

    /// The files that are no longer what they were when they were read: what was
    /// read of them, or of them and others together, never stood in the folder.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let is_changed =
            |(name, stamp): &&(String, Stamp)| self.folder.stamp(name).as_ref() != Some(stamp);
        self.read.iter().filter(is_changed).map(|(name, _)| name.as_str())
    }

    /// The hash of all that was read, as the version of a snapshot.
    pub fn version(self) -> String {
        self.hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_since_it_was_read_is_found() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.toml", "b.toml", "c.toml"] {
            std::fs::write(dir.path().join(name), "x = 1").unwrap();
        }
        let folder = Folder::Dir(dir.path().to_owned());
        let mut files = Files::new(&folder);
        for name in ["a.toml", "b.toml", "c.toml"] {
            files.read(name).unwrap();
        }
        assert_eq!(files.changed().count(), 0);
        std::fs::write(dir.path().join("b.toml"), "x = 12").unwrap();
        std::fs::remove_file(dir.path().join("c.toml")).unwrap();
        assert_eq!(files.changed().collect::<Vec<_>>(), ["b.toml", "c.toml"]);
    }
}
