// What is pressed on the agents' page before the page runs: it is posted from here, so that the rest of the page goes on loading.
// Without this file the same buttons post their forms. The page takes the place of all this, under the same ids.

const opening = document.getElementById("opening");
const { unreachable, unable, taken } = opening.dataset;

// Whoever comes by an invitation has no use for the door.
if (location.hash.startsWith("#invitation=")) {
  opening.querySelector("#sign-in")?.remove();
  opening.querySelector("#on-its-way")?.removeAttribute("hidden");
}

for (const alert of opening.querySelectorAll("[data-permission]")) {
  alert.hidden = alert.dataset.permission !== self.Notification?.permission;
}

// Nobody may take people whom they cannot answer.
if (!self.WebAssembly && unable) {
  for (const button of opening.querySelectorAll("[name]")) button.disabled = true;
  tell(unable);
}

/** What was pressed before, which comes first. */
let before;

opening.addEventListener("submit", (event) => {
  const { submitter } = event;
  // The door needs its answer's cookies and a page for whoever has come in.
  if (!submitter?.name) return;
  event.preventDefault();
  if (submitter.ariaBusy) return;
  submitter.ariaBusy = "true";
  const { name, value } = submitter;
  const undo = name === "duty" ? switchTo(submitter, value) : () => {};
  before = Promise.resolve(before).then(async () => {
    const why = await post(name, value);
    submitter.ariaBusy = null;
    if (why) {
      undo();
      tell(why);
    } else if (name === "take") {
      submitter.disabled = true;
      if (opening.isConnected) tell(taken, "done");
      // Whether the page runs by now or not: it opens the conversation that its address names.
      lead(value);
    }
  });
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
    return unreachable;
  }
}

/** Shows the switch as it is to be, at once: the lines must not move when the next press is on its way. Gives what undoes it. */
function switchTo(duty, value) {
  const show = (on) => {
    duty.ariaChecked = on;
    duty.value = on ? "off" : "on";
    opening.querySelector("#off-duty").hidden = on;
  };
  const on = value === "on";
  show(on);
  return () => show(!on);
}

/** Says something, whether the page runs by now or not: until somebody does something else. */
function tell(words, kind = "refused") {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.dataset.notice = kind;
  notice.textContent = words;
  opening.querySelector("[data-notice]")?.remove();
  document.getElementById("notices")?.append(notice);
  for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => notice.remove(), { once: true });
}
