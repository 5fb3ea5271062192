// Single keys for the desk. They never act while somebody writes, and can be switched off (WCAG 2.1.4).

import { remember, remembered } from "./settings.js";
import { writes } from "./writing.js";

const NAMES = {
  " ": "toggle", k: "toggle", j: "back", ArrowLeft: "back", l: "forward", ArrowRight: "forward",
  "[": "slower", "<": "slower", "]": "faster", ">": "faster", p: "pin", m: "mark", n: "next", N: "previous", "?": "help",
};

function nameOf(event) {
  if (/^[1-9]$/.test(event.key)) return event.key;
  if (event.shiftKey && event.code === "Comma") return "slower";
  if (event.shiftKey && event.code === "Period") return "faster";
  return NAMES[event.key];
}

// What the browser does with a key on this very element comes first.
function isTaken(target, key) {
  if (target.matches("[data-speed]")) return key === " " || key.startsWith("Arrow") || /^\d$/.test(key);
  if (writes(target) || target.matches("select, [contenteditable]")) return true;
  if (key === " ") return target.matches("button, summary, input, video, audio");
  if (key.startsWith("Arrow")) return target.matches("input[type=radio], video, audio");
  return false;
}

export function wireKeys(acts) {
  const dialog = document.getElementById("keys");
  const open = () => dialog.showModal();
  document.querySelector("[data-keys]").addEventListener("click", open);
  for (const box of dialog.querySelectorAll("[data-setting]")) {
    box.checked = remembered(box.dataset.setting, true);
    box.addEventListener("change", () => remember(box.dataset.setting, box.checked));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || !remembered("keys", true)) return;
    if (event.defaultPrevented || isTaken(event.target, event.key)) return;
    const name = nameOf(event);
    const act = /^[1-9]$/.test(name) ? () => acts.tick?.(Number(name)) : name === "help" ? open : acts[name];
    if (!act || act() === false) return;
    event.preventDefault();
  });
}
