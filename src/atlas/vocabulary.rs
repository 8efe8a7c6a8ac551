//! The words that fields of the domain may use: the tables in `docs/geodata.md`.

pub const ACTOR_KINDS: [&str; 7] =
    ["state", "authority", "military", "ngo", "international", "press", "monitor"];

pub const HAZARDS: [&str; 4] = ["ap-mines", "mines", "uxo", "erw"];

pub const EVIDENCE: [&str; 3] = ["direct", "indirect", "none"];

pub const EVENT_KINDS: [&str; 19] = [
    "agreement",
    "protocol",
    "treaty",
    "ratification",
    "declaration",
    "land-swap",
    "handover",
    "resettlement",
    "mine-laying",
    "clearance",
    "verification",
    "incident",
    "training",
    "announcement",
    "meeting",
    "process",
    "deployment",
    "plan",
    "history",
];

pub const EVENT_STATES: [&str; 9] = [
    "signed",
    "ratified",
    "in-force",
    "carried-out",
    "under-way",
    "superseded",
    "announced",
    "reported",
    "asserted",
];

pub const CONTRADICTION_KINDS: [&str; 8] = [
    "contradiction",
    "tension",
    "difference",
    "time",
    "attribution",
    "internal",
    "source-weakness",
    "open-ended",
];

pub const INDICATOR_KINDS: [&str; 4] = ["indicator", "unknown", "recommendation", "context"];

pub const BORDER_STATUSES: [&str; 4] = ["delimited", "demarcated", "disputed", "unstated"];

pub const EXTENTS: [&str; 2] = ["known", "unknown"];
