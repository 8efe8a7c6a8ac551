//! Dates as sources give them, and the values of parameters.
#![no_main]

use demarc::atlas::EdtfDate;
use demarc::query::values;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(date) = EdtfDate::parse(text) {
        assert_eq!(date.text(), text);
        assert!(!date.period().is_reversed());
    }
    if let Ok(period) = values::datetime(text) {
        assert!(!period.is_reversed());
    }
    if let Ok(bbox) = values::bbox(text) {
        assert!(bbox.south <= bbox.north && bbox.west.is_finite() && bbox.east.is_finite());
    }
    if let Ok(radius) = values::radius(text) {
        assert!(radius > 0. && radius.is_finite());
    }
    let _ = (values::day(text), values::position(text));
});
