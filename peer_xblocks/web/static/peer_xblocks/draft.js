// The draft of the desk saves itself: a moment after each change, again when a line broke, never over a newer one.

import { staleNotice } from "./stale.js";

export function keepDraft(form, say, accepted) {
  let waiting = null;
  let saving = false;
  let dirty = false;
  let stopped = false;
  let over = false; // this page's draft takes the place of a newer one, which is kept
  const stale = staleNotice(form, { keepMine, keepThenLoad });

  function changed() {
    dirty = true;
    if (stopped) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 1200);
  }

  async function save() {
    waiting = null;
    if (saving || stopped) return;
    saving = true;
    dirty = false;
    say(form.dataset.saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: noted(), headers: { Accept: "application/json" }, credentials: "same-origin",
        keepalive: document.hidden,
      });
      const body = await answer.json();
      if (answer.ok) accept(body);
      else refuse(answer.status, body);
    } catch {
      tryLater(form.dataset.unsaved);
    }
    saving = false;
    if (dirty && !stopped && waiting === null) changed();
  }

  function noted() {
    const body = new FormData(form);
    if (over) body.set("over", "1");
    return body;
  }

  function accept(body) {
    over = false;
    form.elements.version.value = body.version;
    say(`${form.dataset.saved} ${new Date().toISOString().slice(11, 16)} UTC`);
    if (!dirty) accepted(body.levels);
  }

  function refuse(status, body) {
    const sentence = [body.sentence, ...Object.values(body.problems ?? {})].join(" ");
    if (status === 403 || status >= 500) return tryLater(sentence);
    dirty = true;
    over = false;
    stopped = status !== 422;
    if (body.code === "stale") stale.show(body.version);
    if (!stopped) waiting = 0;
    say(sentence);
  }

  async function keepMine(version) {
    form.elements.version.value = version;
    over = true;
    stopped = false;
    await save();
  }

  // What was typed since it was refused goes to the site as well, by the old version: it is kept beside the newer one.
  async function keepThenLoad() {
    say(stale.loading);
    const answer = await fetch(form.action, {
      method: "POST", body: noted(), headers: { Accept: "application/json" }, credentials: "same-origin",
    }).catch(() => null);
    const isKept = answer && (answer.ok || (answer.status === 409 && (await answer.json()).code === "stale"));
    if (!isKept) return say(form.dataset.unsaved);
    dirty = false;
    location.reload();
  }

  function tryLater(sentence) {
    dirty = true;
    say(sentence);
    waiting = setTimeout(() => renewToken().finally(save), 8000);
  }

  // Whoever signs in again in another window gets a new token; the words on this page stay.
  async function renewToken() {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const token = page.querySelector("#rating [name=csrfmiddlewaretoken]")?.value;
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  }

  async function saved() {
    clearTimeout(waiting);
    while (saving) await new Promise((go) => setTimeout(go, 50));
    if (dirty && !stopped) await save();
  }

  // Another form of this page leaves it (a worry, a tie, passing on): what was noted is kept first.
  let leaving = false;
  document.addEventListener("submit", async (event) => {
    if (event.target === form || leaving || stopped || !(dirty || saving)) return;
    event.preventDefault();
    await saved();
    leaving = true;
    event.target.requestSubmit(event.submitter);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) saved(); });

  const ofDraft = (event) => { if (event.target.name) changed(); }; // the player's own fields have no name
  form.addEventListener("input", ofDraft);
  form.addEventListener("change", ofDraft);
  form.addEventListener("submit", (event) => {
    if (stale.holds(event)) return;
    stopped = true;
    dirty = false;
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  return changed;
}
