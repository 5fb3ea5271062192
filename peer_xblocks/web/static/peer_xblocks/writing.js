// The player pauses while somebody writes, and goes on when they leave the field: only if it was playing.

import { remembered } from "./settings.js";

export const writes = (element) => Boolean(element?.matches("textarea, input[type=text], input[type=search]"));

export function pauseWhileWriting(form, player) {
  let goesOn = false;
  form.addEventListener("input", (event) => {
    if (!writes(event.target) || !player.isPlaying || !remembered("pause", true)) return;
    player.media.pause();
    goesOn = true;
  });
  form.addEventListener("focusout", () => setTimeout(() => {
    // Another window is no reason to go on: the field is still theirs.
    if (!goesOn || !document.hasFocus() || writes(document.activeElement)) return;
    goesOn = false;
    player.play();
  }));
  player.media.addEventListener("play", () => { goesOn = false; });
}
