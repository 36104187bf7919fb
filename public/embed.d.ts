// What a merchant's page can do with the chat, for people and for TypeScript. The guide is at https://HOST/docs/embed.
//
// The tag, anywhere on the page:
//
//   <script async src="https://HOST/embed.js" data-site="KEY"></script>
//
//   data-locale="de"          the language to begin with; without it the page's own (<html lang>), and without that the
//                             visitor's browser decides
//   data-color-scheme="dark"  light, dark or auto (the default: as the visitor's system says)
//   data-position="left"      the corner of the launcher: left or right; without it, where lines end in the language
//   data-preload="idle"       fetches the script that goes with this one (1 kB) once the page is idle, and not only when
//                             the visitor comes near the launcher
//   data-contact="Call …"     how else to reach the shop, shown where the chat does not answer
//   data-accent="#bc471f"     the colour of Human please, in the launcher and in the chat, as #rgb or #rrggbb; made darker
//                             or lighter where words on it could not be read. The launcher keeps its own in browsers
//                             from before 2024
//   data-radius="14"          how round the corners of the launcher and of the chat are, in pixels from 0 to 24
//   data-launcher-text="Ask"  a few words beside the icon that opens the chat, in the language of your page; cut where there
//                             is no room. What Human please says is not yours to choose
//   data-logo="/logo.svg"     a picture in that icon's place, 24 pixels wide and high: a path on your own site, or an https:
//                             address. Visitors fetch it from there with your page
//
// Any element can open the chat: data-human-please="open", or data-human-please="human" to ask
// for a person with the same press. Give a link an href of https://HOST/chat/KEY, and it also
// works where this script does not.
//
// The script may load after the page's own code. Calls made before that wait in a list:
//
//   window.HumanPlease = window.HumanPlease || [];
//   HumanPlease.push(["identify", { token }]);
//   HumanPlease.push(["on", "unread", ({ count }) => { … }]);
//
// `push` goes on working afterwards. To call the methods themselves before the script has
// loaded, put this in front of it:
//
//   window.HumanPlease ||= new Proxy([], {
//     get: (list, verb) => (verb in list ? list[verb] : (...details) => list.push([verb, ...details])),
//   });
//
// With a Content-Security-Policy, the page needs `script-src https://HOST` and
// `frame-src https://HOST`, and nothing for styles; for a logo, an `img-src` that lets it in. Instead of the host, a nonce of the tag is
// enough for the scripts; and `require-trusted-types-for 'script'` needs no policy for us.
//
// Until the visitor acts there is no frame, cookie, storage or request but for the script itself, for
// its words where the page is in another language than the visitor's browser, and for your logo if you name one. When they come near
// the launcher, by pointer or by focus, the script that goes with this one is fetched: a file that is the
// same for everybody. When they press, the conversation is on its way.
//
// To run no other code than what you have read, pin it, with the language in its address:
//
//   <script async src="https://HOST/embed.js?locale=de" data-site="KEY" crossorigin integrity="sha384-…"></script>
//
// It then takes the other script only with the integrity that it names itself, and no words of another
// language. A server that was renewed may serve another loader, which your visitors' browsers refuse until
// you have pinned that one: so pin it only together with links to the chat, which work without it.
//
// The tag may run as a module, or again and again, as in pages that replace their body: there is one launcher. In
// a page that replaces everything it comes back.

export {};

declare global {
  interface Window {
    /** The chat; only `push` until the script has loaded. */
    HumanPlease: HumanPlease | Pick<HumanPlease, "push">;
  }
}

/** The chat of the page. */
export interface HumanPlease {
  /** Opens the chat and moves the focus into it. */
  open(): void;
  /** Closes it; the focus goes back to where it was opened. The conversation goes on. */
  close(): void;
  toggle(): void;
  /** Opens the chat and asks for a person. Asking again changes nothing. */
  human(): void;
  /** Says who the visitor is: a token that the merchant's server has signed. */
  identify(identity: { token: string }): void;
  /**
   * Tells the person who answers what the visitor is looking at, in place of what was told before: at
   * most 20 values under names of 1 to 40 characters; texts of up to 500 characters, finite numbers,
   * true, false or null. People see it as not verified, the assistant never does, and it is kept with
   * the conversation once that has begun. Anything else is dropped with the error `bad_context`.
   */
  setContext(context: Record<string, string | number | boolean | null>): void;
  /** Changes the language of the launcher and of the chat, by its BCP 47 tag. */
  setLocale(tag: string): void;
  /** Forgets the visitor on this device, as after signing out of the shop. */
  reset(): void;
  /** Calls `listener` at each such event, until the function that it returns is called. */
  on<Type extends keyof HumanPleaseEvents>(
    type: Type,
    listener: (detail: HumanPleaseEvents[Type]) => void,
  ): () => void;
  /** One call as a list, as before the script had loaded. */
  push<Type extends keyof HumanPleaseEvents>(
    call: ["on", Type, (detail: HumanPleaseEvents[Type]) => void],
  ): unknown;
  push(call: HumanPleaseCall): unknown;
}

/** What can happen, and what a listener is told of it. Never what somebody wrote. */
export interface HumanPleaseEvents {
  /** The conversation is there: after the visitor has pressed, and again whenever its frame was loaded again. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** The assistant or a person has written. */
  message: { author: "bot" | "agent"; seq: number };
  /** Messages that the visitor has not seen, while the chat is closed. */
  unread: { count: number };
  /** The request for a person is stored, under this number. */
  human: { receipt: number };
  /** The visitor waits: place in line from 1, and seconds since the first request. */
  queue: { position: number; waited: number };
  /**
   * `not_ready`: the conversation has not answered for 8 seconds; `bad_context`: what `setContext` was given is more than
   * it takes, or nested; `reconnecting`; `unavailable`: nothing can be stored just
   * now; `outdated`: the page must be loaded again; `signed_out`. More may come.
   */
  error: { code: "not_ready" | "bad_context" | "reconnecting" | "unavailable" | "outdated" | "signed_out" | (string & {}) };
}

/** A method's name and its arguments; for `on`, see `push`. */
export type HumanPleaseCall =
  | ["open" | "close" | "toggle" | "human" | "reset"]
  | ["identify", { token: string }]
  | ["setContext", Record<string, string | number | boolean | null>]
  | ["setLocale", string];

/**
 * What the conversation page tells whoever holds it without the loader: a page around its frame gets the object, an app the
 * same as JSON text.
 */
export type HumanPleaseMessage = {
  [Type in keyof HumanPleaseEvents]: HumanPleaseEvents[Type] extends undefined
    ? { humanPlease: 1; type: Type; detail?: undefined }
    : { humanPlease: 1; type: Type; detail: HumanPleaseEvents[Type] };
}[keyof HumanPleaseEvents];

/**
 * What such a page posts to the frame, and to its origin only. `hello` has the frame say `ready` again, for a page that may
 * have begun to listen after that.
 */
export type HumanPleaseRequest =
  | { humanPlease: 1; type: "hello" | "open" | "close" | "toggle" | "human" | "reset" }
  | { humanPlease: 1; type: "setLocale"; detail: { locale: string } }
  | { humanPlease: 1; type: "setContext"; detail: Record<string, string | number | boolean | null> };
