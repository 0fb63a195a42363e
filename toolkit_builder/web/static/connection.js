// A connection that is lost, and a server that was started again: the page says so, keeps what stands on it, and goes on.
"use strict";
const lost = document.querySelector("[data-lost]");
let isMissed = false;
const undone = new Set();

/** How the server answers: 204 if it knows this browser, another number if it does not, 0 if it is not there. */
async function reach() {
  try {
    return (await fetch(lost.dataset.here, { cache: "no-store" })).status;
  } catch { return 0; }
}

/** Say that the server is not there, or does not know this browser any more; null: that all is well. */
function tell(status) {
  lost.hidden = status === null;
  for (const said of lost.children) said.hidden = said.dataset.when !== (status === 401 ? "unknown" : "away");
}

/** Wait until the server is there, and then do what could not be done. */
async function later(todo) {
  if (todo) undone.add(todo);
  if (isMissed) return;
  isMissed = true;
  for (let status = await reach(); status !== 204; status = await reach()) {
    tell(status);
    await new Promise((done) => setTimeout(done, 1000));
  }
  tell(null);
  isMissed = false;
  const all = [...undone];
  undone.clear();
  for (const each of all) each();
}

window.addEventListener("offline", () => later());

// What is sent while the server is away would be lost, with all that was filled in.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.reached) return;
  event.preventDefault();
  if ((await reach()) === 204) {
    form.dataset.reached = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.reached;
  } else {
    await later();
  }
});
