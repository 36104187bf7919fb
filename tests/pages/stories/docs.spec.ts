// What merchants and visitors read about the product: the pages work with scripts and without, their examples run, and axe
// finds nothing on them (A4, A5, A6).
import { expectAccessible } from "../accessible";
import { Shop } from "../people/shop";
import { DEMO } from "../server";
import { expect, test } from "../story";

const PAGES = ["/docs/embed", "/docs/storage", "/docs/accessibility", "/demo/webview", "/demo/webview/plain.html"];

for (const path of PAGES) {
  test(`axe finds nothing on ${path}`, async ({ cast }) => {
    const page = await cast.page();
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
    // Nothing of a page is wider than a phone, or than a screen at 400 %.
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
    }
  });
}

test("the guide's samples name this server and the site, and are complete without scripts", async ({ cast, server }) => {
  const page = await cast.page();
  await page.goto(`/docs/embed?site=${DEMO}`);
  await expect(page.locator("#tag .sample").first()).toContainText(
    `<script async src="${server.origin}/embed.js" data-site="${DEMO}"></script>`,
  );
  await expect(page.getByRole("main")).not.toContainText("https://HOST");

  const plain = await cast.page({ javaScriptEnabled: false });
  await plain.goto("/docs/embed");
  await expect(plain.locator("#tag .sample").first()).toContainText('src="https://HOST/embed.js" data-site="KEY"');
  await expect(plain.getByRole("link", { name: "The chat's own page" })).toBeVisible();
  await expect(plain.getByRole("button", { name: "open()" })).toBeHidden();
});

test("the guide's chat, calls, triggers and events are real", async ({ cast }) => {
  const page = await cast.page();
  const shop = new Shop(page);
  await page.goto("/docs/embed");
  await expect(shop.openChat).toBeVisible();
  const events = page.getByRole("log", { name: "Heard on this page" });
  await page.getByRole("button", { name: "open()" }).click();
  await expect(shop.chat.message).toBeFocused();
  await expect(events.getByText("ready", { exact: true })).toBeVisible();
  await expect(events.getByText("open", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(shop.frame).toBeHidden();

  await page.getByRole("main").getByRole("button", { name: "Talk to a person" }).click();
  const receipt = await shop.chat.receipt();
  await expect(events.getByText(`human {"receipt":${receipt}}`)).toBeVisible();
  await page.keyboard.press("Escape");

  const stop = page.getByRole("button", { name: "Stop listening" });
  await stop.click();
  const heard = await events.getByRole("listitem").count();
  await page.getByRole("main").getByRole("link", { name: "Ask us" }).click();
  await expect(shop.chat.message).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(shop.frame).toBeHidden();
  await expect(events.getByRole("listitem")).toHaveCount(heard);
  await stop.click();
  await page.getByRole("button", { name: "toggle()" }).click();
  await expect(events.getByRole("listitem")).toHaveCount(heard + 1);
});

test("the guide tries any tag, and says where a key is no site's", async ({ cast, watch }) => {
  const page = await cast.page();
  const shop = new Shop(page);
  await page.goto("/docs/embed");
  await page.getByLabel("Corner").selectOption("left");
  await page.getByLabel("Colours").selectOption("dark");
  await page.getByLabel("Accent").fill("#0b6e4f");
  await page.getByLabel("Radius").fill("6");
  await page.getByLabel("Words").fill("Ask us");
  await page.getByRole("button", { name: "Use this tag" }).click();
  await expect(page.locator("#tag-used")).toContainText('data-color-scheme="dark" data-position="left"');
  await expect(page.locator("#tag-used")).toContainText('data-accent="#0b6e4f" data-radius="6" data-launcher-text="Ask us"');
  const themed = page.getByRole("complementary", { name: "Support chat" }).getByRole("button", { name: "Ask us" });
  await expect.poll(async () => (await themed.boundingBox())?.x ?? 1280).toBeLessThan(640);

  watch.expect(/404/);
  await page.getByLabel("Site's key").fill("nobody");
  await page.getByRole("button", { name: "Use this tag" }).click();
  await expect(page.getByText("This server has no site with the key “nobody”.")).toBeVisible();
  await expect(themed).toHaveCount(0);
  await expect(shop.humanPlease).toHaveCount(0);
});

test("the conversation page leads to what is kept and to the accessibility statement, with the shop's contact", async ({ cast }) => {
  const { page } = await cast.visitorWithoutScripts();
  for (const name of ["What is kept, and for how long", "Accessibility"]) {
    const opened = page.context().waitForEvent("page");
    await page.getByRole("link", { name }).click();
    const document = await opened;
    await expect(document.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(document.getByText("Write to Lumen & Oak: hello@lumen-and-oak.example")).toBeVisible();
  }
});
