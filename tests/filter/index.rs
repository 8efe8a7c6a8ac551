//! The index proposes rows and decides nothing: a filter with boxes matches what
//! a look at every row finds.

use std::fmt::Write as _;

use demarc::atlas::{Atlas, Period};
use demarc::query::{Query, When, run};
use fastrand::Rng;
use geo::{Intersects, Rect};

use crate::rows;

/// A box in tenths of degrees: west, south, east, north; west > east goes over
/// the antimeridian.
#[derive(Clone, Copy, Debug)]
struct Window([i32; 4]);

impl Window {
    fn any(dice: &mut Rng) -> Self {
        let south = dice.i32(-900..900);
        let north = (south + dice.i32(1..300)).min(900);
        let (west, width) = (dice.i32(-1800..1800), dice.i32(1..900));
        let east = if west + width > 1800 { west + width - 3600 } else { west + width };
        Self([west, south, east, north])
    }

    fn text(self) -> String {
        self.0.map(|tenths| format!("{}", f64::from(tenths) / 10.)).join(", ")
    }

    fn rects(self) -> Vec<Rect<f64>> {
        let [west, south, east, north] = self.0.map(|tenths| f64::from(tenths) / 10.);
        let rect = |west: f64, east: f64| Rect::new((west, south), (east, north));
        if west <= east {
            vec![rect(west, east)]
        } else {
            vec![rect(west, 180.), rect(-180., east)]
        }
    }
}

/// Points, lines, polygons and rows without geometry.
fn random_rows(dice: &mut Rng, count: usize) -> String {
    let mut text = String::new();
    for row in 0..count {
        let (west, south) = (dice.i32(-179..179), dice.i32(-89..89));
        let east = (west + dice.i32(1..30)).min(180);
        let north = (south + dice.i32(1..20)).min(90);
        let geometry = match dice.u8(..10) {
            0 => "null".to_owned(),
            1..=4 => format!(r#"{{"type":"Point","coordinates":[{west},{south}]}}"#),
            5..=6 => format!(
                r#"{{"type":"LineString","coordinates":[[{west},{south}],[{east},{north}]]}}"#
            ),
            _ => format!(
                r#"{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{west},{north}],[{west},{south}]]]}}"#
            ),
        };
        let n = dice.u8(..4);
        let _ = writeln!(
            text,
            "{{\"type\":\"Feature\",\"id\":\"{row},\",\"geometry\":{geometry},\"properties\":{{\"n\":{n}}}}}"
        );
    }
    text
}

/// What a look at every row finds, with the row's `n`.
fn looked_up(atlas: &Atlas, holds: impl Fn(&dyn Fn(Window) -> bool, u64) -> bool) -> String {
    let layer = atlas.layer("rows").unwrap();
    let mut found = String::new();
    for feature in &layer.features {
        let meets = |window: Window| {
            let geometry = feature.geometry.as_ref();
            geometry.is_some_and(|g| window.rects().iter().any(|rect| g.intersects(rect)))
        };
        let n = layer.properties(feature)["n"].as_u64().unwrap();
        if holds(&meets, n) {
            found += &feature.id;
        }
    }
    found
}

#[test]
fn boxes_in_filters_match_what_a_look_at_every_row_finds() {
    let mut dice = Rng::with_seed(20_260_101);
    let dir = rows::folder_of(&random_rows(&mut dice, 600));
    let atlas = rows::atlas(&dir);
    let layer = atlas.layer("rows").unwrap();
    let mut found_some = 0;
    for _ in 0..400 {
        let (one, two) = (Window::any(&mut dice), Window::any(&mut dice));
        let n = u64::from(dice.u8(..4));
        let meets = |window: Window| format!("S_INTERSECTS(geometry, BBOX({}))", window.text());
        let check = |text: &str, wanted: &str| {
            assert_eq!(rows::ask(&atlas, text).as_deref(), Ok(wanted), "{text}");
        };

        let plain = looked_up(&atlas, |meets, _| meets(one));
        check(&meets(one), &plain);
        found_some += usize::from(!plain.is_empty());
        // As `bbox` has it.
        let bbox = demarc::query::values::bbox(&one.text().replace(' ', "")).unwrap();
        let when = When::During(Period::ALWAYS);
        let query = Query { bbox: Some(bbox), when, ..Query::default() };
        let page = run(&atlas, layer, &query, "2026-01-01".parse().unwrap()).unwrap();
        let by_bbox: String = page.hits.iter().map(|hit| &*layer.feature(hit.row).id).collect();
        assert_eq!(by_bbox, plain, "bbox={}", one.text());

        let both = looked_up(&atlas, |meets, _| meets(one) && meets(two));
        check(&format!("{} AND {}", meets(one), meets(two)), &both);
        let either = looked_up(&atlas, |meets, _| meets(one) || meets(two));
        check(&format!("{} OR {}", meets(one), meets(two)), &either);
        let or_n = looked_up(&atlas, |meets, own| meets(one) || own == n);
        check(&format!("{} OR n = {n}", meets(one)), &or_n);
        let and_n = looked_up(&atlas, |meets, own| meets(one) && own == n);
        check(&format!("n = {n} AND {}", meets(one)), &and_n);
        let mixed = looked_up(&atlas, |meets, own| (meets(one) || own == n) && meets(two));
        check(&format!("({} OR n = {n}) AND {}", meets(one), meets(two)), &mixed);
        // Denied, or of the contrary: rows without geometry are neither.
        let located = |meets: &dyn Fn(Window) -> bool| meets(Window([-1800, -900, 1800, 900]));
        let not = looked_up(&atlas, |meets, _| located(meets) && !meets(one));
        check(&format!("NOT {}", meets(one)), &not);
        check(&meets(one).replace("S_INTERSECTS", "S_DISJOINT"), &not);
        let without = looked_up(&atlas, |meets, _| meets(two) && !meets(one));
        check(&format!("NOT {} AND {}", meets(one), meets(two)), &without);
    }
    assert!(found_some > 200, "{found_some}");
}
