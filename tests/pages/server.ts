// The server that a story plays against: the real program on a free port, with a database that is its own and is thrown
// away afterwards.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** What an agent signs in with, as the server printed it. */
export interface Credentials {
  email: string;
  password: string;
}

/** What a story wants of its server beyond the demo. */
export interface Preparation {
  prepare?: (server: Server) => Promise<unknown>;
  /** More flags of `serve`. */
  flags?: string[];
}

/** The key of the demo shop's site. */
export const DEMO = "demo";

const program = process.env.HUMAN_PLEASE_BIN;

export class Server {
  /** The demo's agents by their email address. */
  readonly agents = new Map<string, Credentials>();
  private process: ChildProcess | undefined;
  private address = "127.0.0.1:0";
  private said: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly flags: string[],
  ) {}

  /** A new server; `prepare` may fill its database before anybody serves it. */
  static async start({ prepare, flags = [] }: Preparation = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "human-please-story-")), flags);
    await prepare?.(server);
    await server.serve();
    return server;
  }

  get origin(): string {
    return `http://${this.address}`;
  }

  /** Whether anybody answers there now. */
  get isServing(): boolean {
    return this.process?.exitCode === null && this.process.signalCode === null;
  }

  /** Runs one of the program's other tasks on this server's database, and gives what it printed. */
  async set(...task: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(path(), [...task, "--database", this.database]);
    return stdout;
  }

  /** Adds somebody who works for a site. */
  async employ(site: string, email: string, name: string, role: "agent" | "lead" | "admin" = "agent"): Promise<Credentials> {
    const printed = await this.set("agent", "add", email, "--name", name, "--site", site, "--role", role);
    const [, token] = /#invitation=([0-9a-f]{64})/.exec(printed) ?? [];
    if (!token) throw new Error(`agent add printed no invitation: ${printed}`);
    const password = "three calm blue lamps";
    const chosen = await fetch(`${this.origin}/api/v1/agent/invitation`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, password }),
    });
    if (chosen.status !== 204) throw new Error(`the invitation was not taken: ${chosen.status}`);
    return { email, password };
  }

  /** Ends it as a power cut would: nothing is finished, and nobody is told. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Starts it again on the same database and port, as after a power cut. */
  async restart(): Promise<void> {
    await this.serve();
  }

  /** Ends it in order and starts it again on the same port, with more flags of `serve`. */
  async restartWith(...flags: string[]): Promise<void> {
    await this.end("SIGTERM");
    this.flags.push(...flags);
    await this.serve();
  }

  /** Has so many wait for the people of a site, one more each second up to now. It serves nobody meanwhile. */
  async crowd(site: string, waiting: number): Promise<void> {
    await this.end("SIGTERM");
    const file = join(this.folder, "desk.db");
    const wanted = ["--site", site, "--waiting", String(waiting), "--until", String(Date.now())];
    await promisify(execFile)(join(dirname(path()), "crowd"), [...wanted, "--database", file]);
    await this.serve();
  }

  /** Ends it in order, and removes what it kept. A server that does not stop when it is told is a failure. */
  async stop(): Promise<void> {
    const code = await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0 && code !== undefined) throw new Error(`the server ended with ${code}:\n${this.said.join("\n")}`);
  }

  private get database(): string {
    return `sqlite:${join(this.folder, "desk.db")}`;
  }

  private serving(): string[] {
    return ["serve", "--demo", "--listen", this.address, "--database", this.database, ...this.flags];
  }

  private async serve(): Promise<void> {
    const child = spawn(path(), this.serving(), {
      stdio: ["ignore", "pipe", "pipe"],
      // Whatever the machine has set for a server of its own is not meant for this one.
      env: { PATH: process.env.PATH, RUST_BACKTRACE: "1" },
    });
    this.process = child;
    const errors = createInterface(child.stderr);
    errors.on("line", (line) => this.said.push(line));
    const lines = createInterface(child.stdout);
    lines.on("line", (line) => this.hear(line));
    // It says where it is before it serves, and the system keeps connections that come a little early.
    const printed = once(lines, "line");
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`the server ended with ${code} before it served:\n${this.said.join("\n")}`);
    });
    ended.catch(() => undefined);
    await Promise.race([printed, ended]);
    await Promise.race([this.ready(), ended]);
  }

  private hear(line: string): void {
    this.said.push(line);
    const address = /^demo shop\s+http:\/\/(\S+)\/demo$/.exec(line)?.[1];
    if (address) this.address = address;
    const [, email, password] = /^demo agent (\S+) (\S+)$/.exec(line) ?? [];
    if (email && password) this.agents.set(email, { email, password });
  }

  private async ready(): Promise<void> {
    const answer = await fetch(`${this.origin}/readyz`);
    if (!answer.ok) throw new Error(`the server is not ready: ${answer.status}\n${this.said.join("\n")}`);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null | undefined> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return undefined;
    const exit = once(child, "exit");
    child.kill(signal);
    const [code] = await exit;
    return code as number | null;
  }
}

function path(): string {
  if (!program) throw new Error("HUMAN_PLEASE_BIN must name the server: run `cargo xtask test browser`, which builds it");
  return program;
}
