// Which criterion the rater is at, and the way from one to the next.

const READING_LINE = 0.55; // of the window's height: below a player that stays on a phone

export function criteriaOf(form) {
  const stops = [...form.querySelectorAll(".px-desk__rubric > section[id]")];
  const sections = stops.filter((stop) => stop.dataset.criterion);
  const nav = form.querySelector(".px-desk__nav");
  const followers = [];
  let now = null;

  function focused() {
    const active = document.activeElement?.closest("[data-criterion]");
    const { top, bottom } = active?.getBoundingClientRect() ?? {};
    return active && bottom > nav.getBoundingClientRect().bottom && top < innerHeight ? active : null;
  }

  function look() {
    const above = sections.filter((section) => section.getBoundingClientRect().top <= innerHeight * READING_LINE);
    const found = focused() ?? above.at(-1) ?? sections[0];
    if (found === now) return;
    now = found;
    for (const link of form.querySelectorAll("[data-nav]")) {
      if (link.dataset.nav === now.dataset.criterion) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const follow of followers) follow(now);
  }

  function go(stop) {
    stop.focus({ preventScroll: true });
    stop.scrollIntoView();
  }

  let asked = false;
  const soon = () => {
    if (!asked) requestAnimationFrame(() => { asked = false; look(); });
    asked = true;
  };
  for (const name of ["scroll", "resize"]) addEventListener(name, soon, { passive: true });
  form.addEventListener("focusin", soon);
  for (const stop of stops) stop.tabIndex = -1;

  return {
    sections,
    get now() { look(); return now; },
    number: (section) => sections.indexOf(section) + 1,
    title: (section) => section.querySelector("h3").textContent,
    go,
    step(by) {
      const at = document.activeElement?.closest(".px-desk__rubric > section[id]") ?? null;
      const next = at ? stops[stops.indexOf(at) + by] : now;
      if (next) go(next);
    },
    follow(what) {
      followers.push(what);
      look();
      what(now);
    },
  };
}
