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
