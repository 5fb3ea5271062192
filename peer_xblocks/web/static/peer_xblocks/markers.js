// One-tap markers: moments that a rater keeps for themselves. They go with the draft and nowhere else.

import { clock } from "./clock.js";
import { remember, remembered } from "./settings.js";

export function markersOf(form, criteria, { player, pins, say, changed }) {
  const palette = form.querySelector("[data-marks]");
  const list = form.querySelector("[data-moments]");
  const hear = player.box.dataset.hear;

  function add(button) {
    const at = Math.floor(player.media.currentTime) * 1000;
    const { markAs, behaviour = "" } = button.dataset;
    const item = form.querySelector("[data-marker-template]").content.firstElementChild.cloneNode(true);
    Object.assign(item.dataset, { at, behaviour });
    item.querySelector("[name=marker]").value = `${at} ${behaviour || "-"} ${markAs}`;
    item.querySelector("[data-mark]").textContent = markAs;
    item.querySelector("[data-behaviour-text]").textContent = behaviour ? button.title : "";
    item.querySelector("[data-when]").textContent = clock(at / 1000);
    const link = item.querySelector("[data-from]");
    link.dataset.from = at;
    link.href = `${hear}#t=${Math.max(0, at / 1000 - 3)}`;
    item.querySelector("[data-needs-script]").hidden = false;
    list.append(item);
    say(`${form.dataset.marked} ${clock(at / 1000)}: ${markAs}`);
    changed();
  }

  function toPin(item) {
    const { at, behaviour } = item.dataset;
    const own = behaviour && form.querySelector(`[data-kind][value="${CSS.escape(behaviour)}"]`);
    const section = own ? own.closest("[data-criterion]") : criteria.now;
    item.remove();
    pins.write(pins.add(section, { at: Number(at), about: behaviour }));
  }

  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-marker]");
    if (event.target.closest("[data-to-pin]")) toPin(item);
    if (event.target.closest("[data-remove-marker]")) {
      const next = item.nextElementSibling?.querySelector("a") ?? form.querySelector("[data-do=toggle]");
      item.remove();
      next.focus();
      say(form.dataset.removed);
      changed();
    }
  });
  palette.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark-as]");
    if (button) add(button);
  });
  choose(palette, criteria, form.dataset.rubric);

  return {
    all: () => [...list.querySelectorAll("[data-marker]")].map((item) => ({ item, at: Number(item.dataset.at) })),
    first: () => palette.querySelector("[data-mark-as]:not([hidden])")?.click(),
  };
}

// Which buttons stand in the palette is remembered for each rubric, because criteria differ.
function choose(palette, criteria, rubric) {
  const boxes = [...palette.querySelectorAll("[data-choose] input")];
  const key = `marks-${rubric}`;
  const chosen = remembered(key, null);
  if (Array.isArray(chosen)) for (const box of boxes) box.checked = chosen.includes(box.value);
  const show = (here) => {
    const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    if (on.has("here")) on.add(here.dataset.criterion);
    for (const part of palette.querySelectorAll("[data-set]")) part.hidden = !on.has(part.dataset.set);
  };
  palette.addEventListener("change", () => {
    remember(key, boxes.filter((box) => box.checked).map((box) => box.value));
    show(criteria.now);
  });
  criteria.follow(show);
}
