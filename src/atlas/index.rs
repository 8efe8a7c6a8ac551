//! Which features may lie where: an R-tree over envelopes.

use geo::Rect;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// An R-tree over the envelopes of a layer's features, bulk loaded.
#[derive(Debug)]
pub struct SpatialIndex {
    tree: RTree<Entry>,
}

impl SpatialIndex {
    /// Builds the index; rows without an envelope are in no window.
    #[must_use]
    pub fn build(envelopes: &[Option<Rect<f64>>]) -> Self {
        let entries = (0u32..)
            .zip(envelopes)
            .filter_map(|(row, envelope)| {
                let envelope = (*envelope)?;
                let corners = Rectangle::from_corners(envelope.min().into(), envelope.max().into());
                Some(Entry::new(corners, row))
            })
            .collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// The rows whose envelope touches the window (degrees), each with whether
    /// the window holds its envelope whole. In no particular order.
    pub fn touching(&self, window: Rect<f64>) -> impl Iterator<Item = (u32, bool)> + '_ {
        let window = AABB::from_corners(window.min().into(), window.max().into());
        self.tree.locate_in_envelope_intersecting(&window).map(move |entry| {
            let geometry = entry.geom();
            let whole = rstar::Envelope::contains_envelope(
                &window,
                &AABB::from_corners(geometry.lower(), geometry.upper()),
            );
            (entry.data, whole)
        })
    }
}
