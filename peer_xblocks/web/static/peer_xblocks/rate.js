// The desk: levels at once, selected words as evidence, keys inside a criterion, and drafts that save themselves.
// Everything here is a convenience; the form works without it.

import { levelOf, read, show } from "./level.js";

const form = document.getElementById("rating");
const sections = [...form.querySelectorAll("[data-criterion]")];
const state = form.querySelector("[data-save-state]");
const say = (text) => { state.textContent = text; };

function refresh(section) {
  const found = levelOf(read(section));
  show(section, found);
  const link = form.querySelector(`[data-nav="${section.dataset.criterion}"]`);
  const done = found[1] !== "open";
  link.classList.toggle("is-done", done);
  link.querySelector("[data-nav-level]").textContent = done ? "✓" : "";
}

function untickOpposites(section, input) {
  const empty = section.querySelector("[data-empty]");
  const none = section.querySelector("[data-none]");
  if (input.dataset.kind && input.checked) {
    if (empty) empty.checked = false;
    none.checked = false;
  }
  if (input === empty && input.checked) none.checked = false;
  if ((input === empty || input === none) && input.checked) {
    if (input === none && empty) empty.checked = false;
    for (const box of section.querySelectorAll("[data-kind]")) box.checked = false;
  }
}

// --- evidence ---------------------------------------------------------------------------------------------------

let selected = "";
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const lines = form.querySelector("[data-lines]");
  if (selection.isCollapsed || !lines?.contains(selection.anchorNode)) return;
  selected = selection.toString().trim().slice(0, 4000);
});

function emptyRow(section, selector) {
  const rows = [...section.querySelectorAll("[data-evidence-row]")];
  const free = rows.find((row) => [...row.querySelectorAll("input, textarea")].every((field) => !field.value.trim()));
  if (free) return free.querySelector(selector);
  const row = rows.at(-1).cloneNode(true);
  for (const field of row.querySelectorAll("input, textarea")) field.value = "";
  rows.at(-1).after(row);
  return row.querySelector(selector);
}

function addEvidence(section, selector, value) {
  const field = emptyRow(section, selector);
  field.value = value;
  field.rows = Math.min(6, Math.ceil(value.length / 50) || 1);
  emptyRow(section, selector);
  say(form.dataset.quoted);
  changed();
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function playOrPause() {
  const player = form.querySelector("[data-player]");
  if (player?.paused) player.play();
  else player?.pause();
}

form.addEventListener("click", (event) => {
  const section = event.target.closest("[data-criterion]");
  if (event.target.closest("[data-play]")) playOrPause();
  if (event.target.closest("[data-quote]")) {
    if (selected) addEvidence(section, "textarea", selected);
    else say(form.dataset.noneSelected);
    selected = "";
  } else if (event.target.closest("[data-now]")) {
    addEvidence(section, "input", clock(form.querySelector("[data-player]").currentTime));
  }
});

// --- keys, only while the focus is inside a criterion and not in a field for writing ------------------------------

form.addEventListener("keydown", (event) => {
  const section = event.target.closest("[data-criterion]");
  const writes = event.target.matches("textarea, input[type=text]");
  if (!section || writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    const next = sections[sections.indexOf(section) + step];
    next?.focus();
    next?.scrollIntoView();
  } else if (event.key === "p") {
    playOrPause();
  } else if (/^[1-9]$/.test(event.key)) {
    section.querySelectorAll("[data-kind]")[Number(event.key) - 1]?.click();
  } else return;
  event.preventDefault();
});

// --- drafts -------------------------------------------------------------------------------------------------------

let waiting = null;
let saving = false;
let dirty = false;
let stopped = false;

function changed() {
  dirty = true;
  if (stopped) return;
  clearTimeout(waiting);
  waiting = setTimeout(save, 1200);
}

async function save() {
  waiting = null;
  if (saving || stopped) return;
  saving = true;
  dirty = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin",
    });
    const body = await answer.json();
    if (answer.ok) accept(body);
    else refuse(answer.status, body);
  } catch {
    tryLater(form.dataset.unsaved);
  }
  saving = false;
  if (dirty && !stopped && waiting === null) changed();
}

function accept(body) {
  form.elements.version.value = body.version;
  const now = new Date().toISOString().slice(11, 16);
  say(`${form.dataset.saved} ${now} UTC`);
  if (dirty) return;
  for (const section of sections) show(section, body.levels[section.dataset.criterion]);
}

function refuse(status, body) {
  const sentence = [body.sentence, ...Object.values(body.problems ?? {})].join(" ");
  if (status === 403 || status >= 500) return tryLater(sentence);
  dirty = true;
  stopped = status !== 422;
  if (!stopped) waiting = 0;
  say(sentence);
}

function tryLater(sentence) {
  dirty = true;
  say(sentence);
  waiting = setTimeout(() => renewToken().finally(save), 8000);
}

// Whoever signs in again in another window gets a new token; the words on this page stay.
async function renewToken() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const token = page.querySelector("#rating [name=csrfmiddlewaretoken]")?.value;
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

form.addEventListener("change", (event) => {
  const section = event.target.closest("[data-criterion]");
  if (section) {
    untickOpposites(section, event.target);
    refresh(section);
  }
});
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => { stopped = true; dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

for (const part of form.querySelectorAll("[data-needs-script]")) part.hidden = false;
for (const section of sections) refresh(section);
