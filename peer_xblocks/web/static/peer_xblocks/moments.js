// Pins and markers in the order in which they are heard: the list below the player, and its line of marks.

import { clock } from "./clock.js";
import { railOf } from "./rail.js";

export function momentsOf(form, criteria, player, pins, markers) {
  const list = form.querySelector("[data-moments]");
  const template = form.querySelector("[data-pin-template]").content.firstElementChild;
  const draw = railOf(player);

  function itemOf(pin) {
    const item = template.cloneNode(true);
    item.dataset.at = pin.at;
    const time = item.querySelector("[data-from]");
    time.dataset.from = pin.at;
    time.href = pin.row.querySelector("[data-listen]").href;
    item.querySelector("[data-when]").textContent = clock(pin.at / 1000);
    const link = item.querySelector("[data-to-criterion]");
    link.href = `#${pin.section.id}`;
    link.textContent = criteria.title(pin.section);
    item.querySelector("[data-words]").textContent = pin.words;
    item.querySelector("[data-words]").hidden = !pin.words;
    return item;
  }

  return function show() {
    for (const old of list.querySelectorAll("[data-pin-of]")) old.remove();
    const found = pins.all().filter((pin) => pin.at !== null);
    list.append(...found.map(itemOf));
    const items = [...list.children].sort((one, other) => one.dataset.at - other.dataset.at);
    for (const [place, item] of items.entries()) if (list.children[place] !== item) list.insertBefore(item, list.children[place]);
    form.querySelector("[data-no-moments]").hidden = items.length > 0;
    draw([
      ...found.map((pin) => ({ at: pin.at, sign: pin.sign, name: `${clock(pin.at / 1000)} ${criteria.title(pin.section)}` })),
      ...markers.all().map(({ item, at }) => {
        const mark = item.querySelector("[data-mark]").textContent;
        return { at, own: true, sign: mark.split(" ")[0].slice(0, 4), name: `${clock(at / 1000)} ${mark}` };
      }),
    ]);
  };
}
