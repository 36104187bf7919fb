// What every story has: a server of its own, the people who play in it, each in a browser of their own, and a watch over
// all their pages.
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Merchant } from "./merchant";
import { Desk } from "./people/agent";
import { Shop } from "./people/shop";
import { Chat, takenOver } from "./people/visitor";
import { type Credentials, DEMO, Server } from "./server";
import { Watch } from "./watch";

export { expect };

/** What the merchant's own site is called in our database. */
export const MERCHANT = "merchant";

interface Fixtures {
  server: Server;
  watch: Watch;
  cast: Cast;
}

export const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
  },

  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.complaints).toEqual([]);
    },
    { auto: true },
  ],

  cast: async ({ browser, server, watch }, use) => {
    watch.allow(server.origin);
    const contexts: BrowserContext[] = [];
    await use(
      new Cast(async (options) => {
        const context = await browser.newContext({ baseURL: server.origin, ...options });
        contexts.push(context);
        await watch.over(context);
        return context.newPage();
      }, server),
    );
    // Pages that are left open go on ticking and knocking at a server that is gone, beside all the stories after this one.
    for (const context of contexts) await context.close();
    if (server.isServing) await watch.ask(server.origin);
  },
});

/** Stories on a merchant's page, whose site is another than the server's. People answer there, no AI. */
export const merchantTest = test.extend<{ merchant: Merchant }>({
  merchant: async ({ watch }, use) => {
    const merchant = await Merchant.open(MERCHANT);
    watch.allow(merchant.origin);
    await use(merchant);
    await merchant.close();
  },

  server: async ({ merchant }, use) => {
    const { key, origin } = merchant;
    const site = ["--name", "A merchant", "--origin", origin, "--contact", "020 7946 0112", "--no-bot"];
    const server = await Server.start({ prepare: (server) => server.set("site", "add", key, ...site) });
    merchant.embed(server.origin);
    await use(server);
    await server.stop();
  },
});

/** Somebody on the conversation page. */
export interface Visitor {
  page: Page;
  chat: Chat;
}

/** Lets people in. */
export class Cast {
  constructor(
    /** A page in a browser that nobody has used before. */
    readonly page: (options?: BrowserContextOptions) => Promise<Page>,
    private readonly server: Server,
  ) {}

  /** A visitor on the demo shop's page. */
  async shopper(options?: BrowserContextOptions): Promise<Shop> {
    const page = await this.page(options);
    await page.goto("/demo");
    return new Shop(page);
  }

  /** A visitor on the conversation page itself, as a webview or a link opens it, once WebAssembly has taken it over. */
  async visitor(options?: BrowserContextOptions): Promise<Visitor> {
    const page = await this.page(options);
    const taken = takenOver(page);
    const visitor = await this.visitorOn(page);
    await taken;
    return visitor;
  }

  /** The same on a page that the story has prepared, and as soon as the server's own page is there. */
  async visitorOn(page: Page): Promise<Visitor> {
    await page.goto(`/chat/${DEMO}`);
    return { page, chat: new Chat(page) };
  }

  /** The same where no script ever runs. */
  async visitorWithoutScripts(): Promise<Visitor> {
    return this.visitorOn(await this.page({ javaScriptEnabled: false }));
  }

  /** One of the demo's agents, on duty. */
  async agent(name: "ana" | "ben", options?: BrowserContextOptions): Promise<Desk> {
    return this.desk(this.credentials(name), options);
  }

  /** Anybody who can sign in, on duty. */
  async desk(credentials: Credentials, options?: BrowserContextOptions): Promise<Desk> {
    return this.deskOn(await this.page(options), credentials);
  }

  /** The same on a page that the story has prepared. */
  async deskOn(page: Page, credentials: Credentials): Promise<Desk> {
    await page.goto("/agent");
    const desk = new Desk(page);
    await desk.enter(credentials);
    await desk.goOnDuty();
    return desk;
  }

  credentials(name: "ana" | "ben"): Credentials {
    const credentials = this.server.agents.get(`${name}@demo.example`);
    if (!credentials) throw new Error(`the server printed no password for ${name}`);
    return credentials;
  }
}
