// A merchant's page on a site of its own, so that the chat in it is a third party's, as it is for every merchant. It has a
// strict policy: whatever the loader needs beyond what we tell merchants is found out.
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";

export class Merchant {
  /** What is in the page's `<body>`, before the script tag. */
  body = '<main><h1>A merchant</h1><p><a href="#more">More</a></p></main>';
  /** More attributes of the script tag, or further tags. */
  tag: (src: string) => string = (src) => `<script async src="${src}" data-site="${this.key}"></script>`;
  /** The language that the page says it is in. */
  language = "en";
  /** What the page's policy says of scripts; our server, if nothing. */
  scripts: string | undefined;
  /** What the page's policy says of pictures. */
  images = "data:";
  private service: string | undefined;

  private constructor(
    private readonly http: HttpServer,
    readonly key: string,
  ) {}

  static async open(key: string): Promise<Merchant> {
    const http = createServer();
    const merchant = new Merchant(http, key);
    http.on("request", (_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.setHeader("content-security-policy", merchant.policy());
      response.end(merchant.html());
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return merchant;
  }

  /** By another name than our server, for sites are told apart by name and not by port. */
  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** By the same name as our server: a page of the same site. */
  get neighbour(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  /** Puts the script of our server on the page. */
  embed(service: string): void {
    this.service = service;
  }

  async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((closed) => this.http.close(closed));
  }

  private policy(): string {
    return `default-src 'none'; img-src ${this.images}; script-src ${this.scripts ?? this.service}; frame-src ${this.service}`;
  }

  private html(): string {
    return `<!doctype html><html lang="${this.language}"><head><meta charset="utf-8"><title>A merchant</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>${this.body}
${this.tag(`${this.service}/embed.js`)}</body></html>`;
  }
}
