// A case or a result: its times play from three seconds before, in the player that stands there.

import { playerIn } from "./player.js";
import { railOf } from "./rail.js";

const awake = new WeakSet();

export function wake(place) {
  if (awake.has(place)) return;
  awake.add(place);
  const player = playerIn(place);
  if (!player) return;
  const moments = [...place.querySelectorAll("[data-moments] > [data-at]")].map((one) => ({
    at: Number(one.dataset.at), sign: one.dataset.sign, name: one.innerText.trim().replace(/\s+/g, " "),
  }));
  railOf(player)(moments);
  stay(player);
  place.addEventListener("click", (event) => {
    const time = event.target.closest("a[data-from]");
    if (!time || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(player.box.closest("details:not([open])"), time);
    player.listen(Number(time.dataset.from));
  });
}

// What opens further up moves nothing from under the reader's eyes.
function open(closed, time) {
  if (!closed) return;
  const before = time.getBoundingClientRect().top;
  closed.open = true;
  scrollBy({ top: time.getBoundingClientRect().top - before, behavior: "instant" });
}

// What plays while somebody reads on stays in view, in a corner, until they close it.
function stay({ box, media }) {
  let isOut = false;
  const show = () => {
    const isAway = isOut && box.hasAttribute("data-in-use");
    if (isAway === box.hasAttribute("data-away")) return;
    box.style.minHeight = isAway ? `${box.offsetHeight}px` : "";
    box.toggleAttribute("data-away", isAway);
    const ours = document.body.matches(".px-page");
    if (ours) document.documentElement.style.scrollPaddingBottom = isAway ? `${box.firstElementChild.offsetHeight + 24}px` : "";
  };
  new IntersectionObserver(([seen]) => {
    isOut = !seen.isIntersecting;
    show();
  }).observe(box);
  media.addEventListener("play", show);
  box.addEventListener("px-closed", show);
}

for (const place of document.querySelectorAll(`[data-px-module$="/listen.js"]`)) wake(place);
