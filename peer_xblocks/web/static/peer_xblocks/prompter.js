// The lines of a prompted performance: asked for one by one without touching the recorder beside them, written down,
// and read aloud by the browser where it has a voice. Whether they sound is remembered for the visit.

import { ask } from "./recorder/sending.js";

const MUTED = "px-prompter-muted";

export function wake(box) {
  new Prompter(box).begin();
}

class Prompter {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form");
    this.site = { urls: { line: box.dataset.lineUrl }, form: this.form, person: "" };
    this.voice = window.speechSynthesis ?? null;
  }

  one(selector) {
    return this.box.querySelector(selector);
  }

  begin() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.press(event.submitter?.value ?? "next");
    });
    this.box.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-do]")?.dataset.do;
      if (pressed === "voice") this.mute(!this.isMuted);
      if (pressed === "repeat") this.speak();
    });
    if (this.voice) {
      this.one("[data-do=voice]").hidden = this.one("[data-voice-hint]").hidden = false;
      addEventListener("pagehide", () => this.voice.cancel());
    }
    this.mute(recalled());
  }

  // A screen reader reads a new line where no voice does.
  mute(isMuted) {
    this.isMuted = isMuted || !this.voice;
    this.one("[data-do=voice]").setAttribute("aria-pressed", String(!this.isMuted));
    this.one("[data-voice-on]").hidden = this.isMuted;
    this.one("[data-voice-off]").hidden = !this.isMuted;
    this.one("[data-heard]").setAttribute("aria-live", this.isMuted ? "polite" : "off");
    if (this.isMuted) this.voice?.cancel();
    if (this.voice) remember(isMuted);
    this.buttons();
  }

  buttons() {
    const last = this.one("[data-heard] > :last-child");
    this.one("[data-do=repeat]").hidden = !last || this.isMuted;
    this.one("[data-anew]").hidden = !last;
    this.one("[data-before]").hidden = Boolean(last);
  }

  async press(go) {
    if (this.isAsking) return;
    this.isAsking = true;
    this.one("[data-lost]").hidden = true;
    try {
      this.show(await ask(this.site, "line", { go }), go);
    } catch (error) {
      this.one("[data-lost]").textContent = error.body?.sentence || this.lostWords();
      this.one("[data-lost]").hidden = false;
    } finally {
      this.isAsking = false;
    }
  }

  lostWords() {
    this.lost ??= this.one("[data-lost]").textContent;
    return this.lost;
  }

  show({ heard: lines, has_next: hasNext }, go) {
    const heard = this.one("[data-heard]");
    if (lines.length < heard.children.length) heard.replaceChildren();
    heard.append(...lines.slice(heard.children.length).map((line) => this.turn(line)));
    const [next, anew] = [this.one("[value=next]"), this.one("[data-anew]")];
    const isPressed = document.activeElement === next;
    next.hidden = !hasNext;
    this.one("[data-after]").hidden = hasNext;
    this.buttons();
    if (next.hidden && isPressed) anew.focus();
    if (go === "anew") next.focus();
    this.speak();
    heard.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  turn({ text, cue }) {
    const turn = this.one("[data-turn]").content.firstElementChild.cloneNode(true);
    turn.querySelector(".px-talk__words").textContent = text;
    const place = turn.querySelector(".px-talk__cue");
    place.textContent = cue;
    if (!cue) place.remove();
    return turn;
  }

  speak() {
    if (!this.voice) return;
    this.voice.cancel();
    const words = this.one("[data-heard] > :last-child .px-talk__words");
    if (!words || this.isMuted) return;
    const said = new SpeechSynthesisUtterance(words.textContent);
    said.lang = this.box.closest("[lang]")?.lang || document.documentElement.lang;
    this.voice.speak(said);
  }
}

// Where a browser keeps nothing, the choice lasts as long as the page.
function recalled() {
  try { return sessionStorage.getItem(MUTED) === "yes"; } catch { return false; }
}

function remember(isMuted) {
  try { sessionStorage.setItem(MUTED, isMuted ? "yes" : "no"); } catch { /* it is not kept */ }
}
