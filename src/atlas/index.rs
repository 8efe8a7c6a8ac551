//! Which features may lie where: a packed R-tree over envelopes.
//!
//! Its leaves stand in the order of a Hilbert curve, so that what is near on the
//! ground is near in memory, and each node above is of so many that follow one
//! another (Kamel and Faloutsos, "On packing R-trees", 1993). What lies under a node
//! is one run of rows: where a question holds all of a node, the run is taken or
//! counted as it stands.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use geo::Rect;

use super::envelope::{Envelope, Lying};

/// Children of a node.
const FANOUT: usize = 16;

/// Steps of the curve along each axis, in powers of two.
const CURVE_ORDER: u8 = 16;

/// What a search comes upon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'a> {
    /// Rows whose envelopes lie inside of what is sought.
    Inside(&'a [u32]),
    /// A row whose envelope lies across its edge, and that envelope, whose edges lie within
    /// [`ROUNDED`](super::envelope::ROUNDED) outside of its own.
    Across(&'a u32, Envelope),
}

/// Which rows of a window are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAt {
    All,
    /// Those across its edge.
    Rim,
}

/// A packed R-tree over the envelopes of a layer's features.
#[derive(Debug)]
pub struct SpatialIndex {
    /// In the order of the curve.
    rows: Vec<u32>,
    is_in_order: bool,
    /// The nodes just above the rows, then those of each level above.
    nodes: Vec<Node>,
    /// Where among them each level begins, and the end.
    levels: Vec<usize>,
}

/// The envelopes of a node's children, side by side, so that a processor compares some of
/// them at once, and goes on without waiting for what comes of each: the search for a
/// circle takes 22 µs for 37. Where there are fewer children the rest is empty.
///
/// Edges are rounded outward to half of their digits, so that a node is four lines of memory
/// and not eight.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Node {
    west: [f32; FANOUT],
    south: [f32; FANOUT],
    east: [f32; FANOUT],
    north: [f32; FANOUT],
}

#[allow(clippy::cast_possible_truncation)] // What it loses is given back.
fn rounded_down(edge: f64) -> f32 {
    let near = edge as f32;
    if f64::from(near) > edge { near.next_down() } else { near }
}

fn rounded_up(edge: f64) -> f32 {
    -rounded_down(-edge)
}

impl Node {
    fn of(children: &[Envelope]) -> Self {
        let of = |edge: fn(&Envelope) -> f32| {
            std::array::from_fn(|child| edge(children.get(child).unwrap_or(&Envelope::EMPTY)))
        };
        Self {
            west: of(|one| rounded_down(one.west)),
            south: of(|one| rounded_down(one.south)),
            east: of(|one| rounded_up(one.east)),
            north: of(|one| rounded_up(one.north)),
        }
    }

    fn child(&self, child: usize) -> Envelope {
        Envelope {
            west: self.west[child].into(),
            south: self.south[child].into(),
            east: self.east[child].into(),
            north: self.north[child].into(),
        }
    }

    /// Which of so many children lie inside of what is sought, and which across its edge:
    /// a bit for each, the first the lowest.
    fn lie(&self, many: usize, lies: &impl Fn(&Envelope) -> Lying) -> (u32, u32) {
        let (mut least, mut most) = ([0.; FANOUT], [0.; FANOUT]);
        for child in 0..FANOUT {
            let lies = lies(&self.child(child));
            (least[child], most[child]) = (lies.least, lies.most);
        }
        let (mut outside, mut inside) = (0, 0);
        for child in 0..FANOUT {
            outside |= u32::from(least[child] > 0.) << child;
            inside |= u32::from(most[child] <= 0.) << child;
        }
        let all = (1 << many) - 1;
        (inside & !outside & all, !inside & !outside & all)
    }
}

impl SpatialIndex {
    /// Builds the index; rows without an envelope are not in it.
    #[must_use]
    pub fn build(all: &[Option<Rect<f64>>]) -> Self {
        Self::packed(in_order(all), all)
    }

    /// The same of rows whose [order](in_order) is known.
    #[must_use]
    pub fn packed(mut rows: Vec<u32>, all: &[Option<Rect<f64>>]) -> Self {
        rows.retain(|row| all[*row as usize].is_some());
        let mut nodes = Vec::with_capacity(rows.len() / (FANOUT - 1) + 8);
        let mut levels = vec![0];
        let mut last: Vec<Envelope> =
            rows.iter().filter_map(|row| all[*row as usize]).map(Envelope::from).collect();
        while !last.is_empty() {
            nodes.extend(last.chunks(FANOUT).map(Node::of));
            levels.push(nodes.len());
            // One node is above all others.
            let above = if last.len() > FANOUT { last.as_slice() } else { &[] };
            last = above.chunks(FANOUT).map(Envelope::around).collect();
        }
        Self { is_in_order: rows.is_sorted(), rows, nodes, levels }
    }

    /// Whether the order of the curve is that of the rows: the layer was put into it.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.is_in_order
    }

    /// Goes through all that is sought: `lies` says how an envelope lies to it. An
    /// envelope within another must lie as that does, where that is not across.
    /// In the order of the curve.
    pub fn search<'a>(
        &'a self,
        lies: &impl Fn(&Envelope) -> Lying,
        found: &mut impl FnMut(Found<'a>),
    ) {
        if let Some(top) = self.top() {
            self.descend(top, 0, lies, found);
        }
    }

    /// The level of the one node above all others, where there is one.
    fn top(&self) -> Option<usize> {
        self.levels.len().checked_sub(2).filter(|_| !self.rows.is_empty())
    }

    /// How many rows of a window are to be looked at, at the most: all that may share a point
    /// with it, or those alone across its edge, where the others are counted as they stand. It
    /// is looked into no closer than it takes to see that they are no more than a `few`, and
    /// what lies just above the rows and across an edge of the window counts whole: that
    /// spares nearly all of a [search](Self::search).
    #[must_use]
    pub fn at_most(&self, window: Rect<f64>, looked_at: LookedAt, few: usize) -> usize {
        let window = window.into();
        let mut most = self.rows.len();
        for floor in (1..=self.top().unwrap_or_default()).rev() {
            if most <= few {
                break;
            }
            most = self.at_most_under(floor, self.levels.len() - 2, 0, &window, looked_at);
        }
        most
    }

    /// The same under a node. What lies across, under a node of the level `floor`, counts
    /// whole.
    fn at_most_under(
        &self,
        floor: usize,
        level: usize,
        place: usize,
        window: &Envelope,
        looked_at: LookedAt,
    ) -> usize {
        let (inside, across) = self.lie(level, place, &|one| one.lies_to(window));
        let inside = if looked_at == LookedAt::All { inside } else { 0 };
        let whole = if level == floor { inside | across } else { inside };
        let whole = runs(whole).map(|run| self.under(level, place, run).len()).sum::<usize>();
        let open = if level == floor { 0 } else { across };
        let below =
            |child| self.at_most_under(floor, level - 1, place * FANOUT + child, window, looked_at);
        whole + runs(open).flatten().map(below).sum::<usize>()
    }

    fn descend<'a>(
        &'a self,
        level: usize,
        place: usize,
        lies: &impl Fn(&Envelope) -> Lying,
        found: &mut impl FnMut(Found<'a>),
    ) {
        let (inside, across) = self.lie(level, place, lies);
        let mut left = inside | across;
        while left != 0 {
            let first = left.trailing_zeros();
            let many = (inside >> first).trailing_ones();
            left &= u32::MAX << (first + many.max(1));
            let child = first as usize;
            let below = place * FANOUT + child;
            if many > 0 {
                let run = self.under(level, place, child..child + many as usize);
                found(Found::Inside(&self.rows[run]));
            } else if level > 0 {
                self.descend(level - 1, below, lies, found);
            } else {
                let envelope = self.nodes[place].child(child);
                found(Found::Across(&self.rows[below], envelope));
            }
        }
    }

    /// Which children of a node lie inside of what is sought, and which across its edge.
    fn lie(&self, level: usize, place: usize, lies: &impl Fn(&Envelope) -> Lying) -> (u32, u32) {
        let node = &self.nodes[self.levels[level] + place];
        node.lie(self.children(level, place), lies)
    }

    /// How many children a node has.
    fn children(&self, level: usize, place: usize) -> usize {
        let below = match level.checked_sub(1) {
            Some(below) => self.levels[level] - self.levels[below],
            None => self.rows.len(),
        };
        FANOUT.min(below - place * FANOUT)
    }

    /// The places of all rows under some children of a node.
    fn under(&self, level: usize, place: usize, children: Range<usize>) -> Range<usize> {
        let first = place * FANOUT;
        let mut under = first + children.start..first + children.end;
        for _ in 0..level {
            under = under.start * FANOUT..under.end * FANOUT;
        }
        under.start..under.end.min(self.rows.len())
    }

    /// The rows by what `least` says of their envelopes, least first: the distance,
    /// say, that nothing in an envelope undercuts. Of an envelope within another it
    /// must not say less.
    pub fn by<L: Fn(&Envelope) -> f64>(&self, least: L) -> impl Iterator<Item = (f64, u32)> {
        let mut ahead = BinaryHeap::new();
        ahead.extend(self.top().map(|top| Reverse(Ahead { least: 0., level: top + 1, place: 0 })));
        std::iter::from_fn(move || {
            loop {
                let Reverse(next) = ahead.pop()?;
                let Some(level) = next.level.checked_sub(1) else {
                    return Some((next.least, self.rows[next.place]));
                };
                let node = &self.nodes[self.levels[level] + next.place];
                ahead.extend((0..self.children(level, next.place)).map(|child| {
                    let least = least(&node.child(child));
                    Reverse(Ahead { least, level, place: next.place * FANOUT + child })
                }));
            }
        })
    }
}

/// The runs of bits that are set, lowest first.
fn runs(mut bits: u32) -> impl Iterator<Item = Range<usize>> {
    std::iter::from_fn(move || {
        let start = bits.trailing_zeros();
        let many = bits.checked_shr(start)?.trailing_ones();
        bits &= bits.wrapping_add(1 << start);
        Some(start as usize..(start + many) as usize)
    })
}

/// A node or a row that is still to be looked at.
#[derive(Clone, Copy)]
struct Ahead {
    least: f64,
    /// Nothing for a row.
    level: usize,
    place: usize,
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> Ordering {
        self.least.total_cmp(&other.least)
    }
}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ahead {}

/// The rows in the order of the curve, those without an envelope last.
#[must_use]
pub fn in_order(all: &[Option<Rect<f64>>]) -> Vec<u32> {
    let located: Vec<Envelope> = all.iter().flatten().map(|rect| (*rect).into()).collect();
    let whole = Envelope::around(&located);
    let place = |rect: Option<Rect<f64>>| rect.map_or(u32::MAX, |rect| place(&rect.into(), &whole));
    let mut order: Vec<(bool, u32, u32)> =
        (0u32..).zip(all).map(|(row, rect)| (rect.is_none(), place(*rect), row)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, row)| row).collect()
}

/// Where on the curve the middle of an envelope lies.
fn place(one: &Envelope, whole: &Envelope) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 0 to the last step.
    let step = |low: f64, high: f64, least: f64, most: f64| {
        let part = (f64::midpoint(low, high) - least) / (most - least);
        // Where all lie at one place, that is neither.
        (part.clamp(0., 1.) * f64::from(u16::MAX)) as u16
    };
    let x = step(one.west, one.east, whole.west, whole.east);
    let y = step(one.south, one.north, whole.south, whole.north);
    fast_hilbert::xy2h(x, y, CURVE_ORDER)
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use geo::Coord;

    use super::*;
    use crate::atlas::envelope::Lies;

    /// A grid of small squares, and some rows that lie nowhere.
    fn squares(side: u32) -> Vec<Option<Rect<f64>>> {
        let squares = (0..side * side).map(|number| {
            let (x, y) = (f64::from(number % side), f64::from(number / side));
            (number % 7 != 3).then(|| Rect::new((x, y), (x + 0.5, y + 0.5)))
        });
        squares.collect()
    }

    #[test]
    fn a_search_finds_each_row_once_and_says_what_lies_inside() {
        for side in [0, 1, 3, 4, 5, 17, 40] {
            let squares = squares(side);
            let index = SpatialIndex::build(&squares);
            for window in
                [[-1., -1., 99., 99.], [0.2, 0.7, 11., 8.], [5., 5., 5., 5.], [9., 9., 8.9, 9.]]
            {
                let [west, south, east, north] = window;
                let window = Envelope { west, south, east, north };
                let (mut inside, mut across, mut all) = (Vec::new(), Vec::new(), Vec::new());
                index.search(&|one: &Envelope| one.lies_to(&window), &mut |found| match found {
                    Found::Inside(rows) => {
                        inside.extend_from_slice(rows);
                        all.extend_from_slice(rows);
                    }
                    Found::Across(row, _) => {
                        across.push(*row);
                        all.push(*row);
                    }
                });
                let place = |row: &u32| index.rows.iter().position(|other| other == row);
                assert!(all.is_sorted_by_key(place), "not in the order of the curve");
                let meant = |lies| -> Vec<u32> {
                    let of = |square: &Option<Rect<f64>>| {
                        square.map(|rect| Lies::from(Envelope::from(rect).lies_to(&window)))
                    };
                    (0u32..)
                        .zip(&squares)
                        .filter(|(_, square)| of(square) == Some(lies))
                        .map(|(row, _)| row)
                        .collect()
                };
                let rect = || Rect::new((west, south), (east, north));
                if west <= east && south <= north {
                    let all = |few| index.at_most(rect(), LookedAt::All, few);
                    let (found, most) = (inside.len() + across.len(), all(0));
                    let rim = index.at_most(rect(), LookedAt::Rim, 0);
                    assert!(across.len() <= rim && rim <= most);
                    assert!(found <= most && most <= found + 4 * FANOUT * (1 + across.len()));
                    for few in [most / 2, most, 2 * most, 9_999] {
                        let as_few = all(few);
                        assert!(most <= as_few && (as_few <= few || as_few == most));
                    }
                }
                inside.sort_unstable();
                across.sort_unstable();
                assert_eq!((inside, across), (meant(Lies::Inside), meant(Lies::Across)));
            }
        }
    }

    #[test]
    fn what_is_rounded_says_nothing_that_is_not_so() {
        let mut dice = Rng::with_seed(3);
        let (mut inside, mut sides) = (0, 0);
        for _ in 0..300 {
            let middle = (dice.f64() * 358. - 179., dice.f64() * 178. - 89.);
            let mut near = |size: f64| {
                let mut from = |at: f64| at + dice.f64() * 2e-4;
                let (x, y) = (from(middle.0), from(middle.1));
                Rect::new((x, y), (x + dice.f64() * size, y + dice.f64() * size))
            };
            let squares: Vec<_> = (0..40).map(|_| Some(near(1e-4))).collect();
            let index = SpatialIndex::build(&squares);
            let window = Envelope::from(near(2e-4));
            let exact = |row: u32| squares[row as usize].map(Envelope::from).unwrap();
            let mut found = Vec::new();
            index.search(&|one: &Envelope| one.lies_to(&window), &mut |of| match of {
                Found::Inside(rows) => {
                    for row in rows {
                        assert_eq!(Lies::from(exact(*row).lies_to(&window)), Lies::Inside);
                    }
                    inside += rows.len();
                    found.extend_from_slice(rows);
                }
                Found::Across(row, envelope) => {
                    let Envelope { west, south, east, north } = exact(*row);
                    let holds = |(x, y)| window.holds(Coord { x, y });
                    let [sw, se, ne, nw] =
                        [(west, south), (east, south), (east, north), (west, north)].map(holds);
                    if envelope.has_a_side_in(&window) {
                        sides += 1;
                        let is_side = (sw || ne) && (se || nw);
                        assert!(is_side, "{envelope:?} {window:?}");
                    }
                    found.push(*row);
                }
            });
            for (row, _) in (0u32..).zip(&squares) {
                let is_outside = Lies::from(exact(row).lies_to(&window)) == Lies::Outside;
                assert!(is_outside || found.contains(&row));
            }
        }
        assert!(inside > 100 && sides > 100, "{inside} {sides}");
    }

    #[test]
    fn rows_come_by_what_is_said_of_them() {
        for side in [0, 1, 6, 33] {
            let squares = squares(side);
            let index = SpatialIndex::build(&squares);
            let order: Vec<(f64, u32)> =
                index.by(|one| (one.west - 4.).max(0.) + one.south).collect();
            assert_eq!(order.len(), squares.iter().flatten().count());
            assert!(order.is_sorted_by(|a, b| a.0 <= b.0));
            for (least, row) in order {
                let Some(square) = squares[row as usize] else { panic!("{row} lies nowhere") };
                assert!(((square.min().x - 4.).max(0.) + square.min().y - least).abs() < 1e-12);
            }
        }
    }
}
