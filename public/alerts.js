// A sound and a notification for visitors who wait for a person, or talk to one, while they look elsewhere. Fetched once a
// person has been asked for: until then nothing here is downloaded, asked or kept. The page works without it.
const { dataset } = document.documentElement;
const words = await (await fetch(dataset.words.replace("words/", "words/alerts-"))).json();
const status = document.getElementById("status");
const key = `human-please/${document.body.dataset.site}/alerts`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
#alerts{display:flex;flex-wrap:wrap;gap:0 var(--space-4);padding-inline:var(--space-4)}
#alerts[hidden]{display:none}
#alerts label{display:flex;align-items:center;gap:var(--space-2);min-height:2.75rem;font-size:var(--text-small);color:var(--ink-soft);cursor:pointer}
#alerts input{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent-deep)}
#alerts p{flex-basis:100%}
#alerts p:empty{display:none}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const choice = (name, label) => {
  const box = make("input", { type: "checkbox", name });
  return [box, make("label", {}, box, label)];
};
const [sound, soundLine] = choice("sound", words.sound);
const [notify, notifyLine] = choice("notify", words.notify_me);
const trouble = make("p", { className: "field-error" });
trouble.setAttribute("role", "status");
const region = make("div", { id: "alerts" }, notifyLine, soundLine, trouble);
// A browser lets no page inside another site's ask, and no app's webview has them.
notifyLine.hidden = !("Notification" in self && self === top);

// What was chosen is kept, where anything can be.
const keep = () => {
  try {
    const chosen = [sound, notify].filter((box) => box.checked).map((box) => box.name);
    if (chosen.length) localStorage.setItem(key, chosen.join(" "));
    else localStorage.removeItem(key);
  } catch {}
};
const kept = () => {
  try {
    return (localStorage.getItem(key) ?? "").split(" ");
  } catch {
    return [];
  }
};

let audio;
/** Two short notes, the second one higher. */
const play = () => {
  audio ??= new AudioContext();
  // Before the visitor has pressed anything a browser lets no page be heard.
  audio.resume();
  for (const [pitch, wait] of [[587, 0], [880, 0.14]]) {
    const from = audio.currentTime + wait;
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    note.connect(volume).connect(audio.destination);
    note.start(from);
    note.stop(from + 0.3);
  }
};

const block = () => {
  notify.checked = false;
  trouble.textContent = words.notifications_blocked;
  keep();
};
let shown;
/** Says who, never what: others may see the screen. */
const tell = (title) => {
  try {
    shown = new Notification(title, { tag: key, icon: "/icons/app.svg" });
    shown.onclick = () => {
      self.focus();
      shown.close();
    };
  } catch {
    // Some browsers have it and take it only from a service worker.
    block();
  }
};

sound.onchange = () => {
  keep();
  if (sound.checked) play();
};
notify.onchange = async () => {
  trouble.textContent = "";
  if (notify.checked && (await Notification.requestPermission()) !== "granted") block();
  keep();
};
const chosen = kept();
for (const box of [sound, notify]) box.checked = chosen.includes(box.name);
if (notify.checked && (notifyLine.hidden || Notification.permission !== "granted")) notify.checked = false;

/** Something has happened. Whoever looks at the page sees it. */
const alert = (text) => {
  if (!document.hidden && document.hasFocus()) return;
  if (sound.checked) play();
  if (notify.checked) tell(text);
};

let { title } = document;
const retitled = () => {
  const before = title;
  ({ title } = document);
  // With a count in front of it there is something new; without one, all of it has been seen.
  if (title === before) return;
  if (before.includes(title)) {
    shown?.close();
    return;
  }
  const messages = document.querySelectorAll('#messages .message:not([data-author="visitor"]) .message-author');
  const author = messages[messages.length - 1]?.textContent;
  alert(author ? words.new_message_from.replace("{name}", author.trim()) : status.textContent);
};
let { holder } = status.dataset;
const held = () => {
  const before = holder;
  ({ holder } = status.dataset);
  region.hidden = !/queue|agent/.test(holder);
  if (before === "queue" && holder === "agent") alert(status.textContent);
};
const watch = (target, changed, what) => new MutationObserver(changed).observe(target, what);
watch(document.querySelector("title"), retitled, { childList: true });
watch(status, held, { attributes: true });
held();
document.getElementById("composer").before(region);
