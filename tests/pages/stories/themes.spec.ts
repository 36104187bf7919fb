// A6: whatever accent a shop asks for, everything on the page can be read, by day and by night. Two hundred accents are
// reckoned through in server/src/page/theme.rs; here axe looks at some.
import { AxeBuilder } from "@axe-core/playwright";
import { accents, SEED } from "../accents";
import { expect, test } from "../story";

test("random accents pass contrast in every part of the page, by the reckoning of others", async ({ cast, watch }) => {
  watch.expect(/boot-|ERR_FAILED/);
  // As the server renders it. With scripts off altogether axe was seen to wait for ever on this page; why is not known.
  const page = await cast.page();
  await page.route("**/boot-*.js", (route) => route.abort());
  await page.goto("/chat/demo");
  await page.locator("#message").fill("Is my order on its way?");
  await page.locator("#send").click();
  const looks = [...accents(24)].map((accent, index) => ({ accent, scheme: index % 2 ? "dark" : "light" }));
  // Half of them see the button, and the others the place in line.
  for (const [index, { accent, scheme }] of looks.entries()) {
    if (index === looks.length / 2) await page.locator("#desk button[value=human]").click();
    await page.goto(`/chat/demo?accent=${accent}&scheme=${scheme}&radius=${index % 25}`);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules(["color-contrast"]).analyze();
    const found = violations.flatMap(({ nodes }) => nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`));
    expect(found, `${accent}, ${scheme}, seed ${SEED}`).toEqual([]);
  }
});

test("a theme is taken from the address, kept from page to page, and what is no theme is left out", async ({ cast, watch }) => {
  // What a browser says itself about the answer to a message of nothing.
  watch.expect(/status of 422/);
  const page = await cast.page({ javaScriptEnabled: false, colorScheme: "light" });
  const accent = () => page.locator("#desk button[value=human]").evaluate((button) => getComputedStyle(button).backgroundColor);
  await page.goto("/chat/demo");
  const ours = await accent();
  await page.goto("/chat/demo?accent=0055aa&radius=0");
  expect(await accent()).toBe("rgb(0, 85, 170)");
  // A post answers with the page, which looks the same.
  await page.locator("#send").click();
  await expect(page.getByRole("alert")).toContainText("nothing to send");
  expect(await accent()).toBe("rgb(0, 85, 170)");
  for (const bad of ["accent=red", "accent=0055aa%7D*%7Bdisplay:none", "radius=1e9"]) {
    await page.goto(`/chat/demo?${bad}`);
    expect(await accent(), bad).toBe(ours);
  }
});
