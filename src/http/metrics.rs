//! What is counted, for `/metrics`. Labels are bounded: routes as they are
//! written, never an address or the name of a layer.

use std::fmt::{self, Write as _};
use std::time::Duration;

use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::app::Outcome;
use super::weigh::Weight;

/// The media type of `/metrics`.
pub const PROMETHEUS: &str = CONTENT_TYPE;

/// Bounds of the times that requests take, seconds.
const TIMES: [f64; 11] = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1., 5., 10., 60.];

/// Whether a tile that was asked for was kept.
const SOUGHT: [&str; 2] = ["hit", "miss"];

/// What may come of another certificate.
const RENEWALS: [&str; 2] = ["shown", "failed"];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Kind {
    kind: Weight,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Reloaded {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Sought {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Renewed {
    outcome: &'static str,
}

impl EncodeLabelValue for Weight {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
        encoder.write_str(self.name())
    }
}

/// All counters of a server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    in_flight: Family<Kind, Gauge>,
    shed: Family<Kind, Counter>,
    stopped: Family<Kind, Counter>,
    limited: Counter,
    reloads: Family<Reloaded, Counter>,
    loaded: Gauge,
    features: Gauge,
    connections: Gauge,
    refused: Counter,
    unread: Counter,
    tiles: Family<Sought, Counter>,
    renewals: Family<Renewed, Counter>,
}

impl Metrics {
    /// Counters at nought.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("demarc");
        let seconds = Family::new_with_constructor((|| Histogram::new(TIMES)) as fn() -> Histogram);
        let (requests, in_flight, shed, stopped) =
            (Family::default(), Family::default(), Family::default(), Family::default());
        let (limited, refused, unread) =
            (Counter::default(), Counter::default(), Counter::default());
        let (reloads, renewals, tiles) =
            (Family::default(), Family::default(), Family::<Sought, Counter>::default());
        let (loaded, features, connections) =
            (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register(
            "build",
            "The version that runs",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        registry.register("requests", "Requests answered, by route and status", requests.clone());
        registry.register_with_unit(
            "request_duration",
            "Time until an answer begins, by route",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register("in_flight", "Requests under way, by kind", in_flight.clone());
        registry.register("shed", "Requests refused since too many were under way", shed.clone());
        registry.register(
            "stopped",
            "Answers broken off since they took too long",
            stopped.clone(),
        );
        registry.register(
            "rate_limited",
            "Requests refused since one client asked too often",
            limited.clone(),
        );
        registry.register(
            "reloads",
            "Times the folder was read again, by outcome",
            reloads.clone(),
        );
        registry.register_with_unit(
            "snapshot_loaded_timestamp",
            "When the snapshot that is served was loaded, Unix time",
            Unit::Seconds,
            loaded.clone(),
        );
        registry.register(
            "snapshot_features",
            "Features of the snapshot that is served",
            features.clone(),
        );
        registry.register("connections", "Connections open", connections.clone());
        registry.register(
            "connections_refused",
            "Connections refused since one client had too many",
            refused.clone(),
        );
        registry.register(
            "unread",
            "Answers withheld since too many others were not read",
            unread.clone(),
        );
        registry.register("tile_cache", "Tiles sought among those kept, by outcome", tiles.clone());
        registry.register(
            "certificate_renewals",
            "Times another certificate was found, by outcome",
            renewals.clone(),
        );
        // Those that are watched for are there before they happen.
        for outcome in Outcome::WORDS {
            let _ = reloads.get_or_create(&Reloaded { outcome });
        }
        for outcome in SOUGHT {
            let _ = tiles.get_or_create(&Sought { outcome });
        }
        for outcome in RENEWALS {
            let _ = renewals.get_or_create(&Renewed { outcome });
        }
        for kind in Weight::ALL {
            let _ = (shed.get_or_create(&Kind { kind }), in_flight.get_or_create(&Kind { kind }));
            let _ = stopped.get_or_create(&Kind { kind });
        }
        Self {
            registry,
            requests,
            seconds,
            in_flight,
            shed,
            stopped,
            limited,
            reloads,
            loaded,
            features,
            connections,
            refused,
            unread,
            tiles,
            renewals,
        }
    }

    /// A request was answered.
    pub fn answered(&self, route: &'static str, status: u16, after: Duration) {
        self.requests.get_or_create(&Answered { route, status }).inc();
        self.seconds.get_or_create(&Route { route }).observe(after.as_secs_f64());
    }

    /// A request was let in; it is out when the guard is dropped.
    #[must_use]
    pub fn entered(&self, kind: Weight) -> Counted {
        Counted::new(self.in_flight.get_or_create_owned(&Kind { kind }))
    }

    /// How many of a kind are under way.
    pub fn under_way(&self, kind: Weight) -> i64 {
        self.in_flight.get_or_create(&Kind { kind }).get()
    }

    /// A connection was opened; it is closed when the guard is dropped.
    #[must_use]
    pub fn connected(&self) -> Counted {
        Counted::new(self.connections.clone())
    }

    /// A request found no room.
    pub fn shed(&self, kind: Weight) {
        self.shed.get_or_create(&Kind { kind }).inc();
    }

    /// A tile was sought among those that are kept.
    pub fn sought(&self, is_kept: bool) {
        let [hit, miss] = SOUGHT;
        let outcome = if is_kept { hit } else { miss };
        self.tiles.get_or_create(&Sought { outcome }).inc();
    }

    /// An answer took too long.
    pub fn stopped(&self, kind: Weight) {
        self.stopped.get_or_create(&Kind { kind }).inc();
    }

    /// A client asked too often.
    pub fn limited(&self) {
        self.limited.inc();
    }

    /// The folder was read again.
    pub fn reloaded(&self, outcome: &Outcome) {
        self.reloads.get_or_create(&Reloaded { outcome: outcome.word() }).inc();
    }

    /// Another snapshot is served, of so many features, since a moment in Unix time.
    pub fn loaded(&self, at: i64, features: usize) {
        self.loaded.set(at);
        self.features.set(i64::try_from(features).unwrap_or(i64::MAX));
    }

    /// A client had too many connections for one more.
    pub fn refused(&self) {
        self.refused.inc();
    }

    /// Too much was not read for an answer more.
    pub fn unread(&self) {
        self.unread.inc();
    }

    /// Another certificate was found, and is shown or not.
    pub fn renewed(&self, is_shown: bool) {
        let [shown, failed] = RENEWALS;
        let outcome = if is_shown { shown } else { failed };
        self.renewals.get_or_create(&Renewed { outcome }).inc();
    }

    /// All counters, as Prometheus reads them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Something that is there as long as this is.
pub struct Counted(Gauge);

impl Counted {
    fn new(gauge: Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
