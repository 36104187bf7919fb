// The loader's other half, fetched once the visitor comes near the launcher: the bridge to the page inside, the style of the
// open panel and the place that the keyboard of a phone leaves it, and the count of unread messages.
//
// It does not fetch the conversation page's files ahead. Browsers keep a cache for each pair of a page's site and a frame's, so
// it would have to be a frame that does, which no page gets before the visitor acts; and for links that prefetch, a page with a
// strict policy would have to allow more.
//
// A page may be older than this file, for it is loaded once and the server is renewed: what embed.js hands over keeps its
// names and its sense.

/** What the page inside may say, and of which kind each detail is. Anything else is not of our page, or not of this version. */
const EVENTS = {
  __proto__: null,
  ready: {},
  close: {},
  message: { author: "string", seq: "number" },
  unread: { count: "number" },
  human: { receipt: "number" },
  queue: { position: "number", waited: "number" },
  error: { code: "string" },
};

/** The details that this kind of event has; none if they are not as they should be. */
function detailOf(type, detail) {
  const kinds = typeof type === "string" && EVENTS[type];
  if (!kinds) return;
  const found = {};
  for (const name of Object.keys(kinds)) {
    if (typeof detail?.[name] !== kinds[name]) return;
    found[name] = detail[name];
  }
  return found;
}

/** The style of an open panel, in one rule. On a phone it is the whole page, but for what the keyboard takes. */
const STYLE =
  "@media screen{.ready button{display:none}@media(max-width:480px){[class]>section{inset:var(--top,0) 0 auto;width:auto;max-width:none;height:var(--height,100%);border-radius:0!important}}}";

/** Begins; gives the function by which embed.js passes on what the merchant's page says. */
export default function start(core) {
  const { panel, chatButton, note, origin, root, tag } = core;
  // The loader's own, however it was let in; where none was, there is no style to add to.
  (root.adoptedStyleSheets?.[0] || root.styleSheets[0])?.insertRule(STYLE);
  // The button's name says what the number is of.
  const badge = core.make("b", { "aria-hidden": true });
  badge.style.cssText = "min-width:20px;border-radius:14px;color:var(--paper);background:var(--ink)";
  let unread = 0;
  let fetched;

  // What the page inside is told each time it loads; `human` until it answers.
  const kept = new Map();
  const isReady = () => core.ready && core.ready === core.frame?.contentWindow;
  const post = (type, detail) => core.frame.contentWindow.postMessage({ humanPlease: 1, type, detail }, origin);
  const tell = (type, detail) => isReady() && post(type, detail);
  const keep = (type, detail) => {
    kept.set(type, detail);
    tell(type, detail);
  };

  const { speak } = core;
  core.speak = () => {
    speak();
    if (core.frame) core.frame.title = core.words.support_chat;
    label();
  };
  const label = () => {
    const { locale, open_chat, open_chat_unread: forms } = core.words;
    if (!unread) {
      badge.parentNode?.removeChild(badge);
      chatButton.title = open_chat;
      return;
    }
    const count = new Intl.NumberFormat(locale).format(unread);
    if (!forms) fetchForms(locale);
    const form = forms?.[new Intl.PluralRules(locale).select(unread)] ?? `${open_chat}, {count}`;
    badge.textContent = count;
    chatButton.appendChild(badge);
    chatButton.title = form.replace("{count}", count);
  };
  // The launcher has no need of them before, so they are not among its words.
  const fetchForms = (locale) => {
    // What this would fetch is not the code that a tag with `integrity` asks for.
    if (tag.integrity || fetched === locale) return;
    fetched = locale;
    import(`${origin}/embed/words.js?locale=${locale}`).then(
      ({ default: words }) => {
        if (words.locale !== core.words.locale) return;
        core.words = words;
        core.speak();
      },
      // The number alone is true, too.
      () => {},
    );
  };
  const showUnread = (count) => {
    unread = count;
    label();
  };

  // For who has gone to another tab. Only what we have put before the page's title is taken away, and the title is read past
  // elements of the page that are named so.
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "title");
  let mark = "";
  const retitle = (count) => {
    const marked = get.call(document);
    const title = marked.startsWith(mark) ? marked.slice(mark.length) : marked;
    mark = count ? `(${count}) ` : "";
    if (mark + title !== marked) set.call(document, mark + title);
  };

  const hear = ({ isTrusted, source, origin: sender, data }) => {
    if (!isTrusted || sender !== origin || !source || source !== core.frame?.contentWindow) return;
    if (typeof data !== "object" || data?.humanPlease !== 1) return;
    const { type } = data;
    const detail = detailOf(type, data.detail);
    if (!detail) return;
    if (type === "close") return core.close();
    if (type === "ready") greet(source);
    // A page that tells the place in line has the request.
    if (type === "human" || type === "queue") kept.delete("human");
    if (type === "unread") {
      retitle(detail.count);
      if (panel.hidden) showUnread(detail.count);
    }
    core.emit(type, type === "ready" ? undefined : detail);
  };

  const greet = (source) => {
    core.ready = source;
    clearTimeout(core.timer);
    core.timer = 0;
    note.textContent = "";
    if (root.activeElement) core.frame.focus();
    panel.className = "ready";
    for (const [type, detail] of kept) post(type, detail);
    kept.delete("reset");
    // It may have loaded ahead of being shown.
    post(panel.hidden ? "close" : "open");
  };

  // On a phone the panel takes what the keyboard leaves.
  const view = window.visualViewport;
  const fit = () => {
    if (view.scale > 1.01) return;
    panel.style.setProperty("--height", `${view.height}px`);
    panel.style.setProperty("--top", `${view.offsetTop}px`);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);

  panel.onkeydown = ({ key }) => key === "Escape" && core.close();
  addEventListener("message", hear);
  // A page inside that was faster than this file says again that it is ready. There may be none yet, and then this goes to the
  // frame's empty page: hence to whoever it is, for a browser complains of an origin that is not there.
  core.frame?.contentWindow?.postMessage({ humanPlease: 1, type: "hello" }, "*");

  return (type, detail) => {
    if (type === "open") showUnread(0);
    if (type === "open" || type === "close") return tell(type);
    if (type !== "reset") return keep(type, detail);
    kept.clear();
    // Without a detail: a page may give the method itself to a button, which calls it with an event.
    keep(type);
    if (isReady()) kept.delete(type);
  };
}
