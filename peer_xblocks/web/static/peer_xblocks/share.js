// A link to hand on: copied, or given to what the device shares with. Without it one selects and copies.

export function wake(part) {
  const field = part.querySelector("input");
  const said = part.querySelector("[data-shared]");
  const copy = part.querySelector("[data-copy]");
  const share = part.querySelector("[data-share]");
  copy.hidden = !navigator.clipboard;
  share.hidden = !navigator.share;
  copy.addEventListener("click", () => navigator.clipboard.writeText(field.value).then(
    () => { said.textContent = copy.dataset.copied; },
    () => { field.focus(); field.select(); },
  ));
  share.addEventListener("click", () => navigator.share({ url: field.value }).catch(() => null));
  field.addEventListener("focus", () => field.select());
}
