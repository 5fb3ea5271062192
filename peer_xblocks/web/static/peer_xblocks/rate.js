// The desk: levels at once, pins and markers, keys, and drafts that save themselves.
// Everything here is a convenience; the form works without it.

import { clock } from "./clock.js";
import { criteriaOf } from "./criteria.js";
import { keepDraft } from "./draft.js";
import { wireKeys } from "./keys.js";
import { levelOf, read, show } from "./level.js";
import { markersOf } from "./markers.js";
import { momentsOf } from "./moments.js";
import { pinsOf } from "./pins.js";
import { playerIn } from "./player.js";
import { quotesOf } from "./quotes.js";
import { pauseWhileWriting } from "./writing.js";

const form = document.getElementById("rating");
const state = form.querySelector("[data-save-state]");
const say = (text) => { state.textContent = text; };
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

// --- ticks --------------------------------------------------------------------------------------------------------

const criteria = criteriaOf(form);

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

form.addEventListener("change", (event) => {
  const section = event.target.closest("[data-criterion]");
  if (!section) return;
  untickOpposites(section, event.target);
  refresh(section);
});
for (const section of criteria.sections) refresh(section);

function tick(number) {
  const box = document.activeElement?.closest("[data-criterion]")?.querySelectorAll("[data-kind]")[number - 1];
  if (!box) return false;
  box.click();
  return true;
}

// --- what is kept, and what it rests on ---------------------------------------------------------------------------

const draft = keepDraft(form, say, (levels) => {
  for (const section of criteria.sections) show(section, levels[section.dataset.criterion]);
});
const changed = () => {
  draft();
  showEvidence();
};
const player = playerIn(form);
const pins = pinsOf(form, criteria, { hear: player?.box.dataset.hear, say, changed });
let showEvidence = () => {};
let acts = { tick, next: () => criteria.step(1), previous: () => criteria.step(-1) };

function wireRecording() {
  const markers = markersOf(form, criteria, { player, pins, say, changed });
  const pin = (section) => {
    const at = Math.floor(player.media.currentTime) * 1000;
    pins.write(pins.add(section, { at }));
    say(`${form.dataset.pinned} ${criteria.title(section)}`);
  };
  showEvidence = momentsOf(form, criteria, player, pins, markers);
  pauseWhileWriting(form, player);
  holdPlayer();
  const button = form.querySelector("[data-pin]");
  player.media.addEventListener("timeupdate", () => {
    button.querySelector("[data-pin-time]").textContent = clock(player.media.currentTime);
  });
  criteria.follow((section) => {
    button.querySelector("[data-pin-number]").textContent = criteria.number(section);
    button.querySelector("[data-pin-title]").textContent = criteria.title(section).replace(/^\d+/, "");
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-pin]")) pin(criteria.now);
    if (event.target.closest("[data-now]")) pin(event.target.closest("[data-criterion]"));
    const time = event.target.closest("a[data-from]");
    if (!time || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    player.listen(Number(time.dataset.from));
  });
  acts = {
    ...acts,
    toggle: () => player.toggle(),
    back: () => player.act("back"),
    forward: () => player.act("forward"),
    slower: () => player.speed(-1),
    faster: () => player.speed(1),
    pin: () => pin(criteria.now),
    mark: () => markers.first(),
  };
}

// On a phone the player stays at the top: what scrolls below it has to know how tall it is.
function holdPlayer() {
  const held = form.querySelector("[data-held]");
  form.toggleAttribute("data-holds", true);
  new ResizeObserver(() => {
    const isHeld = getComputedStyle(form).display === "block";
    const height = isHeld ? held.offsetHeight : 0;
    form.style.setProperty("--px-held", `${height}px`);
    document.documentElement.style.scrollPaddingTop = isHeld ? `${height + 56}px` : "";
  }).observe(held);
}

if (player) wireRecording();
if (form.querySelector("[data-lines]")) {
  const quotes = quotesOf(form, criteria, pins, say);
  showEvidence = quotes.show;
  acts.pin = () => quotes.quote(criteria.now);
}
form.addEventListener("input", (event) => { if (event.target.closest("[data-evidence-row]")) showEvidence(); });
form.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-to-criterion], a[data-nav]");
  if (!link) return;
  event.preventDefault();
  criteria.go(form.querySelector(link.hash));
});
wireKeys(acts);
showEvidence();
