import { describe, expect, it } from "vitest";
import { text } from "../src/text";
import {
  bySentence,
  capNote,
  distancePhrase,
  list,
  nearMessage,
  partsOf,
  sayDate,
  statusOrigin,
  statusPhrase,
  validityPhrase,
  webAddress,
} from "../src/text/phrases";

describe("dates for reading", () => {
  it.each([
    ["2005", "2005"],
    ["2004/2005", "2004 to 2005"],
    ["2022-09-20/..", "since 2022-09-20"],
    ["2022-09-20/", "since 2022-09-20"],
    ["../2003", "until 2003"],
    ["../..", "at any time"],
    ["2005~", "about 2005"],
    ["2011-06?", "2011-06 (uncertain)"],
    ["2004~/2005", "about 2004 to 2005"],
  ])("%s is said %s", (written, said) => {
    expect(sayDate(written)).toBe(said);
  });

  it("says what a feature's validity is", () => {
    expect(validityPhrase("", "")).toBe("no dates stated");
    expect(validityPhrase("", "2024-04")).toBe("until 2024-04");
    expect(validityPhrase("1991-08-31", "")).toBe("since 1991-08-31");
    expect(validityPhrase("1991", "2024-04")).toBe("1991 to 2024-04");
  });
});

describe("a status", () => {
  const cleared = {
    status: "cleared",
    status_about: "2005",
    status_by: "Minister of Defence",
    status_reported: "2011-04-04",
    status_reporter: "Mine Action Review",
  };

  it("is worded as reported, with when and by whom", () => {
    expect(statusPhrase(cleared)).toBe("Reported cleared, 2005, by Minister of Defence");
    expect(statusOrigin(cleared)).toBe("Made public 2011-04-04, reported by Mine Action Review.");
  });

  it("names a reporter once when it is the claimant", () => {
    expect(statusOrigin({ ...cleared, status_reporter: "Minister of Defence" })).toBe(
      "Made public 2011-04-04.",
    );
    expect(statusOrigin({})).toBe("");
  });

  it("says that nobody dated it, where nobody did", () => {
    const undated = { status: "mined", status_by: "Border Service" };
    expect(statusPhrase(undated)).toBe("Reported mined, no date stated, by Border Service");
    expect(statusPhrase({ ...undated, status_reported: "2003" })).toBe(
      "Reported mined, by Border Service",
    );
  });

  it("says that there is no report where there is none", () => {
    expect(statusPhrase({ status: "no-reports" })).toBe("No report by this date");
    expect(statusPhrase({})).toBe("No report by this date");
  });

  it("leaves out, and does not deny, what was not public on the day of the second clock", () => {
    expect(statusPhrase({}, "1999-01-01")).toBe(
      "No report by this date that was public on 1 January 1999",
    );
    expect(statusPhrase(cleared, "2012-01-01")).toBe(statusPhrase(cleared));
  });

  it("sets the names in it apart, for their language", () => {
    const names = ["Press (KG)", "Press"];
    expect(partsOf("по заявлению: Press (KG) → Press.", names)).toEqual([
      { words: "по заявлению: ", isName: false },
      { words: "Press (KG)", isName: true },
      { words: " → ", isName: false },
      { words: "Press", isName: true },
      { words: ".", isName: false },
    ]);
    expect(partsOf("Сообщений нет", [])).toEqual([{ words: "Сообщений нет", isName: false }]);
  });

  it("is never a bare fact, nor the one word that nobody may say", () => {
    const statuses = [
      "mined",
      "suspected",
      "mines-shifted",
      "clearance-started",
      "partially-cleared",
      "cleared",
      "verified-free",
      "no-mines",
      "unknown",
      "no-further-information",
      "some-later-status",
    ];
    for (const status of statuses) expect(text.reportedAs(status)).toMatch(/report/i);
    expect(JSON.stringify(text)).not.toMatch(/\bsafe/i);
  });
});

describe("properties", () => {
  it("reads lists joined by commas", () => {
    expect(list({ claims: "a, b,c" }, "claims")).toEqual(["a", "b", "c"]);
    expect(list({ claims: "" }, "claims")).toEqual([]);
    expect(list({ claims: ["a", 1, "b"] }, "claims")).toEqual(["a", "b"]);
    expect(list({}, "claims")).toEqual([]);
  });

  it("opens web addresses only", () => {
    expect(webAddress("https://example.org/a")).toBe("https://example.org/a");
    expect(webAddress("javascript:alert(1)")).toBeNull();
    expect(webAddress(undefined)).toBeNull();
  });
});

describe("distances", () => {
  it("are of the nearest ground spoken of, apart from what is drawn", () => {
    const fields = { distance_m: 776, bearing: 225, nearest_m: 0, farthest_m: 3776 };
    expect(distancePhrase(fields)).toBe(
      "Drawn 776 m to the south-west; nearest ground spoken of: 0 m to 3.8 km",
    );
    expect(distancePhrase({ distance_m: 0, bearing: null, nearest_m: 0, farthest_m: 0 })).toBe(
      "Drawn at this place; nearest ground spoken of: 0 m",
    );
    expect(distancePhrase({ name: "unlocated" })).toBe("");
  });

  it("never call the mines certain, nor all of the ground", () => {
    expect(text.near.certainHelp).toMatch(/not certain is that mines are there/i);
    expect(text.near.certainHelp).toMatch(/outside/);
  });
});

describe("the message of a near answer", () => {
  const area = (status: string) => ({
    type: "Feature" as const,
    geometry: null,
    properties: { status },
  });
  const answer = {
    type: "FeatureCollection" as const,
    features: [],
    place: { coordinates: [71, 40] as [number, number] },
    radius_m: 20_000,
    notice: "",
    message: "",
    within_window: "whole" as const,
    covering: [area("no-reports")],
    unlocated: [area("mined"), area("no-reports"), area("no-reports")],
  };

  it("counts no report that nobody made", () => {
    expect(nearMessage(answer, "Osh", null)).toBe(
      "Nothing is reported within 20 km of Osh. That is not evidence that the ground is free of mines. " +
        "1 reported area is a whole district or country that holds the place. " +
        "1 of them has no report up to that day. " +
        "3 reported areas have no stated location, and may lie here or anywhere. " +
        "2 of them have no report up to that day.",
    );
  });

  it("denies no report that became public later", () => {
    const said = nearMessage(answer, "Osh", "1999-01-01");
    expect(said.match(/no report up to that day/g)).toHaveLength(2);
    expect(said.match(/no report up to that day, as known on 1 January 1999\./g)).toHaveLength(2);
  });
});

describe("what is missing", () => {
  it("is said where a layer is capped", () => {
    const features = [1, 2];
    expect(capNote({ features, matched: 2, capped: false })).toBe("");
    expect(capNote({ features, matched: 5000, capped: true })).toBe(
      "Only the first 2 of 5,000 are drawn",
    );
    expect(capNote({ features, matched: null, capped: true })).toBe("Only the first 2 are drawn");
  });

  it("is said once for all that failed alike", () => {
    const failures = [
      { name: "Borders", sentence: "No." },
      { name: "Wells", sentence: "Never." },
      { name: "Enclaves", sentence: "No." },
      { name: "", sentence: "Nothing." },
    ];
    expect(bySentence(failures).map(({ words, of }) => [words, of.length])).toEqual([
      ["Borders, Enclaves: not loaded. No.", 2],
      ["Wells: not loaded. Never.", 1],
      ["Nothing.", 1],
    ]);
  });
});
