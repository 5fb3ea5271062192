// Keeps the seat while somebody is at the desk, and says so at once when it went to somebody else.
// Without it the seat is held by each save.

const EVERY = 5 * 60 * 1000;
const notice = document.querySelector("[data-lease]");
const form = document.getElementById("rating");
let active = true;

for (const kind of ["pointerdown", "keydown", "input", "scroll", "timeupdate"]) {
  document.addEventListener(kind, () => { active = true; }, { capture: true, passive: true });
}

function lost(sentence) {
  clearInterval(timer);
  const link = document.createElement("a");
  link.href = notice.dataset.lostAddress;
  link.textContent = notice.dataset.lostWords;
  notice.replaceChildren(sentence + " ", link);
  notice.hidden = false;
}

async function hold() {
  if (!active) return;
  active = false;
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const headers = { Accept: "application/json" };
  try {
    const answer = await fetch(notice.dataset.lease, { method: "POST", body, headers, credentials: "same-origin" });
    if (answer.status === 409 || answer.status === 404) lost((await answer.json()).sentence);
  } catch { active = true; }
}

const timer = setInterval(hold, EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) { active = true; hold(); } });
