import { afterEach, expect, it, vi } from "vitest";
import { ask } from "../src/api/client";

afterEach(() => vi.unstubAllGlobals());

const DETAIL = "you ask more often than one client may";

const refusal = async (status: number, headers: Record<string, string> = {}, detail = DETAIL) => {
  const body = JSON.stringify({ detail });
  vi.stubGlobal("fetch", async () => new Response(body, { status, headers }));
  return ask("/near").catch((error: Error) => error.message);
};

it("a service that takes no more says to wait, and how long where it does", async () => {
  expect(await refusal(429, { "Retry-After": "5" })).toMatch(/Wait 5 seconds, then try again/);
  expect(await refusal(503, { "Retry-After": "1" }, "")).toMatch(/Wait 1 second, then try again/);
  for (const odd of ["", "Wed, 21 Oct 2026 07:28:00 GMT", "-3"]) {
    expect(await refusal(503, { "Retry-After": odd }, "")).toMatch(/Wait a little, then try again/);
  }
});

it("any other refusal keeps the service's own words", async () => {
  expect(await refusal(400)).toBe(DETAIL);
  expect(await refusal(503, { "Retry-After": "60" }, "narrow it")).toBe("narrow it");
});
