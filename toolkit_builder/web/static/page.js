// Where there is script, the page answers at once: without it, all of this is links and forms that are sent.
"use strict";
document.documentElement.classList.add("has-script");

/** Put what another answer of this site has in the places of what stands here, and keep the focus where it is. */
async function take(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.assign(address); return; }
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement && document.activeElement.id;
  for (const part of ["[data-live]", ".top"]) {
    const here = document.querySelector(part), there = other.querySelector(part);
    if (here && there) here.replaceWith(document.importNode(there, true));
  }
  history.replaceState(null, "", address);
  const again = focused && document.getElementById(focused);
  (again || document.getElementById("content")).focus({ preventScroll: true });
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.matches("[data-at-once]")) {
    const asked = new URLSearchParams(new FormData(form)).toString();
    take(form.action + (asked ? "?" + asked : ""));
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-live] a.toggle, [data-live] #unstated, [data-live] #all-cards");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    take(link.href);
  }
});

/** Follow a job: what the server tells of it stands in its place until it is over, and then what came of it. */
function follow(place) {
  const told = new EventSource(place.dataset.events);
  told.addEventListener("progress", (event) => {
    const [left, total, ...text] = event.data.split("|");
    const said = place.querySelector("[data-progress]"), bar = place.querySelector("progress");
    if (said && said.textContent !== text.join("|")) said.textContent = text.join("|");
    if (bar && Number(total)) { bar.max = Number(total); bar.value = Number(total) - Number(left); }
  });
  told.addEventListener("over", async () => {
    told.close();
    const answer = await fetch(place.dataset.after);
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...Array.from(other.body.childNodes, (node) => document.importNode(node, true)));
    const title = place.querySelector("h1");
    if (title) {
      title.tabIndex = -1;
      title.focus();
      document.title = title.textContent;
    }
  });
}
for (const place of document.querySelectorAll("[data-events]")) follow(place);
