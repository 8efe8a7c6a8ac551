//! How much work a request may be, before it is done.

use super::params::Params;

/// Work that is done on a thread of its own, by so many of a kind at once. Kinds wait
/// apart, so that none starves another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Asks something of each feature: a filter, an order, a question about a place.
    Question,
    /// A page for people, a page of a large layer, a list of the ledger.
    Document,
    /// Draws a tile.
    Tile,
    /// Writes for as long as it is read: a file, a large page of features. No request
    /// is weighed as that: an answer shows it.
    Download,
}

/// Parameters of items that narrow without going over more than the rows of a layer.
const PLAIN: [&str; 10] = [
    "bbox",
    "crs",
    "cursor",
    "datetime",
    "f",
    "known-at",
    "limit",
    "offset",
    "properties",
    "skipGeometry",
];

const ITEMS: &str = "/collections/{collection}/items";

/// Routes whose answers are as long as the atlas is large.
const LONG: [&str; 5] = ["/api", "/sources", "/actors", "/indicators", "/contradictions"];

/// The rows that are gone over at once, where the request arrives: that takes a
/// millisecond, and another thread would take a tenth of one to begin.
const FEW_ROWS: usize = 20_000;

impl Weight {
    /// Every weight.
    pub const ALL: [Self; 4] = [Self::Question, Self::Document, Self::Tile, Self::Download];

    /// What several of it are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "questions",
            Self::Document => "documents",
            Self::Tile => "tiles",
            Self::Download => "downloads",
        }
    }

    /// The weight of a request to a route; `None` where it is answered at once,
    /// whatever is served. `rows` is how many the collection has that the route names.
    #[must_use]
    pub fn of(route: &str, params: &Params, is_page: bool, rows: usize) -> Option<Self> {
        match route {
            "/near" | "/places" | "/timeline" | "/collections/{collection}/items/{id}/timeline" => {
                return Some(Self::Question);
            }
            ITEMS if !is_plain(params) => return Some(Self::Question),
            super::package::PATH => return Some(Self::Question),
            _ if route.ends_with("/{tileCol}") => return Some(Self::Tile),
            _ => {}
        }
        let is_long = LONG.contains(&route) || route == ITEMS && rows > FEW_ROWS;
        (is_page || is_long).then_some(Self::Document)
    }
}

fn is_plain(params: &Params) -> bool {
    // A window by its name is looked for among all names.
    let is_named = |window: &str| window.contains(char::is_alphabetic);
    params.names().all(|name| PLAIN.contains(&name)) && !params.peek("bbox").is_some_and(is_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_follow_from_what_is_asked() {
        let of = |query: &str, rows| {
            let params = Params::parse(query).unwrap();
            Weight::of(ITEMS, &params, params.peek("f") == Some("html"), rows)
        };
        for (query, weight) in [
            ("", None),
            ("bbox=70,39,72,41&limit=10&datetime=2005-01-01", None),
            ("limit=200", None),
            // What is found at once is written for as long as it is read: `admit`.
            ("limit=10000", None),
            ("f=csv", None),
            ("f=html&offset=40", Some(Weight::Document)),
            ("filter=a%3D1&f=gpkg", Some(Weight::Question)),
            ("filter=a%3D1", Some(Weight::Question)),
            ("status=mined", Some(Weight::Question)),
            ("near=Osh", Some(Weight::Question)),
            ("bbox=Osh", Some(Weight::Question)),
            ("sortby=name", Some(Weight::Question)),
            ("bbox-crs=EPSG:32642&bbox=1,2,3,4", Some(Weight::Question)),
            // No way round by another spelling, and no other weight for it.
            ("%66ilter=a%3D1", Some(Weight::Question)),
            ("%66=csv", None),
            ("l%69mit=1%30000", None),
        ] {
            assert_eq!(of(query, FEW_ROWS), weight, "{query}");
        }
        assert_eq!(of("limit=1", FEW_ROWS + 1), Some(Weight::Document), "it goes over them");
        let none = Params::none();
        for (route, weight) in [
            ("/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", Some(Weight::Tile)),
            ("/collections/{collection}/items/{id}", None),
            ("/near", Some(Weight::Question)),
            ("/atlas.gpkg", Some(Weight::Question)),
            ("/api", Some(Weight::Document)),
            ("/contradictions", Some(Weight::Document)),
            ("/collections", None),
        ] {
            assert_eq!(Weight::of(route, &none, false, 0), weight, "{route}");
        }
        assert_eq!(Weight::of("/collections", &none, true, 0), Some(Weight::Document));
        assert_eq!(Weight::of("/near", &none, true, 0), Some(Weight::Question));
    }
}
