// What is pressed on the agents' page before the page runs: it is posted from here, so that the rest of the page goes on loading.
// Without this file the same buttons post their forms. The page takes the place of all this, under the same ids.

const opening = document.getElementById("opening");
const notices = opening.querySelector("#notices");

// Whoever comes by an invitation has no use for the door.
if (location.hash.startsWith("#invitation=")) opening.hidden = true;

for (const alert of opening.querySelectorAll("[data-permission]")) {
  alert.hidden = alert.dataset.permission !== self.Notification?.permission;
}

opening.addEventListener("submit", async (event) => {
  const { submitter } = event;
  // The door needs its answer's cookies and a page for whoever has come in.
  if (!submitter?.name) return;
  event.preventDefault();
  if (submitter.ariaBusy) return;
  submitter.ariaBusy = "true";
  notices.replaceChildren();
  const { name, value } = submitter;
  const why = await post(name, value);
  submitter.ariaBusy = null;
  if (why) tell(why);
  else if (name === "duty") switchTo(submitter, value);
  // Whether the page runs by now or not: it opens the conversation that its address names.
  else lead(value);
});

// A line alone leads there too, as no step of its own.
opening.addEventListener("click", (event) => {
  const line = event.target.closest?.(".entry[data-case]");
  if (!event.target.closest?.(".entry-open")) return;
  event.preventDefault();
  lead(line.dataset.case);
});

function lead(conversation) {
  location.replace(`#case=${conversation}`);
}

/** Posts what is pressed. Gives the reason if it is not done. */
async function post(name, value) {
  try {
    const headers = { accept: "application/json" };
    const answer = await fetch("/agent", { method: "POST", headers, body: new URLSearchParams({ [name]: value }) });
    return answer.ok ? "" : (await answer.json()).detail;
  } catch {
    return opening.dataset.unreachable;
  }
}

/** Shows the switch as it is now. */
function switchTo(duty, value) {
  const on = value === "on";
  duty.ariaChecked = on;
  duty.value = on ? "off" : "on";
  const note = opening.querySelector("#off-duty");
  if (note) note.hidden = on;
}

function tell(words) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.dataset.notice = "refused";
  notice.textContent = words;
  notices.replaceChildren(notice);
}
