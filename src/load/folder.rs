//! Where the files of an atlas lie: a folder on disk, or the valley that is
//! built into the binary.

use std::borrow::Cow;
use std::fmt::{Debug, Write as _};
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

    /// The TOML files at the top of a folder on disk, without what editors and other tools
    /// keep beside them under a dot; those built in are known.
    fn toml_files(&self) -> Vec<String> {
        let Self::Dir(dir) = self else { return Vec::new() };
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let is_toml = |path: &Path| path.extension().is_some_and(|end| end == "toml");
        let mut names: Vec<String> = entries
            .filter(|entry| is_toml(&entry.path()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
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
                if !path.exists() && path.is_symlink() {
                    return Err(std::io::Error::other("it is a link that leads nowhere"));
                }
                // A pipe or a device would be read without end.
                if !std::fs::metadata(&path)?.is_file() {
                    return Err(std::io::Error::other("it is not a file"));
                }
                // What a link leads to is served as it stands, to everyone.
                if !path.canonicalize()?.starts_with(dir.canonicalize()?) {
                    return Err(std::io::Error::other("it is a link that leads out of the folder"));
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
    hashes: Hashes,
    /// What was read from disk, or not found there, as it was just before.
    read: Vec<(String, Option<Stamp>)>,
}

/// Of all that was read, and of what of it is for everyone.
#[derive(Clone, Default)]
struct Hashes {
    whole: Sha256,
    public: Sha256,
}

impl Hashes {
    /// Adds to the hash of all, and to that of the public's part unless it is
    /// restricted. Each addition has its length before it, so that two do not make
    /// one, and whether it is: what is opened or closed is something else, though it
    /// stands as it did.
    fn add(&mut self, bytes: &[u8], is_restricted: bool) {
        let hashes = [Some(&mut self.whole), (!is_restricted).then_some(&mut self.public)];
        for hash in hashes.into_iter().flatten() {
            hash.update(bytes.len().to_le_bytes());
            hash.update([u8::from(is_restricted)]);
            hash.update(bytes);
        }
    }
}

/// What tells that a file is no longer what it was.
#[derive(PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl<'a> Files<'a> {
    pub fn new(folder: &'a Folder) -> Self {
        Self { folder, hashes: Hashes::default(), read: Vec::new() }
    }

    /// The TOML files at the top of the folder.
    pub fn toml_files(&self) -> Vec<String> {
        self.folder.toml_files()
    }

    /// Reads a file whose content is an answer as it stands; `name` is relative,
    /// with `/` between its parts.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn read(&mut self, name: &str) -> std::io::Result<Cow<'static, [u8]>> {
        self.read_for(name, false)
    }

    /// Reads a file that may be [restricted](crate::atlas::LayerInfo::is_restricted).
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn read_for(
        &mut self,
        name: &str,
        is_restricted: bool,
    ) -> std::io::Result<Cow<'static, [u8]>> {
        let bytes = self.read_text(name)?;
        self.hashes.add(name.as_bytes(), is_restricted);
        self.hashes.add(&bytes, is_restricted);
        Ok(bytes)
    }

    /// Reads a file of which a part may be restricted; what is made of it is to be
    /// [noted](Self::note).
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn read_text(&mut self, name: &str) -> std::io::Result<Cow<'static, [u8]>> {
        self.read.push((name.to_owned(), self.folder.stamp(name)));
        self.folder.read(name)
    }

    /// Takes note of what was made of a part of a file. Its type must show all that
    /// an answer may depend on.
    pub fn note(&mut self, made: &impl Debug, is_restricted: bool) {
        let shown = format!("{}{made:?}", std::any::type_name_of_val(made));
        self.hashes.add(shown.as_bytes(), is_restricted);
    }

    /// The files that were read, or looked for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.read.iter().map(|(name, _)| name.as_str())
    }

    /// The files that are no longer what they were when they were read, or are there by now: what was
    /// read of them, or of them and others together, never stood in the folder.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let is_changed =
            |(name, stamp): &&(String, Option<Stamp>)| self.folder.stamp(name) != *stamp;
        self.read.iter().filter(is_changed).map(|(name, _)| name.as_str())
    }

    /// The hash of all that was read, as the version of a snapshot, and that of the
    /// public's part of it.
    pub fn versions(&self) -> Versions {
        let text = |hash: &Sha256| hexadecimal(&hash.clone().finalize()[..8]);
        Versions { whole: text(&self.hashes.whole), public: text(&self.hashes.public) }
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The versions of what a folder holds.
pub(super) struct Versions {
    pub whole: String,
    pub public: String,
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
        assert!(files.read("d.toml").is_err());
        assert_eq!(files.changed().count(), 0);
        std::fs::write(dir.path().join("b.toml"), "x = 12").unwrap();
        std::fs::write(dir.path().join("d.toml"), "x = 1").unwrap();
        std::fs::remove_file(dir.path().join("c.toml")).unwrap();
        assert_eq!(files.changed().collect::<Vec<_>>(), ["b.toml", "c.toml", "d.toml"]);
    }
}
