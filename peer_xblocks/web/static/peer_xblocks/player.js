// A recording with controls of our own beside the browser's, for the desk, a lead's case and a result.
// Everything here is a convenience: without it the browser's own controls and plain links remain.

import { remember, remembered } from "./settings.js";

const STEP = 5;
const BEFORE = 3;
const FAR = 1e7;

export function playerIn(place) {
  const box = place.querySelector("[data-player-box]");
  const media = box?.querySelector("[data-player]");
  if (!media) return null;
  const player = made(box, media);
  for (const part of box.querySelectorAll("[data-needs-script]")) part.hidden = false;
  box.addEventListener("click", (event) => player.act(event.target.closest("[data-do]")?.dataset.do));
  wireSpeed(player);
  showProgress(player);
  findLength(media);
  media.addEventListener("error", () => { box.querySelector("[data-unplayable]").hidden = false; });
  return player;
}

function made(box, media) {
  const play = () => media.play().catch(() => {}); // refused or overtaken: the button says what is true
  return {
    box,
    media,
    play,
    get isPlaying() { return !media.paused && !media.ended; },
    get length() { return Number.isFinite(media.duration) ? media.duration : 0; },
    toggle() { if (this.isPlaying) media.pause(); else play(); },
    move(seconds) { media.currentTime = Math.max(0, media.currentTime + seconds); },
    // From three seconds before, so that a moment is heard in what led to it.
    listen(milliseconds) {
      media.currentTime = Math.max(0, milliseconds / 1000 - BEFORE);
      play();
    },
    speed(step) {
      const choice = box.querySelector("[data-speed]");
      const at = Math.min(Math.max(choice.selectedIndex + step, 0), choice.options.length - 1);
      choice.selectedIndex = at;
      choice.dispatchEvent(new Event("change"));
    },
    act(name) {
      if (name === "toggle") this.toggle();
      if (name === "back") this.move(-STEP);
      if (name === "forward") this.move(STEP);
      if (name === "close") {
        media.pause();
        box.removeAttribute("data-in-use");
        box.dispatchEvent(new Event("px-closed"));
      }
    },
  };
}

function wireSpeed({ box, media }) {
  const choice = box.querySelector("[data-speed]");
  const known = [...choice.options].map((option) => option.value);
  const before = String(remembered("speed", 1));
  if (known.includes(before)) choice.value = before;
  media.defaultPlaybackRate = media.playbackRate = Number(choice.value);
  choice.addEventListener("change", () => {
    media.defaultPlaybackRate = media.playbackRate = Number(choice.value);
    remember("speed", Number(choice.value));
  });
  media.addEventListener("ratechange", () => {
    if (known.includes(String(media.playbackRate))) choice.value = String(media.playbackRate);
  });
}

function showProgress(player) {
  const { box, media } = player;
  const button = box.querySelector("[data-do=toggle]");
  const refresh = () => {
    button.textContent = player.isPlaying ? button.dataset.pauseWord : button.dataset.playWord;
    const share = player.length ? media.currentTime / player.length : 0;
    box.style.setProperty("--px-heard", `${(share * 100).toFixed(2)}%`);
  };
  for (const name of ["play", "pause", "ended", "timeupdate", "seeking", "durationchange"]) media.addEventListener(name, refresh);
  media.addEventListener("play", () => box.toggleAttribute("data-in-use", true));
  refresh();
}

// What a browser recorded may say nothing of its length; a look at its far end tells.
function findLength(media) {
  const look = () => {
    if (media.duration !== Infinity) return;
    const back = () => { if (Number.isFinite(media.duration)) media.currentTime = 0; };
    media.addEventListener("durationchange", back, { once: true });
    media.currentTime = FAR;
  };
  if (media.readyState) look();
  else media.addEventListener("loadedmetadata", look, { once: true });
}
