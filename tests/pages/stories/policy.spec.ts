// B1, B3, B6: what our own pages may not do, tried on them: strings that become markup or code, addresses of others, and
// whatever a device has. What a policy stops is told to the server, which counts it.
import type { Page, Request } from "@playwright/test";
import { Chat, takenOver } from "../people/visitor";
import { expect, test } from "../story";

/** What a device has that is none of a chat's business (B6). */
const DEVICES = ["camera", "microphone", "geolocation", "display-capture", "clipboard-read", "usb", "serial", "hid", "midi", "payment"];

/** Tries everything that makes markup or code of a string, and gives the names of what let one through. */
async function letThrough(): Promise<string[]> {
  // What a test has a page do at once may call eval, whatever the page's policy says.
  await new Promise((later) => setTimeout(later));
  const html = "<img src=x onerror=alert(1)>";
  const script = () => document.createElement("script");
  const policies = (window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } }).trustedTypes;
  const box = document.body.appendChild(document.createElement("div"));
  const parent = box.appendChild(document.createElement("div"));
  const tries: Record<string, () => unknown> = {
    innerHTML: () => (parent.innerHTML = html),
    outerHTML: () => (parent.outerHTML = html),
    insertAdjacentHTML: () => parent.insertAdjacentHTML("beforeend", html),
    "a script in innerHTML": () => (parent.innerHTML = "<script>alert(1)</script>"),
    "a frame in innerHTML": () => (parent.innerHTML = "<iframe srcdoc='<script>alert(1)</script>'></iframe>"),
    write: () => document.write(html),
    parseFromString: () => new DOMParser().parseFromString(html, "text/html"),
    createContextualFragment: () => document.createRange().createContextualFragment(html),
    srcdoc: () => (document.createElement("iframe").srcdoc = html),
    "src of a script": () => (script().src = "https://evil.example/x.js"),
    "src of a script as an attribute": () => script().setAttribute("src", "https://evil.example/x.js"),
    "text of a script": () => (script().text = "alert(1)"),
    "textContent of a script": () => (script().textContent = "alert(1)"),
    "data of an object": () => (document.createElement("object").data = "https://evil.example/"),
    eval: () => (0, eval)("1"),
    Function: () => new Function("return 1"),
    setTimeout: () => setTimeout("alert(1)" as unknown as () => void),
    Worker: () => new Worker("https://evil.example/x.js"),
    "another policy": () => policies.createPolicy("mine", { createHTML: (html: string) => html }),
    "the policy once more": () => policies.createPolicy("default", { createHTML: (html: string) => html }),
  };
  const through = Object.entries(tries).filter(([, attempt]) => {
    try {
      attempt();
      return true;
    } catch {
      return false;
    }
  });
  box.remove();
  return through.map(([name]) => name);
}

/** Has the page ask others for things, and gives the directives that stopped it. */
async function stopped(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const stopped = new Set<string>();
    document.addEventListener("securitypolicyviolation", (breach) => stopped.add(breach.effectiveDirective));
    const add = (name: string, attributes: object) => document.head.appendChild(Object.assign(document.createElement(name), attributes));
    const gone = [
      add("img", { src: "http://evil.example/x.png" }),
      add("link", { rel: "stylesheet", href: "http://evil.example/x.css" }),
      add("style", { textContent: "body { color: red }" }),
      add("base", { href: "http://evil.example/" }),
    ];
    // A frame says that it has loaded when what is in it was stopped, too.
    await new Promise((onload) => gone.push(add("iframe", { src: "http://evil.example/", onload })));
    await fetch("http://evil.example/").catch(() => undefined);
    await fetch("http://evil.example/", { mode: "no-cors" }).catch(() => undefined);
    for (const element of gone) element.remove();
    // Breaches are told after what they stopped.
    await new Promise((told) => setTimeout(told));
    return [...stopped].sort();
  });
}

test("whoever comes for the first time gets the style with the page, and asks for it only once there is a conversation", async ({ cast }) => {
  // Without scripts the conversation is in the page.
  const page = await cast.page({ javaScriptEnabled: false });
  const styles: string[] = [];
  page.on("request", (request) => request.resourceType() === "stylesheet" && styles.push(request.url()));
  const visitor = new Chat(page);
  const accent = () => visitor.humanPlease.evaluate((button) => getComputedStyle(button).backgroundColor);
  await page.goto("/chat/demo?accent=06c&scheme=light");
  const first = await accent();
  expect(first).not.toBe("rgba(0, 0, 0, 0)");
  expect(styles).toEqual([]);
  await visitor.say("Is anybody there?");
  await visitor.messages("You", "Is anybody there?").waitFor();
  // The words are in the page before the style is.
  await expect.poll(accent).toBe(first);
  // Ours, and then the shop's.
  expect(styles.map((url) => new URL(url).pathname.split("/")[2])).toEqual(["visitor", "theme"]);
});

for (const address of ["/chat/demo", "/agent"]) {
  test(`${address} makes neither markup nor code of strings, and asks nobody else for anything`, async ({ cast, server, watch }) => {
    watch.expect(/policy breached|Trusted|trusted|[Cc]ontent Security Policy|violates the following|request to http:\/\/evil\.example/);
    const page = await cast.page();
    // A request that the policy stops is begun for those who watch, and never for the network.
    const asked: string[] = [];
    const isForeign = (request: Request) => request.url().includes("evil.example");
    page.on("requestfinished", (request) => isForeign(request) && asked.push(request.url()));
    page.on("requestfailed", (request) => isForeign(request) && request.failure()?.errorText !== "csp" && asked.push(request.url()));
    const taken = address === "/agent" ? undefined : takenOver(page);
    await page.goto(address);
    await (taken ?? page.locator("#opening").waitFor({ state: "detached" }));
    expect(await page.evaluate(letThrough)).toEqual([]);
    expect(await stopped(page)).toEqual(["base-uri", "connect-src", "frame-src", "img-src", "style-src-elem"]);
    expect(asked).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).not.toBe("rgb(255, 0, 0)");
    const allowed = await page.evaluate(() => (document as unknown as { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy.allowedFeatures());
    expect(allowed.filter((feature) => DEVICES.includes(feature))).toEqual([]);

    watch.stoppedOnPurpose = true;
    await expect
      .poll(async () => (await fetch(`${server.origin}/metrics`)).text(), "the server is told")
      .toContain('human_please_policy_breaches_total{directive="img-src"}');
  });
}
