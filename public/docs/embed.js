// What runs on the guide's page: the chat with the tag that was chosen, the calls, and the list of events.
(() => {
  const byId = (id) => document.getElementById(id);
  const chosen = new URLSearchParams(location.search);
  const form = document.querySelector(".choices");
  const EVENTS = ["ready", "open", "close", "message", "unread", "human", "queue", "error"];

  // The choices of the form are the tag's attributes; what is empty is left out.
  const attributes = new Map();
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = chosen.get(field.name);
    if (value !== null) field.value = value;
    if (field.value) attributes.set(`data-${field.name}`, field.value);
  }
  const key = attributes.get("data-site") ?? "demo";

  const tag = document.createElement("script");
  tag.async = true;
  tag.src = `${location.origin}/embed.js`;
  for (const [name, value] of attributes) tag.setAttribute(name, value);
  byId("tag-used").querySelector("code").textContent = tag.outerHTML.replace(' async=""', " async");
  byId("live-open").href = `/chat/${encodeURIComponent(key)}`;

  const state = byId("tag-state");
  const showCalls = () => {
    byId("live-calls").hidden = false;
    byId("live-calls").addEventListener("click", ({ target }) => {
      const verb = target.dataset.call;
      if (verb) window.HumanPlease.push([verb]);
    });
  };

  const list = byId("console");
  const write = (type, detail) => {
    byId("console-none").hidden = true;
    const item = document.createElement("li");
    const code = document.createElement("code");
    code.textContent = detail === undefined || detail === null ? type : `${type} ${JSON.stringify(detail)}`;
    item.append(code);
    list.append(item);
    while (list.children.length > 50) list.firstChild.remove();
    list.parentElement.scrollTop = list.parentElement.scrollHeight;
  };

  let stops;
  const listen = () => (stops = EVENTS.map((type) => window.HumanPlease.on(type, (detail) => write(type, detail))));
  const showEvents = () => {
    byId("live-events").hidden = false;
    listen();
    const button = byId("console-stop");
    button.onclick = () => {
      const isStopped = stops === undefined;
      if (isStopped) listen();
      else {
        for (const stop of stops) stop();
        stops = undefined;
      }
      button.setAttribute("aria-pressed", String(!isStopped));
    };
  };

  tag.onload = () => {
    showCalls();
    showEvents();
  };
  tag.onerror = () => (state.textContent = "The script could not be loaded. Is the server still there?");

  // A key that is no site's would end in a frame that says so; better to say it here.
  fetch(`/chat/${encodeURIComponent(key)}`, { method: "HEAD", credentials: "omit" })
    .then(({ ok }) => {
      if (ok) document.head.append(tag);
      else state.textContent = `This server has no site with the key “${key}”. Write your own site's key above.`;
    })
    .catch(() => (state.textContent = "This server does not answer just now."));
})();
