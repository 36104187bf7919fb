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
  if (!tag) throw Error("human-please: no script[data-site]");
  const option = (name) => tag.getAttribute("data-" + name) || "";
  const { origin } = new URL(tag.src);
  const { nonce } = tag;
  const scheme = option("color-scheme") || "auto";
  // Nothing is left of it that could end a colour, and begin something else.
  const accent = option("accent").replace(/\W/g, "");
  const radius = option("radius");

  const make = (name, attributes = {}, ...children) => {
    const space = /svg|path/.test(name) ? "2000/svg" : "1999/xhtml";
    const element = own("createElementNS").call(document, "http://www.w3.org/" + space, name);
    // Its own keys: those that a script has given to all objects would be attributes of a frame here.
    for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
    for (const child of children) element.appendChild(child);
    return element;
  };
  const icon = (d) => make("svg", { "aria-hidden": true }, make("path", { d }));

  const words = make("span");
  const humanButton = make(
    "button",
    { class: "human", "data-human-please": "human" },
    icon("M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M8 14q4 5 8 0M9 9h0M15 9h0"),
    words,
  );
  // The real property: it takes no value that is none, or that the browser does not know, and then the accent is ours. Where
  // lightness ends, white or black words can be read on any hue (A6).
  humanButton.style.background = `light-dark(oklch(from #${accent} min(l,.5) c h/1),oklch(from #${accent} max(l,.7) c h/1))`;
  const label = make("span");
  label.textContent = option("launcher-text");
  const chatButton = make("button", { "data-human-please": "open" }, icon("M4 5h16v11h-8l-5 4v-4H4Z"), label);
  const logo = option("logo");
  if (/^(https:\/)?\//.test(logo)) {
    const image = make("img", { alt: "", src: logo });
    // Until then, and where it never comes, there is the icon.
    image.onload = () => chatButton.replaceChild(image, chatButton.firstChild);
  }
  const launcher = make("div", {}, humanButton, chatButton);
  // Until the page inside is ready: it has one of its own.
  const closeButton = make("button");
  const note = make("p", { role: "alert" });
  const panel = make("section", { hidden: "" }, closeButton, note);
  const area = make("aside", { class: `${scheme} ${option("position")}` }, launcher, panel);
  if (radius <= 24) launcher.style.borderRadius = panel.style.borderRadius = radius + "px";
  // Neither the page's own rules nor a new or transformed <body> reach it.
  const host = make("human-please");
  const root = host.attachShadow({ mode: "open" });
  root.appendChild(area);

  // What only an open panel needs is in panel.js.
  const css = `
:host{all:initial!important}
aside{--accent:#bc471f;--paper:#fcf9f4;--ink:#2c231e;color-scheme:light;font:600 16px/1.5 -apple-system,Segoe UI,sans-serif;color:var(--ink)}
.dark{--accent:#f39761;--paper:#1d1713;--ink:#efeae2;color-scheme:dark}
@media(prefers-color-scheme:dark){.auto{--accent:#f39761;--paper:#1d1713;--ink:#efeae2;color-scheme:dark}}
div,section{position:fixed;z-index:2147483647;inset-inline-end:16px;bottom:calc(16px + env(safe-area-inset-bottom));display:flex;gap:8px;max-width:calc(100% - 32px);border-radius:26px}
.left>*{inset-inline:auto;left:16px}
.right>*{inset-inline:auto;right:16px}
button{display:flex;place-items:center;place-content:center;gap:8px;min-width:52px;min-height:52px;padding:0 12px;border:2px solid;border-radius:inherit;font:inherit;color:var(--ink);background:var(--paper);cursor:pointer}
.human{flex:none;max-width:calc(100vw - 92px);padding-inline:14px 20px;color:var(--paper);background:var(--accent)}
button:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--ink);box-shadow:0 0 0 6px var(--paper)}
button+button span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
svg,img{width:24px;height:24px;object-fit:contain;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
section{flex-direction:column;overflow:hidden;width:380px;height:min(640px,100% - 32px);border-radius:14px;background:var(--paper);box-shadow:0 4px 32px #0006}
[hidden]{visibility:hidden}
section>button{position:absolute;top:8px;inset-inline-end:8px}
p:empty,span:empty{display:none}
p{margin:60px 16px 0}
iframe{flex:1;border:0}
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

  // What both halves know. `frame`, `ready` and `timer` are put here once there are any. `ready` is the window of the page
  // inside that has said so: another one, after the frame was taken out and put back, has yet to say it.
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
    speak: (said = core.words) => {
      host.lang = said.locale;
      area.dir = said.dir;
      area.setAttribute("aria-label", said.support_chat);
      words.textContent = said.human_please;
      // The name of a button without words; one that has words is named by them (WCAG 2.5.3), and this says more.
      chatButton.title = said.open_chat;
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
    locale = wanted;
    if (tag.integrity || !wanted) return;
    import(`${origin}/embed/words.js?locale=${wanted}`).then(
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
    core.frame ||= make("iframe", {
      title: core.words.support_chat,
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
      src: `${origin}/chat/${option("site")}?${new URLSearchParams({ host: location.origin, scheme, locale, accent, radius })}`,
    });
    panel.className = note.textContent = "";
    // It loads when it is put in, and again when it is put there again.
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

  // The launcher's events are heard in the launcher, where no script of the page can keep them from us; from outside they
  // come from its host.
  const sense = (event) => {
    const { target, type } = event;
    if (target === host) return;
    for (const from of event.composedPath()) {
      const verb = from instanceof Element && read.call(from, "data-human-please");
      if (!verb) continue;
      // Whoever comes near may act.
      fetchPanel();
      // Whoever presses has acted: the conversation is on its way before they let go.
      if (type === "pointerdown" && !event.button) load();
      if (type === "click") {
        event.preventDefault();
        (verb === "human" ? human : open)(from);
      }
      return;
    }
  };
  for (const type of ["pointerover", "focusin", "pointerdown", "click"]) {
    area.addEventListener(type, sense);
    window.addEventListener(type, sense);
  }

  const api = {
    open: () => open(),
    close: core.close,
    toggle: () => (panel.hidden ? open() : core.close()),
    human: () => human(),
    setLocale: (locale) => {
      translate(locale);
      tell("setLocale", { locale });
    },
    on: (type, listener) => {
      const heard = (event) => listener(event.detail);
      bus.addEventListener(type, heard);
      return () => bus.removeEventListener(type, heard);
    },
    push: ([verb, ...details]) => api[verb](...details),
  };
  for (const verb of ["identify", "setContext", "reset"]) api[verb] = (detail) => tell(verb, detail);
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
