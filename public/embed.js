// The loader: draws the launcher on a merchant's page, and opens the conversation in an iframe once the visitor acts. What is
// needed only then is in panel.js. Documented in embed.d.ts.
//
// It runs in pages that we have not seen. Their elements may be named like properties of `document`, so these are read past
// such names; their scripts may have changed what arrays, objects and elements do, so it relies on little of that.
(() => {
  // The build makes a file of each language: it puts that language's words here.
  const english = {
    locale: "en",
    dir: "ltr",
    human_please: "Human please",
    support: "Support",
    support_chat: "Support chat",
    open_chat: "Open chat",
    close_chat: "Close chat",
    chat_not_ready: "If you see the chat, press Human please there. If not, it cannot be reached now.",
  };
  // The build puts the name with the hash and the integrity here.
  const panelFile = "panel.js";
  const panelIntegrity = "";

  // Only what a script has put there: the page may have an element with this id.
  const calls = Object.getOwnPropertyDescriptor(window, "HumanPlease")?.value;
  // Not the queue but the API: the tag is on the page twice.
  if (calls && calls.length === undefined) return;

  const own = (name) => Reflect.get(Document.prototype, name, document);
  const read = Element.prototype.getAttribute;
  let tag = own("currentScript");
  // A module loader has run this, or a bundle with a tag of its own.
  if (!tag?.getAttribute("data-site")) tag = own("querySelector").call(document, "script[data-site]");
  if (!tag) throw Error("human-please: no script[data-site] on this page");
  const option = (name) => tag.getAttribute("data-" + name) || "";
  const { origin } = new URL(tag.src);
  const { nonce } = tag;
  const scheme = option("color-scheme") || "auto";

  const make = (name, attributes, ...children) => {
    const space = /svg|path/.test(name) ? "2000/svg" : "1999/xhtml";
    const element = own("createElementNS").call(document, "http://www.w3.org/" + space, name);
    // Its own keys: those that a script has given to all objects would be attributes of a frame here.
    for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
    for (const child of children) element.appendChild(child);
    return element;
  };
  const icon = (d) => make("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, make("path", { d }));

  const words = make("span", {});
  const humanButton = make(
    "button",
    { class: "human", "data-human-please": "human" },
    icon("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.2 14.2a4.5 4.5 0 0 0 7.6 0M9 9.5v.01M15 9.5v.01"),
    words,
  );
  const chatButton = make("button", { "data-human-please": "open" }, icon("M4 5h16v11h-8l-5 4v-4H4Z"));
  const launcher = make("div", {}, humanButton, chatButton);
  // Until the page inside is ready: it has one of its own.
  const closeButton = make("button", {});
  const note = make("p", { role: "alert" });
  const panel = make("section", { hidden: "" }, closeButton, note);
  const area = make("aside", { class: `${scheme} ${option("position")}` }, launcher, panel);
  // Neither the page's own rules nor a new or transformed <body> reach it.
  const host = make("human-please", {});
  const root = host.attachShadow({ mode: "open" });
  root.appendChild(area);

  const css = `
:host{all:initial!important}
aside{--accent:#bc471f;--on:#fff;--paper:#fcf9f4;--ink:#2c231e;color-scheme:light;font:600 16px/1.5 -apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink)}
.dark{--accent:#f39761;--on:#26160f;--paper:#1d1713;--ink:#efeae2;color-scheme:dark}
@media(prefers-color-scheme:dark){.auto{--accent:#f39761;--on:#26160f;--paper:#1d1713;--ink:#efeae2;color-scheme:dark}}
div,section{position:fixed;z-index:2147483647;inset-inline-end:16px;bottom:calc(16px + env(safe-area-inset-bottom));display:flex;gap:8px}
.left>*{inset-inline:auto;left:16px}
.right>*{inset-inline:auto;right:16px}
button{display:flex;align-items:center;justify-content:center;gap:8px;min-width:52px;min-height:52px;margin:0;padding:0 12px;border:2px solid;border-radius:26px;font:inherit;color:var(--ink);background:var(--paper);cursor:pointer}
.human{padding-inline:14px 20px;border-color:var(--paper);color:var(--on);background:var(--accent)}
.human:hover{filter:brightness(.92)}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 7px var(--paper)}
svg{width:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
section{flex-direction:column;overflow:hidden;width:380px;height:min(640px,100% - 32px);border-radius:14px;background:var(--paper);box-shadow:0 4px 32px #0006}
[hidden]{visibility:hidden}
section>button{position:absolute;top:8px;inset-inline-end:8px;min-height:44px}
.ready button,p:empty{display:none}
p{margin:60px 16px 0;font-weight:400}
iframe{flex:1;border:0}
@media(max-width:480px){[class]>section{inset:var(--top,0) 0 auto;width:auto;height:var(--height,100%);border-radius:0}}
@media print{aside{display:none}}`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = make("style", { nonce });
    style.textContent = css;
    root.appendChild(style);
  }

  const bus = new EventTarget();
  const emit = (type, detail) => bus.dispatchEvent(new CustomEvent(type, { detail }));

  // What both halves know. `ready` is the window of the page inside that has said so: another one, after the frame was taken
  // out and put back, has yet to say it.
  const core = {
    tag,
    host,
    root,
    panel,
    chatButton,
    note,
    origin,
    make,
    emit,
    words: english,
    frame: undefined,
    ready: undefined,
    timer: 0,
    speak: () => {
      const { words: said } = core;
      host.lang = said.locale;
      area.dir = said.dir;
      area.setAttribute("aria-label", said.support);
      words.textContent = said.human_please;
      chatButton.setAttribute("aria-label", said.open_chat);
      closeButton.textContent = said.close_chat;
    },
    close: () => {
      if (panel.hidden) return;
      // Otherwise the visitor has gone on elsewhere.
      const inside = root.activeElement;
      panel.hidden = true;
      launcher.hidden = false;
      if (inside) (opener.isConnected ? opener : chatButton).focus();
      tell("close");
      emit("close");
    },
  };

  // The merchant's wish, or else the page's language. Without any, the server has chosen by the browser's.
  let locale = option("locale") || own("documentElement").lang;
  // A module, because that is what a page's policy allows us already. It is not the code that a tag with `integrity` asks for.
  const translate = (wanted) => {
    if (tag.integrity || !wanted) return;
    import(`${origin}/embed/words.js?locale=${encodeURIComponent(wanted)}`).then(
      ({ default: found }) => {
        // Another may have been asked for meanwhile.
        if (wanted !== locale) return;
        core.words = found;
        core.speak();
      },
      // Then the words stay as they are: they can be read, if not by everybody.
      () => {},
    );
  };

  // What the page inside is to be told, until the other half can.
  const waiting = [];
  let tell = (...told) => {
    waiting[waiting.length] = told;
  };

  // A dead server, or a page without scripts that works: from here they look the same.
  const fail = () => {
    if (!core.timer) return;
    clearTimeout(core.timer);
    core.timer = 0;
    note.textContent = `${core.words.chat_not_ready} ${option("contact")}`;
    emit("error", { code: "not_ready" });
  };

  let asked;
  let tries = 0;
  const fetchPanel = () => {
    if (asked) return;
    asked = true;
    // Another address at each try: browsers remember modules that they could not get.
    const href = `${origin}/assets/loader/${panelFile}?${tries++}`;
    // A browser takes a module's integrity from here. A tag that pins this script pins that one; otherwise the server may be
    // newer than this page, and gives what it has.
    const integrity = tag.integrity && panelIntegrity;
    host.appendChild(make("link", { rel: "modulepreload", href, integrity, crossorigin: "", nonce }));
    import(href).then(
      ({ default: start }) => {
        tell = start(core);
        for (const told of waiting) tell(...told);
      },
      () => {
        asked = false;
        fail();
      },
    );
  };

  const load = () => {
    const { frame, timer, ready } = core;
    if (frame?.isConnected && (timer || ready === frame.contentWindow)) return;
    frame?.parentNode?.removeChild(frame);
    core.frame = make("iframe", {
      title: core.words.support_chat,
      allow: "",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
      src: `${origin}/chat/${option("site")}?host=${location.origin}&scheme=${scheme}&locale=${encodeURIComponent(locale)}&accent=${encodeURIComponent(option("accent"))}&radius=${option("radius")}`,
    });
    panel.className = note.textContent = "";
    panel.appendChild(core.frame);
    clearTimeout(timer);
    core.timer = setTimeout(fail, 8000);
    fetchPanel();
  };

  let opener;
  const open = (from) => {
    if (!panel.hidden) return;
    const active = own("activeElement");
    opener = from || root.activeElement || (active !== own("body") && active) || chatButton;
    load();
    launcher.hidden = true;
    panel.hidden = false;
    core.frame.focus();
    tell("open");
    emit("open");
  };
  const human = (from) => {
    open(from);
    tell("human");
  };

  closeButton.onclick = core.close;
  panel.onkeydown = ({ key }) => key === "Escape" && core.close();

  // The launcher's events are heard in the launcher, where no script of the page can keep them from us; from outside they
  // come from its host.
  const triggerOf = (event) => {
    if (event.target === host) return;
    for (const node of event.composedPath())
      if (node instanceof Element && read.call(node, "data-human-please")) return node;
  };
  const sense = (event) => {
    const from = triggerOf(event);
    if (!from) return;
    // Whoever comes near may act.
    fetchPanel();
    const { type } = event;
    // Whoever presses has acted: the conversation is on its way before they let go.
    if (type === "pointerdown" && !event.button) load();
    if (type !== "click") return;
    event.preventDefault();
    (read.call(from, "data-human-please") === "human" ? human : open)(from);
  };
  for (const target of [area, window])
    for (const type of ["pointerover", "focusin", "pointerdown", "click"]) target.addEventListener(type, sense);

  const api = {
    open: () => open(),
    close: core.close,
    toggle: () => (panel.hidden ? open() : core.close()),
    human: () => human(),
    identify: (identity) => tell("identify", identity),
    setContext: (context) => tell("setContext", context),
    setLocale: (tag) => {
      locale = tag;
      translate(tag);
      tell("setLocale", { locale: tag });
    },
    reset: () => tell("reset"),
    on: (type, listener) => {
      const heard = (event) => listener(event.detail);
      bus.addEventListener(type, heard);
      return () => bus.removeEventListener(type, heard);
    },
    push: ([verb, ...details]) => api[verb](...details),
  };
  window.HumanPlease = api;

  // A page that puts another <html> in the place of its own, or other things into it, gets the launcher again.
  const mount = () => {
    const html = own("documentElement");
    if (!html) return;
    if (!host.isConnected) html.appendChild(host);
    observer.observe(html, { childList: true });
  };
  // Once a frame: a page that takes it out again and again is not to be kept busy with that.
  const observer = new MutationObserver(() => requestAnimationFrame(mount));
  observer.observe(document, { childList: true });
  core.speak();
  mount();
  // Between kinds of one language the visitor's own is best.
  if (locale.split("-")[0] !== english.locale.split("-")[0]) translate(locale);
  if (option("preload") === "idle") (window.requestIdleCallback || setTimeout)(fetchPanel);
  for (let at = 0; at < calls?.length; at++) api.push(calls[at]);
})();
