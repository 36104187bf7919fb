// The chat in a frame of a page of your own: what the page hears, and what it says.
const server = location.origin; // on your page: "https://HOST"
const site = new URLSearchParams(location.search).get("site") ?? "demo"; // on your page: "KEY"

const frame = document.querySelector("#chat");
// The page names its own origin, and hears something only if the site allows it.
frame.src = `${server}/chat/${encodeURIComponent(site)}?host=${encodeURIComponent(location.origin)}`;

addEventListener("message", ({ isTrusted, source, origin, data }) => {
  // From the browser, from this frame, from our server, and of this schema.
  if (!isTrusted || source !== frame.contentWindow || origin !== server || data?.humanPlease !== 1) return;
  const { type, detail } = data;
  // The visitor has closed it: the page takes it out of view, and tells it so, for what comes now is unread.
  if (type === "close") show(false);
  if (type === "unread") document.querySelector("#unread").textContent = detail.count ? `${detail.count} new` : "";
  const item = document.createElement("li");
  item.textContent = JSON.stringify(data);
  document.querySelector("#heard").append(item);
});

function show(isOpen) {
  frame.hidden = !isOpen;
  document.querySelector("#open").hidden = isOpen;
  if (!isOpen) frame.contentWindow.postMessage({ humanPlease: 1, type: "close" }, server);
}

document.addEventListener("click", ({ target }) => {
  const type = target.dataset?.verb;
  if (type === "open") show(true);
  if (type) frame.contentWindow.postMessage({ humanPlease: 1, type }, server);
});
