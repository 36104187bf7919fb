// A6, A8: the launcher takes a shop's colour, corners, words and logo, and whatever they are, it can be read and pressed.
import type { Locator, Page } from "@playwright/test";
import { accents, SEED } from "../accents";
import { expectAccessible } from "../accessible";
import type { Merchant } from "../merchant";
import { Shop } from "../people/shop";
import { expect, merchantTest as test } from "../story";

/** Black, white, grey, the corners of what screens show, where luminance and lightness part most, and our own. */
const EXTREMES = "000000 ffffff 777777 ff0000 00ff00 0000ff ffff00 00ffff ff00ff 00f800 f80018 1000f8 bc471f".split(" ");

/** WCAG 2.2, 1.4.3. */
const READABLE = 4.5;

/** Our own accent, by day. */
const OURS = "rgb(188, 71, 31)";

const SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8H0Z"/></svg>';

/** The tag with these attributes, named without their `data-`. */
function dress(merchant: Merchant, attributes: Record<string, string>): void {
  const quoted = (value: string) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const written = Object.entries(attributes).map(([name, value]) => ` data-${name}="${quoted(value)}"`);
  merchant.tag = (src) => `<script async src="${src}" data-site="merchant"${written.join("")}></script>`;
}

const style = (part: Locator, name: string) => part.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);

/** The lowest contrast of words on the button with any of these accents, and with which one it was. */
function worst(button: Locator, accents: string[]): Promise<{ contrast: number; accent: string }> {
  return button.evaluate((button: HTMLElement, accents) => {
    const asked = button.style.backgroundColor;
    const formula = asked.replaceAll(/from .+? (min|max)/g, "from ACCENT $1");
    if (formula.split("ACCENT").length !== 3) throw new Error(`no formula for an accent: ${asked}`);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("no canvas");
    // As a screen shows it: of eight bits, and no colour that sRGB has not.
    const luminance = (colour: string) => {
      canvas.fillStyle = "#000";
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      if (alpha !== 255) throw new Error(`the page shows through ${colour}`);
      const [r, g, b] = [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
    };
    let lowest = { contrast: 21, accent: "" };
    const seen = new Set<string>();
    for (const accent of accents) {
      button.style.background = formula.replaceAll("ACCENT", `#${accent}`);
      const { color, backgroundColor } = getComputedStyle(button);
      seen.add(backgroundColor);
      const [dark = 0, light = 0] = [luminance(color), luminance(backgroundColor)].sort((one, other) => one - other);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < lowest.contrast) lowest = { contrast, accent };
    }
    if (seen.size < accents.length / 2) throw new Error("the accent is not what fills the button");
    return lowest;
  }, accents);
}

test("A6: two hundred random accents and the extremes can be read on the launcher, by day and by night", async ({ cast, merchant }) => {
  dress(merchant, { accent: "#123456" });
  const page = await cast.page();
  await page.goto(merchant.origin);
  const { humanPlease } = new Shop(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { contrast, accent } = await worst(humanPlease, [...EXTREMES, ...accents(200)]);
    expect(contrast, `#${accent}, ${colorScheme}, seed ${SEED}`).toBeGreaterThanOrEqual(READABLE);
  }
});

test("A6: an accent that can be read stays as it is, and what is no colour leaves ours", async ({ cast, merchant }) => {
  const page = await cast.page({ colorScheme: "light" });
  const { humanPlease, openChat } = new Shop(page);
  const filled = async (accent: string) => {
    dress(merchant, { accent });
    await page.goto(merchant.origin);
    await expect(openChat).toBeVisible();
    return style(humanPlease, "background-color");
  };
  for (const accent of ["#0055aa", "0055AA", "#05a"]) {
    const [lightness, chroma, hue] = /oklch\((\S+) (\S+) ([^\s)]+)\)/.exec(await filled(accent))?.slice(1).map(Number) ?? [];
    expect(lightness, accent).toBeCloseTo(0.455, 2);
    expect(chroma, accent).toBeCloseTo(0.15, 2);
    expect(hue, accent).toBeCloseTo(255, -1);
  }
  for (const bad of ["", "red", "#12345", "#0055aa;display:none", "red l c h),url(https://evil.example/x.png)", "white 1 0 0/.1),red)/*", "var(--x)"])
    expect(await filled(bad), bad).toBe(OURS);
  // Nothing of the page shows through.
  expect(await filled("#0055aa80")).not.toMatch(/\/|rgba/);
});

test("data-radius rounds the launcher and the panel, which has no corners where it is the whole page", async ({ cast, merchant }) => {
  const page = await cast.page();
  const shop = new Shop(page);
  const panel = page.locator("human-please section");
  const corners = async (radius: string) => {
    dress(merchant, { radius });
    await page.goto(merchant.origin);
    await expect(shop.openChat).toBeVisible();
    const parts = [shop.humanPlease, shop.openChat, panel];
    return Promise.all(parts.map((part) => style(part, "border-top-left-radius")));
  };
  expect(await corners("4")).toEqual(["4px", "4px", "4px"]);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => style(panel, "border-top-left-radius")).toBe("0px");
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await page.setViewportSize({ width: 1280, height: 720 });
  expect(await corners("0")).toEqual(["0px", "0px", "0px"]);
  for (const bad of ["", "25", "-1", "4px", "1;display:none"]) expect(await corners(bad), bad).toEqual(["26px", "26px", "14px"]);
});

test("data-launcher-text stands on the chat's button as text, is part of its name, and never in the way of a person", async ({ cast, merchant, server }) => {
  const text = "Ask <b>us</b> & see";
  dress(merchant, { "launcher-text": text });
  const page = await cast.page();
  await page.goto(merchant.origin);
  const area = page.getByRole("complementary", { name: "Support chat" });
  const open = page.locator("human-please [data-human-please=open]");
  const shop = new Shop(page);
  await expect(open).toBeVisible();
  expect(await open.innerText()).toBe(text);
  await expect(open).toHaveAccessibleName(text);
  await expect(open).toHaveAccessibleDescription("Open chat");
  await expect(shop.humanPlease).toHaveText("Human please");

  const mia = await cast.desk(await server.employ("merchant", "mia@merchant.example", "Mia"));
  await shop.humanPlease.click();
  await mia.take(await shop.chat.receipt());
  await shop.chat.close.click();
  await mia.answer("Are you still there?");
  await expect(open).toHaveAccessibleDescription("Open chat, 1 unread message");
  await expect(open).toHaveAccessibleName(text);
  await expect(open).toContainText("1");

  // However long it is: both can be seen, whole and beside each other, and the words that promise a person are not cut.
  dress(merchant, { "launcher-text": "Ask us about anything that you see in this shop, at any time of the day or of the night" });
  merchant.language = "fr";
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(merchant.origin);
  const human = area.or(page.getByRole("complementary")).locator("[data-human-please=human]");
  await expect(human).toContainText("humain");
  const [left, right] = [await human.boundingBox(), await open.boundingBox()];
  expect(left?.x).toBeGreaterThanOrEqual(0);
  expect(right?.x).toBeGreaterThanOrEqual((left?.x ?? 0) + (left?.width ?? 0));
  expect((right?.x ?? 0) + (right?.width ?? 0)).toBeLessThanOrEqual(320);
  expect(right?.width).toBeGreaterThanOrEqual(52);
  expect(await human.evaluate((button) => button.scrollWidth <= button.clientWidth)).toBe(true);
  expect(await style(open.locator("span"), "text-overflow")).toBe("ellipsis");
});

test("data-logo takes the place of the icon once it is there, and of nothing else", async ({ cast, merchant, watch }) => {
  watch.expect(/404|net::ERR_/);
  merchant.images = "'self' data:";
  const page = await cast.page();
  const asked: string[] = [];
  page.on("request", (request) => request.resourceType() === "image" && asked.push(request.url()));
  await page.route("**/*.svg", (route) =>
    route.request().url().endsWith("/logo.svg")
      ? route.fulfill({ contentType: "image/svg+xml", body: SQUARE })
      : route.fulfill({ status: 404 }),
  );
  const { openChat, humanPlease } = new Shop(page);
  const shown = async (logo: string) => {
    asked.length = 0;
    dress(merchant, { logo });
    await page.goto(merchant.origin);
    await expect(openChat).toBeVisible();
    await page.waitForLoadState("networkidle");
    return openChat.evaluate((button) => button.firstElementChild?.localName);
  };
  expect(await shown("/logo.svg")).toBe("img");
  expect(asked).toEqual([`${merchant.origin}/logo.svg`]);
  await expect(openChat.locator("img")).toHaveAttribute("alt", "");
  await expect(openChat).toHaveAccessibleName("Open chat");
  expect(await openChat.locator("img").boundingBox()).toMatchObject({ width: 24, height: 24 });
  await expect(humanPlease.locator("svg")).toBeVisible();
  expect(await shown("/gone.svg")).toBe("svg");
  expect(asked).toHaveLength(1);
  for (const bad of ["", "logo.svg", "http://evil.example/logo.svg", "data:image/svg+xml,x", "javascript:alert(1)"]) {
    expect(await shown(bad), bad).toBe("svg");
    expect(asked, bad).toEqual([]);
  }
});

/** All of the launcher's looks at once. */
async function dressed(page: Page, merchant: Merchant): Promise<Shop> {
  dress(merchant, { accent: "#ff0", radius: "6", "launcher-text": "Ask the workshop" });
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.humanPlease).toBeVisible();
  return shop;
}

test("A8: with colours of the visitor's own the launcher's buttons keep an edge, and nothing in it moves", async ({ cast, merchant }) => {
  const page = await cast.page({ forcedColors: "active", reducedMotion: "reduce" });
  const { humanPlease } = await dressed(page, merchant);
  for (const button of [humanPlease, page.getByRole("button", { name: "Ask the workshop" })]) {
    expect(parseFloat(await style(button, "border-top-width"))).toBeGreaterThanOrEqual(2);
    const [edge, behind] = [await style(button, "border-top-color"), await style(button, "background-color")];
    expect(edge).not.toBe(behind);
    await button.hover();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(await style(button, "transition-duration")).toBe("0s");
  }
});

test("A6: axe finds nothing on a launcher in all of a shop's looks", async ({ cast, merchant }) => {
  const page = await cast.page();
  await dressed(page, merchant);
  await expectAccessible(page, "a launcher in yellow, with words");
});
