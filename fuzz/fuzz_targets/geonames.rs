//! Dumps of GeoNames, and the gazetteer that is made of them.
#![no_main]

use demarc::load::gazetteer::Table;
use demarc::load::geonames;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let dump = geonames::read("KG.txt", bytes, true);
    assert!(dump.malformed.iter().all(|fault| fault.line.is_some()));
    let _ = Table::read(bytes, &mut Vec::new());
});
