// Where there is script, the page answers at once: without it, all of this is links and forms that are sent.
"use strict";
document.documentElement.classList.add("has-script");

/** Put what another answer of this site has in the places of what stands here, and keep the focus where it is. */
async function take(address) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "text/html" } });
  } catch { later(() => take(address)); return; }
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

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-tick-all]")) {
    const ticks = [...document.querySelectorAll("[data-tick]")], all = ticks.every((tick) => tick.checked);
    for (const tick of ticks) tick.checked = !all;
  }
});

/**
 * Follow a job: what the server tells of it stands in its place until it is over, and then what came of it. `again`: what
 * is to be done if a server that was started again knows nothing of it, or cannot say.
 */
function follow(place, again = () => location.reload()) {
  const told = new EventSource(place.dataset.events), after = place.dataset.after;
  told.addEventListener("progress", (event) => {
    const [left, total, ...text] = event.data.split("|");
    const said = place.querySelector("[data-progress]"), bar = place.querySelector("progress");
    if (said && said.textContent !== text.join("|")) said.textContent = text.join("|");
    if (bar && Number(total)) { bar.max = Number(total); bar.value = Number(total) - Number(left); }
  });
  told.addEventListener("error", () => later(() => { if (told.readyState === EventSource.CLOSED) again(); }));
  told.addEventListener("pack", (event) => {
    const [pack, state, text] = event.data.split("|");
    const said = place.querySelector(`[data-pack="${CSS.escape(pack)}"]`);
    if (said) {
      said.textContent = text;
      said.closest(".pack").className = `pack pack-${state}`;
    }
  });
  told.addEventListener("over", async function over() {
    told.close();
    let answer;
    try {
      answer = await fetch(after);
    } catch { later(over); return; }
    if (place.dataset.after !== after) return; // something else is awaited there meanwhile
    if (!answer.ok) { again(answer.status); return; }
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...Array.from(other.body.childNodes, (node) => document.importNode(node, true)));
    blame(place);
    place.dispatchEvent(new Event("seen"));
    const title = place.querySelector("h1");
    if (title) {
      title.tabIndex = -1;
      title.focus();
      document.title = title.textContent;
    }
  });
  return told;
}
for (const place of document.querySelectorAll("[data-events]")) follow(place);

/** What is wrong with the pages is told at the fields that cause it, too. */
function blame(place) {
  for (const told of place.querySelectorAll("[data-cause]")) {
    const name = told.dataset.cause, field = document.getElementById(name);
    const remarks = document.querySelector(`[data-remarks="${CSS.escape(name)}"]`);
    const said = told.querySelector("span").textContent;
    if (!field || !remarks || remarks.textContent.includes(said)) continue;
    const fault = document.createElement("p"), message = document.createElement("span");
    fault.className = "fault";
    fault.id = `remark-${name}-${remarks.childElementCount + 1}`;
    message.lang = "en";
    message.textContent = said;
    fault.append(told.dataset.said, " ", message);
    remarks.append(fault);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", fault.id);
    const box = field.closest(".field > .both > div, .field");
    if (box) box.classList.add("is-wrong");
    const around = field.closest("details");
    if (around) around.open = true;
  }
  for (const here of document.querySelectorAll("[data-fits]")) {
    const said = place.querySelector(`[data-cards="${CSS.escape(here.dataset.fits)}"]`);
    here.textContent = said ? said.textContent : "";
  }
}

/** A form that looks at itself as it is filled in: its remarks, and the pages beside it, which stay until the next are there. */
function look(form) {
  let waiting = 0, running = null, typed = 0, kept = 0, followed = null, tries = 0;
  const see = document.querySelector("[data-see]");

  async function ask() {
    if (running) running.abort();
    running = new AbortController();
    const sent = new FormData(form), upTo = typed;
    sent.set("do", "see");
    sent.set("with-script", "yes");
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body: sent, signal: running.signal });
      text = await answer.text(); // it may be given up while it comes
    } catch (error) {
      if (error.name !== "AbortError") later(afresh);
      return;
    }
    if (answer.status === 401) { later(afresh); return; }
    if (answer.status >= 500) { say(see.dataset.failed); return; }
    const other = new DOMParser().parseFromString(text, "text/html");
    for (const there of other.querySelectorAll("[data-remarks], [data-logos]")) {
      const name = there.dataset.remarks;
      const here = document.querySelector(name === undefined ? "[data-logos]" : `[data-remarks="${CSS.escape(name)}"]`);
      const isLost = name === undefined && !there.childElementCount; // a logo is not shown while something else is wrong
      if (here && !isLost && here.innerHTML !== there.innerHTML) here.replaceWith(document.importNode(there, true));
    }
    for (const field of form.elements) {
      const there = field.id && other.getElementById(field.id);
      if (there) {
        for (const name of ["aria-invalid", "aria-describedby"]) {
          if (there.hasAttribute(name)) field.setAttribute(name, there.getAttribute(name));
          else field.removeAttribute(name);
        }
        const box = field.closest(".field > .both > div, .field"), its = there.closest(".field > .both > div, .field");
        if (box && its) box.classList.toggle("is-wrong", its.classList.contains("is-wrong"));
      }
    }
    const said = other.querySelector("[data-outcome]"), outcome = document.querySelector("[data-outcome]");
    if (upTo && said && outcome && said.innerHTML.trim() !== outcome.innerHTML.trim()) outcome.replaceWith(document.importNode(said, true));
    const next = other.querySelector("[data-see]");
    kept = upTo;
    if (next && next.dataset.events) {
      see.dataset.events = next.dataset.events;
      see.dataset.after = next.dataset.after;
      if (followed) followed.close();
      followed = follow(see, afresh);
    } else if (next && next.childElementCount) {
      see.replaceChildren(...Array.from(next.childNodes, (node) => document.importNode(node, true)));
      blame(see);
    }
  }

  function say(text) {
    if (followed) followed.close();
    delete see.dataset.after;
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    said.textContent = text;
    see.replaceChildren(said);
  }

  // A server that was started again makes them once more; one that cannot is not asked for ever.
  function afresh(status) {
    tries += 1;
    if (status >= 500 || tries > 3) say(see.dataset.failed);
    else soon(0);
  }
  see.addEventListener("seen", () => { tries = 0; });

  // The page that a field is about comes into view as somebody comes to the field, and again when it has changed.
  let about = "", from = null;
  async function turn() {
    const at = see.querySelector("[data-at]");
    if (!at || !about) return;
    const asked = about;
    let answer;
    try {
      answer = await fetch(at.dataset.at + "?field=" + encodeURIComponent(asked));
    } catch { return; }
    const there = answer.status === 200 && document.getElementById(await answer.text());
    if (!there || asked !== about || !at.isConnected) return;
    for (const other of see.querySelectorAll(".is-at")) other.classList.remove("is-at");
    there.classList.add("is-at");
    const panel = see.closest(".see"), link = document.querySelector("[data-to-see]");
    if (link) link.hash = there.id;
    if (getComputedStyle(panel).position === "sticky") {
      panel.scrollTop += there.getBoundingClientRect().top - panel.getBoundingClientRect().top - 16;
    }
  }
  see.addEventListener("seen", turn);
  form.addEventListener("focusin", (event) => {
    if (!event.target.name || event.target.name === about) return;
    about = event.target.name;
    from = event.target;
    turn();
  });
  // Where the pages stand below the form, one comes back to where one was.
  let left = 0;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-to-see]")) left = scrollY;
    if (event.target.closest("[data-to-form]") && left) {
      event.preventDefault();
      scrollTo(0, left);
      if (from) from.focus();
    }
  });

  function soon(after) {
    clearTimeout(waiting);
    waiting = setTimeout(ask, after);
  }
  document.addEventListener("input", (event) => {
    const colour = event.target.matches('input[type="color"][data-for]');
    if (colour) document.getElementById(event.target.dataset.for).value = event.target.value;
    const picker = document.querySelector(`input[type="color"][data-for="${CSS.escape(event.target.id)}"]`);
    const figures = event.target.value.trim().match(/^#?([0-9a-f]{6})$/i);
    if (picker && figures) picker.value = "#" + figures[1];
    if (event.target.form === form) {
      typed += 1;
      tries = 0;
      soon(colour ? 200 : 700);
    }
  });
  // Pages of one product do not stand under the name of another.
  document.addEventListener("change", (event) => {
    if (event.target.id !== "view") return;
    say(see.dataset.wait);
    soon(0);
  });
  // What was typed in the last moment is kept before another page is opened.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const stays = !link || kept === typed || link.target || link.download !== "" || link.hasAttribute("download") || link.getAttribute("href").startsWith("#");
    if (stays || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const sent = new FormData(form);
    sent.set("do", "keep");
    try {
      await fetch(form.action, { method: "POST", body: sent, keepalive: true });
    } finally {
      location.assign(link.href);
    }
  });
  document.addEventListener("click", (event) => {
    const taking = event.target.closest("[data-take]");
    if (taking) {
      const field = document.getElementById(taking.dataset.for);
      field.value = taking.dataset.take;
      const picker = document.querySelector(`input[type="color"][data-for="${CSS.escape(field.id)}"]`);
      if (picker) picker.value = field.value;
      field.focus();
      typed += 1;
      soon(0);
    }
  });
  soon(0);
}
for (const form of document.querySelectorAll("[data-looks]")) look(form);

/** How many cards a pack will have depends on whom it is for. */
for (const whom of document.querySelectorAll("[data-counts]")) {
  whom.addEventListener("change", async () => {
    const sent = new FormData(whom.form);
    sent.set("do", "show");
    const answer = await fetch(whom.form.action, { method: "POST", body: sent });
    if (!answer.ok) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-count]");
    const here = document.querySelector("[data-count]");
    if (here && there) here.replaceWith(document.importNode(there, true));
  });
}

/** The switch of languages takes a form along that is filled in. */
for (const form of document.querySelectorAll("form[data-carry]")) {
  document.querySelector("a.switch").addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const show = document.createElement("input");
    Object.assign(show, { type: "hidden", name: "do", value: "show" });
    form.append(show);
    form.action = event.currentTarget.href.split("?")[0];
    form.submit();
  });
}
