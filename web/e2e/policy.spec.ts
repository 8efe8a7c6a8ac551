// The page's security policy: what a browser is told not to run, and that it does not run it.
import { expect, open, test } from "./service";

/** A policy's directives with their sources. */
const parse = (policy: string) =>
  new Map(
    policy
      .split(";")
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name)
      .map(([name = "", ...sources]) => [name, sources] as const),
  );

test("the page's policy admits no script but the service's own, and names no other host", async ({
  page,
}) => {
  const answer = await page.goto("/");
  const policy = parse(String(answer?.headers()["content-security-policy"]));
  for (const name of ["default-src", "script-src", "style-src", "connect-src"]) {
    expect(policy.get(name), name).toEqual(["'self'"]);
  }
  expect(policy.get("object-src")).toEqual(["'none'"]);
  // MapLibre's worker is begun from a blob, and pictures are drawn into one; nothing else is.
  const lax = ["worker-src", "img-src"];
  for (const [name, sources] of policy) {
    for (const source of sources) {
      const own = lax.includes(name) ? /^('self'|data:|blob:)$/ : /^'(self|none)'$/;
      expect(source, name).toMatch(own);
    }
  }
});

test("what the policy forbids does not run", async ({ page, complaints }) => {
  await open(page);
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.demarcInline = true";
    document.head.append(script);
    const loaded = (src: string) =>
      new Promise<boolean>((done) => {
        const other = document.createElement("script");
        other.onload = () => done(true);
        other.onerror = () => done(false);
        other.src = src;
        document.head.append(other);
      });
    const blob = URL.createObjectURL(new Blob(["0"], { type: "text/javascript" }));
    return {
      inline: "demarcInline" in window,
      blob: await loaded(blob),
      data: await loaded("data:text/javascript,0"),
    };
  });
  expect(ran).toEqual({ inline: false, blob: false, data: false });
  // The browser's own words about what it did not run.
  expect(complaints.length).toBeGreaterThan(2);
  expect(complaints.splice(0).filter((said) => !/Content Security Policy/i.test(said))).toEqual([]);
});
