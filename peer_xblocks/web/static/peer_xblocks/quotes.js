// A written performance: selected words become evidence, and every quoted line says which criterion it supports.

export function quotesOf(form, criteria, pins, say) {
  const lines = form.querySelector("[data-lines]");
  let selected = "";
  const select = () => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !lines.contains(selection.anchorNode)) return;
    selected = selection.toString().trim().slice(0, 4000);
  };
  document.addEventListener("selectionchange", select);
  select(); // what was selected before this module came

  function quote(section) {
    select(); // a key may be quicker than the event
    if (!selected) return say(form.dataset.noneSelected);
    pins.add(section, { words: selected });
    say(form.dataset.quoted);
    selected = "";
  }

  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-quote]")) quote(event.target.closest("[data-criterion]"));
    if (!event.target.closest("[data-find]")) return;
    const row = event.target.closest("[data-evidence-row]");
    const line = lineOf(lines, row.querySelector("textarea").value);
    if (!line) return say(form.dataset.notFound);
    for (const other of lines.querySelectorAll(".is-found")) other.classList.remove("is-found");
    line.classList.add("is-found");
    line.tabIndex = -1;
    line.focus();
  });

  return {
    quote,
    show() {
      for (const old of lines.querySelectorAll("[data-supports]")) old.remove();
      for (const pin of pins.all()) {
        const line = lineOf(lines, pin.words);
        if (!line || line.querySelector(`[data-supports="${pin.sign}"]`)) continue;
        line.append(" ", sign(pin, criteria.title(pin.section)));
      }
    },
  };
}

function sign(pin, title) {
  const link = document.createElement("a");
  link.className = "px-line__sign";
  link.dataset.supports = pin.sign;
  link.dataset.toCriterion = "";
  link.href = `#${pin.section.id}`;
  link.textContent = pin.sign;
  link.title = title;
  return link;
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

function lineOf(lines, words) {
  const first = plain(words.split("\n")[0]);
  if (!first) return null;
  const textOf = (line) => plain([...line.childNodes].filter((n) => !n.dataset?.supports).map((n) => n.textContent).join(""));
  return [...lines.querySelectorAll(".px-line")].find((line) => textOf(line).includes(first)) ?? null;
}
