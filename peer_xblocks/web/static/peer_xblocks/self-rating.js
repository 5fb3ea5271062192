// The level of each criterion as a trainee ticks it for themselves; without this module it is there after saving.

import { levelOf, read, show } from "./level.js";

export function wake(part) {
  part.addEventListener("change", (event) => {
    const section = event.target.closest("[data-criterion]");
    if (section) show(section, levelOf(read(section)));
  });
  // What was ticked before this module came counts, too.
  for (const section of part.querySelectorAll("[data-criterion]")) {
    if (section.querySelector("[data-level]")) show(section, levelOf(read(section)));
  }
  for (const button of part.querySelectorAll("[data-needs-no-script]")) button.hidden = true;
}
