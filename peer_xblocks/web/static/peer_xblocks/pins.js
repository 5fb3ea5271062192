// The evidence of each criterion: rows in the form, filled by a press, each with a way to hear it again.

import { clock, parse } from "./clock.js";

const FIELDS = "textarea, input[type=text]";

const rowsOf = (section) => [...section.querySelectorAll("[data-evidence-row]")];
const isEmpty = (row) => [...row.querySelectorAll(FIELDS)].every((field) => !field.value.trim());
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

export function pinsOf(form, criteria, { hear, say, changed }) {
  // One empty row stands ready in each criterion; it shows once it is wanted.
  function tidy(section, wanted = null) {
    if (!isEmpty(rowsOf(section).at(-1))) rowsOf(section).at(-1).after(blank(section));
    for (const row of rowsOf(section)) {
      row.hidden = isEmpty(row) && row !== wanted && !row.contains(document.activeElement);
      refresh(row);
    }
  }

  function blank(section) {
    const row = rowsOf(section).at(-1).cloneNode(true);
    for (const one of row.querySelectorAll(`${FIELDS}, select`)) one.value = "";
    return row;
  }

  function refresh(row) {
    for (const name of ["time", "end"]) {
      const time = field(row, name);
      const wrong = time?.value.trim() && parse(time.value) === null;
      if (wrong) time.setAttribute("aria-invalid", "true");
      else time?.removeAttribute("aria-invalid");
    }
    const link = row.querySelector("[data-listen]");
    if (!link) return;
    const at = parse(field(row, "time").value);
    link.hidden = at === null;
    link.dataset.from = at ?? 0;
    link.href = `${hear}#t=${Math.max(0, Math.floor((at ?? 0) / 1000) - 3)}`;
  }

  function add(section, { at = null, about = "", words = "" }) {
    const row = rowsOf(section).at(-1);
    if (at !== null) field(row, "time").value = clock(at / 1000);
    if (about && field(row, "about")) field(row, "about").value = about;
    field(row, "quote").value = words;
    tidy(section, row);
    changed();
    return row;
  }

  function write(row) {
    field(row, "quote").focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function remove(section, row) {
    for (const one of row.querySelectorAll(`${FIELDS}, select`)) one.value = "";
    if (row !== rowsOf(section).at(-1)) row.remove();
    tidy(section);
    section.focus({ preventScroll: true });
    say(form.dataset.removed);
    changed();
  }

  form.addEventListener("click", (event) => {
    const section = event.target.closest("[data-criterion]");
    const row = event.target.closest("[data-evidence-row]");
    if (event.target.closest("[data-remove]")) remove(section, row);
    if (event.target.closest("[data-write]")) {
      const free = rowsOf(section).at(-1);
      tidy(section, free);
      write(free);
    }
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-evidence-row]");
    if (row) refresh(row);
  });
  form.addEventListener("change", (event) => {
    if (event.target.getAttribute("aria-invalid")) say(form.dataset.noClock);
  });
  form.addEventListener("focusout", (event) => {
    const section = event.target.closest("[data-evidence-row]")?.closest("[data-criterion]");
    if (section) setTimeout(() => tidy(section));
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-evidence-row]");
    if (!row || !event.target.matches(FIELDS)) return;
    if (event.key === "Escape") row.closest("[data-criterion]").focus({ preventScroll: true });
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  for (const section of criteria.sections) tidy(section);

  return {
    add,
    write,
    // Everything with a time, with a quote, or with both.
    all: () => criteria.sections.flatMap((section) => rowsOf(section).filter((row) => !isEmpty(row)).map((row) => ({
      row,
      section,
      at: row.querySelector("[data-listen]") ? parse(field(row, "time").value) : null,
      words: field(row, "quote").value.trim(),
      sign: String(criteria.number(section)),
    }))),
  };
}
