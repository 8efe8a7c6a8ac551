import { drawnIn, expect, open, settled, test } from "./service";

test("one layer that fails is named, can be tried again, and takes nothing else along", async ({
  page,
  complaints,
}) => {
  let broken = true;
  await page.route("**/collections/borders/items**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await open(page);
  const alert = page.locator(".map-failures").getByRole("alert");
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText("Borders: not loaded. The service cannot be reached");
  expect(await drawnIn(page, "enclaves")).toContain("Sokh");
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await settled(page);
  await expect(page.locator(".panel")).toContainText("Borders on");
  complaints.splice(0);
});

test("relief that fails is said beside the layers that do, and can be tried again", async ({
  page,
  complaints,
}) => {
  let broken = true;
  for (const what of ["**/relief/**", "**/collections/water/items**"]) {
    await page.route(what, (route) => (broken ? route.abort() : route.continue()));
  }
  await page.goto("/");
  const alerts = page.locator(".map-failures").getByRole("alert");
  await expect(alerts).toHaveCount(2);
  const [water, relief] = await Promise.all(
    ["Lakes and reservoirs: not loaded", "The relief could not be loaded"].map((words) =>
      alerts.filter({ hasText: words }).boundingBox(),
    ),
  );
  expect((water?.y ?? 0) + (water?.height ?? 0)).toBeLessThanOrEqual(relief?.y ?? 0);
  broken = false;
  const tile = page.waitForResponse((response) => response.url().includes("/relief/"));
  await alerts.filter({ hasText: "relief" }).getByRole("button").click();
  expect((await tile).status()).toBe(200);
  await expect(alerts).toHaveCount(1);
  complaints.splice(0);
});

test("without the claims no area is drawn as if nothing were reported of it", async ({
  page,
  complaints,
}) => {
  let broken = true;
  await page.route("**/collections/claims/items**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await open(page);
  const alert = page.locator(".map-failures").getByRole("alert");
  await expect(alert).toContainText("The claims behind the reported areas: not loaded.");
  await expect(page.locator(".panel .warning").first()).toContainText(
    "The reported areas could not be loaded. That is not evidence",
  );
  expect(await drawnIn(page, "area-marks")).toEqual([]);
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await settled(page);
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
  complaints.splice(0);
});

test("dragging the clock leaves the last day's answer, however slow the days before it", async ({
  page,
}) => {
  await open(page, "#near=1514637");
  const sokh = page.locator(".near-answer .row", { hasText: "Sokh enclave" });
  await expect(sokh).toBeVisible();
  const begun: string[] = [];
  const given: string[] = [];
  await page.route("**/near?**", async (route) => {
    const day = new URL(route.request().url()).searchParams.get("datetime") ?? "";
    begun.push(day);
    // The earlier day's answer comes after the later one's.
    if (day === "1995-01-01") await new Promise((done) => setTimeout(done, 1500));
    await route.continue().catch(() => {});
    given.push(day);
  });
  const aborted = page.waitForEvent("requestfailed", (request) =>
    request.url().includes("datetime=1995-01-01"),
  );
  const date = page.getByLabel("Date", { exact: true });
  await date.fill("1995-01-01");
  await expect.poll(() => begun).toContain("1995-01-01");
  // Days passed on the way are not asked for at all.
  // All in one go, so that a slow machine does not linger on one of them.
  await date.evaluate(
    (input: HTMLInputElement, days) => {
      for (const day of days) {
        input.value = day;
        for (const name of ["input", "change"])
          input.dispatchEvent(new Event(name, { bubbles: true }));
      }
    },
    ["1998-01-01", "2001-01-01", "2003-12-31"],
  );
  await expect(sokh).toContainText("Reported mined");
  await aborted;
  await expect.poll(() => given).toContain("1995-01-01");
  await settled(page);
  await expect(sokh).toContainText("Reported mined");
  expect(begun).toEqual(["1995-01-01", "2003-12-31"]);
});

test("the notice and the lists stand where the map itself does not come", async ({
  page,
  complaints,
}) => {
  await page.route("**/assets/map-*.js", (route) => route.abort());
  await page.goto("/");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("a picture that cannot be moved");
  await expect(page.locator(".notice")).toContainText("free of mines");
  await expect(page.locator(".panel")).toContainText("Territory around the Sokh enclave");
  // The browser's own lines about the request that this test broke.
  expect(complaints.splice(0).every((line) => /ERR_FAILED|preload/i.test(line))).toBe(true);
  await page.unroute("**/assets/map-*.js");
  await alert.getByRole("button", { name: "Try again" }).click();
  await settled(page);
  await expect(alert).toHaveCount(0);
});

test("where no layer can be had, list and panel say so, and what it does not prove", async ({
  page,
  complaints,
}) => {
  let broken = true;
  await page.route("**/collections?f=json", (route) =>
    broken
      ? route.fulfill({ status: 503, headers: { "Retry-After": "7" }, json: {} })
      : route.continue(),
  );
  await open(page);
  const alert = page.locator(".panel").getByRole("alert");
  await expect(alert).toContainText("could not be loaded. That is not evidence");
  await expect(alert).toContainText("Wait 7 seconds, then try again.");
  await expect(page.locator(".map-failures")).toContainText("Layers: not loaded.");
  // A thing is not denied for want of an answer.
  await page.evaluate(() => {
    location.hash = "#selected=enclaves/barak";
  });
  await expect(page.locator(".feature").getByRole("alert")).toContainText("Wait 7 seconds");
  await expect(page.locator(".feature")).not.toContainText("not in the atlas");
  broken = false;
  await page.goBack();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".panel")).toContainText("Ak-Turpak");
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.splice(0);
});

test("without the map's worker the map says that it does not come, in the reader's language", async ({
  page,
  complaints,
}) => {
  await page.route("**/assets/maplibre-gl-worker-*", (route) => route.abort());
  await page.goto("/#lang=ru");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Карта загрузилась только картинкой, которую нельзя двигать.");
  await expect(page.locator(".busy")).toHaveText("");
  await expect(page.locator(".map-message")).toHaveCount(0);
  // What stands for the map keeps its legend.
  await expect(page.locator(".legend ul").first().locator("li")).not.toHaveCount(0);
  complaints.splice(0);
  await page.unroute("**/assets/maplibre-gl-worker-*");
  await alert.getByRole("button", { name: "Повторить" }).click();
  await settled(page);
  await expect(alert).toHaveCount(0);
});
