// A mail server that takes every letter, for stories in which somebody opens one. That the real protocol is spoken, with all
// that can go wrong, is told by tests/tests/all/mail.
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";

export class MailServer {
  private readonly letters: string[] = [];
  private readonly connections = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<MailServer> {
    const server = createServer();
    const mail = new MailServer(server);
    server.on("connection", (socket) => mail.serve(socket));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return mail;
  }

  /** What `--smtp` takes. */
  get url(): string {
    return `smtp+plain://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits for the first letter, and gives its words. */
  async letter(): Promise<string> {
    if (!this.letters[0]) await once(this.server, "letter");
    return this.letters[0] ?? "";
  }

  async close(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  private serve(socket: Socket): void {
    this.connections.add(socket);
    socket.on("close", () => this.connections.delete(socket));
    // Whoever breaks off has said what they wanted to say.
    socket.on("error", () => undefined);
    const say = (answer: string): void => void socket.write(`${answer}\r\n`);
    let letter: string[] | undefined;
    say("220 mail.example ESMTP");
    createInterface(socket).on("line", (line) => {
      if (letter && line !== ".") return void letter.push(line);
      if (letter) {
        // Long lines and signs that are not ASCII are written in another way; the links are neither.
        this.letters.push(letter.join("\n").replaceAll("=\n", "").replaceAll("=3D", "="));
        letter = undefined;
        this.server.emit("letter");
        return say("250 OK");
      }
      const command = line.slice(0, 4).toUpperCase();
      if (command === "DATA") letter = [];
      say(command === "DATA" ? "354 Go on" : command === "QUIT" ? "221 Goodbye" : "250 OK");
      if (command === "QUIT") socket.end();
    });
  }
}

/** What a letter's link to a path leads to. */
export function linkIn(letter: string, path: string): string {
  const link = letter.split(/\s/).find((word) => word.startsWith("http") && word.includes(`${path}#`));
  if (!link) throw new Error(`no link to ${path} in ${letter}`);
  return link;
}
