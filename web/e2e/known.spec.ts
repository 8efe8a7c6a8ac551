// The second clock in words: what was not public yet is left out, and is not said to be missing.
import { expect, open, test } from "./service";

const KNOWN = "as known on 1 January 1999";

test("lists and panels say as known when, and that later reports are left out", async ({
  page,
}) => {
  await open(page, "#known=1999-01-01&date=2020-01-01");
  const panel = page.locator(".panel");
  for (const heading of await panel.getByRole("heading", { level: 2 }).allTextContents()) {
    expect(heading).toContain(`1 January 2020, ${KNOWN}`);
  }
  const row = panel.locator(".row", { hasText: "Sokh enclave" }).first();
  await expect(row).toContainText("No report by this date that was public on 1 January 1999");
  await row.click();
  await expect(panel.locator(".status")).toContainText(`1 January 2020, ${KNOWN}`);
  await expect(panel.locator(".status")).toContainText(
    "No report about this area for this date was public on 1 January 1999. What became public later",
  );
  await expect(panel).toContainText("No claim or event about this was public on 1 January 1999.");
  await expect(panel).not.toContainText("is in the ledger");

  await page.getByRole("button", { name: "Everything known" }).click();
  await expect(panel.locator(".status")).toContainText("Reported");
  await expect(panel.locator(".status")).not.toContainText("as known on");
  await expect(panel.locator(".entry").first()).toBeVisible();
});

test("the second day is none from today on, typed or in a link", async ({ page }) => {
  await open(page, "#known=2090-01-01");
  const panel = page.locator(".panel");
  const undated = panel.locator(".row", { hasText: "Borders between Kyrgyzstan" }).first();
  await expect(undated).toContainText("Reported mined, no date stated");
  await expect(page.getByRole("button", { name: "Everything known" })).toHaveCount(0);
  await expect(panel).not.toContainText("as known on");

  // What nobody dated was public by no day: that it is left out is said.
  const known = page.getByLabel("As known on", { exact: true });
  await known.fill("2090-01-01");
  await expect(page.getByRole("alert")).toHaveText("From today on everything known is shown.");
  await known.fill("2020-01-01");
  await expect(undated).not.toContainText("Reported mined");
  await expect(panel).toContainText("What became public later, or nobody knows when, is left out.");
  await known.fill("2091-01-01");
  await expect(undated).toContainText("Reported mined, no date stated");
});
