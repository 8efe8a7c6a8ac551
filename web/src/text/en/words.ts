// English words for the values that the data may hold. Part of the catalogue in index.ts.

/** How a status is said; `no-reports` is nobody's statement and says so. */
export const reportedAs: Record<string, string> = {
  mined: "Reported mined",
  suspected: "Reported as suspected to be contaminated",
  "mines-shifted": "Mines reported to have shifted",
  "clearance-started": "Clearance reported to have started",
  "partially-cleared": "Reported partially cleared",
  cleared: "Reported cleared",
  "verified-free": "Reported verified as free of mines",
  "no-mines": "Reported to have no mines",
  unknown: "Reported as unknown",
  "no-further-information": "Reported: no further information",
  "no-reports": "No report by this date",
};

export const borderStatus: Record<string, string> = {
  delimited: "Reported delimited (agreed on paper)",
  demarcated: "Reported demarcated (marked on the ground)",
  disputed: "Reported disputed",
  unstated: "No status stated",
};

export const basis: Record<string, string> = {
  surveyed: "polygon from a survey",
  settlement: "the point of the settlement that the report names",
  "enclave-perimeter": "the perimeter of the enclave that the report names",
  "border-stretch": "the stretch of border that the report names",
  district: "the whole district that the report names",
  country: "the whole country that the report names",
  unlocated: "not located: no report says where",
};

export const evidence: Record<string, string> = {
  direct: "direct evidence",
  indirect: "indirect evidence",
  none: "no evidence given",
};

export const hazards: Record<string, string> = {
  "ap-mines": "anti-personnel mines",
  mines: "mines",
  uxo: "unexploded ordnance (UXO)",
  erw: "explosive remnants of war (ERW)",
};

export const kinds: Record<string, string> = {
  border: "Border",
  territory: "Territory",
  enclave: "Enclave",
  "reported-area": "Reported area",
  settlement: "Settlement",
  context: "Feature",
  plain: "Feature",
};

/** Kinds of events in the ledger. */
export const eventKinds: Record<string, string> = {
  agreement: "agreement",
  protocol: "protocol",
  treaty: "treaty",
  ratification: "ratification",
  declaration: "declaration",
  "land-swap": "land swap",
  handover: "handover",
  resettlement: "resettlement",
  "mine-laying": "mine laying",
  clearance: "clearance",
  verification: "verification",
  incident: "incident",
  training: "training",
  announcement: "announcement",
  meeting: "meeting",
  process: "process",
  deployment: "deployment",
  plan: "plan",
  history: "history",
};

export const eventStates: Record<string, string> = {
  signed: "signed",
  ratified: "ratified",
  "in-force": "in force",
  "carried-out": "carried out",
  "under-way": "under way",
  superseded: "superseded",
  announced: "announced",
  reported: "reported",
  asserted: "asserted",
};

/** How statements stand to each other. */
export const contradictions: Record<string, string> = {
  contradiction: "contradiction",
  tension: "tension",
  difference: "difference",
  time: "time",
  attribution: "attribution",
  internal: "internal",
  "source-weakness": "weak source",
  "open-ended": "open-ended",
};

export const legendNames: Record<string, string> = {
  "border-delimited": "Border, reported delimited",
  "border-demarcated": "Border, reported demarcated",
  "border-disputed": "Border, reported disputed",
  "border-unstated": "Border, no status stated",
  enclave: "Enclave",
  territory: "Territory as mapped",
  "hazard-mined": "Reported mined",
  "hazard-suspected": "Reported suspected",
  "clearance-under-way": "Clearance reported begun or partial",
  "clearance-claimed": "Claimed cleared (a claim only)",
  unknown: "Unknown, or no report",
  contested: "Contested statements",
  reach: "Extent unknown: up to here",
  covers: "Whole country or district",
  near: "Radius asked about",
  selected: "What is chosen",
  settlement: "Settlement",
  water: "Water",
  river: "River",
  district: "District",
};
