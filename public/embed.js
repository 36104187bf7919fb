// The loader: draws the launcher on a merchant's page and opens the conversation in an iframe,
// once the visitor acts. Documented in embed.d.ts.
(() => {
  const tag = document.currentScript || document.querySelector("script[data-site]");
  const calls = window.HumanPlease || [];
  // Not the queue but the API: the tag is on the page twice.
  if (!Array.isArray(calls)) return;
  const { site, locale = "", colorScheme, position = "right", contact = "" } = tag.dataset;
  const { origin } = new URL(tag.src);

  const make = (name, attributes, ...children) => {
    const space = /svg|path/.test(name) ? "2000/svg" : "1999/xhtml";
    const element = document.createElementNS(`http://www.w3.org/${space}`, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  };
  const icon = (d) =>
    make("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, make("path", { d }));

  const humanButton = make(
    "button",
    { class: "human" },
    icon("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.2 14.2a4.5 4.5 0 0 0 7.6 0M9 9.5v.01M15 9.5v.01"),
    "Human please",
  );
  const badge = make("b");
  const chatButton = make("button", {}, icon("M4 5h16v11h-8l-5 4v-4H4Z"), badge);
  const launcher = make("div", {}, humanButton, chatButton);
  // Until the page inside is ready: it has one of its own.
  const closeButton = make("button", {}, "Close chat");
  const note = make("p", { role: "alert" });
  const panel = make("section", { hidden: "" }, closeButton, note);
  const area = make("aside", { "aria-label": "Support", class: position }, launcher, panel);
  // Neither the page's own rules nor a new or transformed <body> reach it.
  const host = make("human-please", { lang: "en" });
  const root = host.attachShadow({ mode: "open" });
  root.append(area);

  const css = `
:host{all:initial!important}
aside{--accent:#bc471f;--on:#fff;--paper:#fcf9f4;--ink:#2c231e;color-scheme:light;font:600 16px/1.5 "Segoe UI",Roboto,"Liberation Sans",system-ui,sans-serif;color:var(--ink)}
.dark{--accent:#f39761;--on:#26160f;--paper:#1d1713;--ink:#efeae2;color-scheme:dark}
div,section{position:fixed;z-index:2147483647;right:16px;bottom:calc(16px + env(safe-area-inset-bottom));display:flex;gap:8px}
.left>*{left:16px;right:auto}
button{display:flex;align-items:center;justify-content:center;gap:8px;min-width:52px;min-height:52px;margin:0;padding:0 12px;border:2px solid;border-radius:26px;font:inherit;color:var(--ink);background:var(--paper);cursor:pointer}
.human{padding:0 20px 0 14px;border-color:var(--paper);color:var(--on);background:var(--accent)}
.human:hover{filter:brightness(.92)}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 7px var(--paper)}
svg{width:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{min-width:20px;border-radius:14px;color:var(--paper);background:var(--ink)}
section{flex-direction:column;overflow:hidden;width:380px;height:min(640px,100% - 32px);border-radius:14px;background:var(--paper);box-shadow:0 4px 32px #0006}
[hidden]{visibility:hidden}
section>button{position:absolute;top:8px;right:8px;min-height:44px}
.ready button,b:empty,p:empty{display:none}
p{margin:60px 16px 0;font-weight:400}
iframe{flex:1;border:0}
@media(max-width:480px){[class]>section{inset:var(--top,0) 0 auto;width:auto;height:var(--height,100%);border-radius:0}}
@media print{aside{display:none}}`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, css));
  }

  const night = matchMedia("(prefers-color-scheme:dark)");
  const paint = () =>
    area.classList.toggle("dark", colorScheme === "dark" || (colorScheme !== "light" && night.matches));
  night.onchange = paint;
  paint();

  // On a phone the panel takes what the keyboard leaves.
  const view = window.visualViewport;
  const fit = () => {
    if (view.scale > 1.01) return;
    panel.style.setProperty("--height", `${view.height}px`);
    panel.style.setProperty("--top", `${view.offsetTop}px`);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);

  const bus = new EventTarget();
  const emit = (type, detail) => bus.dispatchEvent(new CustomEvent(type, { detail }));

  let frame, opener, ready, timer;
  // What the page inside is told each time it loads; `human` until it answers with `human`.
  const kept = new Map();
  const post = (type, detail) =>
    frame.contentWindow.postMessage({ humanPlease: 1, type, detail }, origin);
  const tell = (type, detail) => ready && post(type, detail);
  const keep = (type, detail) => {
    kept.set(type, detail);
    tell(type, detail);
  };

  const showUnread = (count) => {
    badge.textContent = count || "";
    chatButton.setAttribute(
      "aria-label",
      "Open chat" + (count ? `, ${count} unread message${count > 1 ? "s" : ""}` : ""),
    );
  };
  showUnread(0);

  const load = () => {
    frame?.remove();
    const query = new URLSearchParams({ host: location.origin, scheme: colorScheme || "auto", locale });
    frame = make("iframe", {
      title: "Support chat",
      allow: "",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
      src: `${origin}/chat/${site}?${query}`,
    });
    panel.append(frame);
    // A dead server, or a page without scripts that works: from here they look the same.
    timer = setTimeout(() => {
      timer = 0;
      note.textContent = `If you see the chat, press Human please there. If not, it cannot be reached now. ${contact}`;
      emit("error", { code: "not_ready" });
    }, 8000);
  };

  const open = (from) => {
    if (!panel.hidden) return;
    const active = document.activeElement;
    opener = from || root.activeElement || (active !== document.body && active) || chatButton;
    if (!ready && !timer) load();
    launcher.hidden = true;
    panel.hidden = false;
    showUnread(0);
    frame.focus();
    tell("open");
    emit("open");
  };
  const close = () => {
    if (panel.hidden) return;
    // Otherwise the visitor has gone on elsewhere.
    const inside = root.activeElement;
    panel.hidden = true;
    launcher.hidden = false;
    if (inside) (opener.isConnected ? opener : chatButton).focus();
    tell("close");
    emit("close");
  };
  const human = (from) => {
    open(from);
    keep("human");
  };

  addEventListener("message", ({ isTrusted, source, origin: sender, data }) => {
    if (!isTrusted || sender !== origin || source !== frame?.contentWindow) return;
    const { humanPlease, type, detail } = data || {};
    if (humanPlease !== 1) return;
    if (type === "close") return close();
    if (type === "human") kept.delete(type);
    if (type === "ready") {
      ready = true;
      clearTimeout(timer);
      note.textContent = "";
      if (root.activeElement) frame.focus();
      panel.className = "ready";
      kept.forEach((value, key) => post(key, value));
      kept.delete("reset");
      if (!panel.hidden) post("open");
    }
    if (type === "unread" && panel.hidden) showUnread(detail.count);
    emit(type, detail);
  });

  humanButton.onclick = () => human(humanButton);
  chatButton.onclick = () => open(chatButton);
  closeButton.onclick = close;
  panel.onkeydown = ({ key }) => key === "Escape" && close();
  document.addEventListener("click", (event) => {
    const trigger = event.composedPath().find((node) => node.dataset?.humanPlease);
    if (!trigger) return;
    event.preventDefault();
    (trigger.dataset.humanPlease === "human" ? human : open)(trigger);
  });

  const api = {
    open: () => open(),
    close,
    toggle: () => (panel.hidden ? open() : close()),
    human: () => human(),
    identify: (identity) => keep("identify", identity),
    setContext: (context) => keep("setContext", context),
    setLocale: (locale) => keep("setLocale", { locale }),
    reset: () => {
      kept.clear();
      keep("reset");
      if (ready) kept.delete("reset");
    },
    on: (type, listener) => {
      const heard = (event) => listener(event.detail);
      bus.addEventListener(type, heard);
      return () => bus.removeEventListener(type, heard);
    },
    push: ([verb, ...details]) => api[verb](...details),
  };
  window.HumanPlease = api;
  document.documentElement.append(host);
  calls.forEach(api.push);
})();
