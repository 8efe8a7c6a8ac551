//! GeoJSON as the file of a layer of which little is asked, and of one of which
//! much is.
#![no_main]

#[path = "../../tests/common/folder.rs"]
#[allow(dead_code)]
mod folder;

use std::sync::LazyLock;

use demarc::load::{Folder, load};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

static DIR: LazyLock<TempDir> = LazyLock::new(folder::small);

fuzz_target!(|bytes: &[u8]| {
    for name in ["lakes.geojson", "areas.geojson", "walks.geojsonl"] {
        let file = DIR.path().join(name);
        let before = std::fs::read(&file).expect("it is there");
        std::fs::write(&file, bytes).expect("it can be written");
        if let Err(faults) = load(&Folder::Dir(DIR.path().to_owned())) {
            assert!(faults.list.iter().all(|fault| !fault.remedy.is_empty()));
        }
        std::fs::write(&file, before).expect("it can be written");
    }
});
