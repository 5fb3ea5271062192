// The recorder of a role play: one panel at a time, driven by what the person presses. What is recorded is kept and
// sent by recorder/take.js; this file shows and says things. Woken by swap.js wherever `data-px-module` names it.

import { takeOver } from "./recorder/file.js";
import { Kept } from "./recorder/kept.js";
import { Live } from "./recorder/live.js";
import { Sending, ask } from "./recorder/sending.js";
import { Take } from "./recorder/take.js";
import { Words, clock, day, size } from "./recorder/words.js";
import { whyNot } from "./recorder/taking.js";

const SHOWN = ["recording", "paused", "stopped", "finishing"];

export function wake(box, root) {
  const recorder = new Recorder(box, root);
  recorder.begin();
}

class Recorder {
  constructor(box, root) {
    this.box = box;
    this.root = root;
    this.words = new Words(box);
    this.kept = new Kept();
    this.form = box.querySelector("[data-file-form]");
    const urls = Object.fromEntries(
      ["state", "begin", "address", "put", "finish", "drop"].map((name) => [name, box.dataset[`${name}Url`]]));
    this.site = { urls, form: this.form, person: box.dataset.person };
    this.take = null;
    this.pressed = null;
    this.live = new Live(this);
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button || button.type === "submit") return;
      this.act(button.dataset.do, button);
    });
    this.panel("choose").addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.act("prepare", event.submitter);
    });
    this.panel("choose").addEventListener("change", () => this.nameKind());
    if (isSecureContext) takeOver(this);
    this.leaving = (event) => {
      if (this.box.isConnected && this.isBusy) event.preventDefault();
    };
    addEventListener("beforeunload", this.leaving);
  }

  one(selector) {
    return this.box.querySelector(selector);
  }

  panel(name) {
    return this.one(`[data-panel="${name}"]`);
  }

  get isBusy() {
    return this.live.isOn || (this.take !== null && !this.kept.works);
  }

  // --- what is shown and said

  show(name, focus = true) {
    for (const one of this.box.querySelectorAll("[data-panel]")) one.hidden = one.dataset.panel !== name;
    this.one("[data-problem]").hidden = true;
    this.unsure();
    if (!focus || !this.pressed) return;
    const panel = this.panel(name);
    panel.tabIndex = -1;
    (panel.querySelector("button:not([hidden]), input") ?? panel).focus();
  }

  // Aloud; what the panel shows anyway is not written a second time.
  say(name, facts) {
    const place = this.one("[data-said]");
    place.textContent = this.words.say(name, facts);
    place.classList.toggle("px-visually-hidden", SHOWN.includes(name));
  }

  put(selector, name, facts) {
    for (const place of this.box.querySelectorAll(selector)) place.textContent = this.words.say(name, facts);
  }

  problem(name, sentence = "") {
    this.one("[data-problem]").hidden = false;
    this.one("[data-problem-words]").textContent = sentence || this.words.say(name);
    this.say("");
    this.one("[data-problem]").querySelector("button").focus();
  }

  nameKind() {
    for (const one of this.box.querySelectorAll("[data-for]")) one.hidden = one.dataset.for !== this.kind;
  }

  get kind() {
    return this.panel("choose").elements.kind.value;
  }

  // A question that is asked before something is thrown away.
  sure(name) {
    const question = this.one(`[data-sure="${name}"]`);
    question.hidden = false;
    question.querySelector("button:last-of-type").focus();
  }

  unsure() {
    for (const one of this.box.querySelectorAll("[data-sure]")) one.hidden = true;
  }

  // --- from one panel to the next

  async begin() {
    this.one("[data-recorder]").hidden = false;
    const reason = whyNot();
    if (reason) {
      this.say(reason);
      return;
    }
    if (!(await this.findUnfinished())) this.show("choose", false);
  }

  act(name, button) {
    this.pressed = button;
    const acts = {
      prepare: () => this.live.prepare(this.kind),
      start: () => this.live.start(),
      pause: () => this.live.pause(),
      resume: () => this.live.resume(),
      stop: () => this.live.stop(),
      off: () => { this.live.off(); this.say(""); this.show("choose"); },
      again: () => this.again?.(),
      use: () => this.use(),
      "use-found": () => this.use(),
      "hear-found": () => this.hear(),
      retake: () => this.sure("retake"),
      "drop-found": () => this.sure("drop-found"),
      "retake-yes": () => this.throwAway(),
      "drop-found-yes": () => this.throwAway(),
      "not-sure": () => this.unsure(),
      "stop-sending": () => this.stopSending?.(),
    };
    acts[name]?.();
  }

  // A recording that somebody did not finish: here on this device, or at the site alone.
  async findUnfinished() {
    const { place, person } = this.box.dataset;
    const takes = await this.kept.takes(place, person);
    for (const facts of takes) {
      if (facts.isDropped) continue;
      if (await this.live.isElsewhere(facts.key)) {
        this.say("elsewhere");
        return true;
      }
      const take = await Take.found(facts, this.kept, this.site, (state) => this.heard(state));
      if (take.parts.length) return this.offer(take, facts.isWanted);
      await take.forget();
    }
    const { uploads } = await ask(this.site, "state", {}).catch(() => ({ uploads: [] }));
    const dropped = takes.filter((one) => one.isDropped).map((one) => one.key);
    for (const one of uploads.filter((upload) => dropped.includes(upload.key))) {
      await ask(this.site, "drop", { upload: one.id }).then(() => this.kept.drop(one.key), () => null);
    }
    const there = uploads.find((one) => (
      one.origin === "recorded" && !dropped.includes(one.key) && one.parts.some((part) => part.number === 1)));
    return Boolean(there) && this.offerFromSite(there);
  }

  offer(take, isWanted) {
    this.take = take;
    const { milliseconds, begun } = take.facts;
    this.put("[data-found-words]", "found", { time: clock(milliseconds), day: day(begun) });
    this.one("[data-do=hear-found]").hidden = false;
    this.show("found", false);
    if (isWanted) this.use();
    return true;
  }

  offerFromSite(upload) {
    let count = 0;
    while (upload.parts.some((part) => part.number === count + 1)) count += 1;
    const about = { key: upload.key, origin: upload.origin, media_type: upload.media_type, filename: upload.filename };
    const sending = new Sending(this.site, about, { count, part: () => null }, (s) => this.heard(s));
    this.take = {
      sending, bytes: upload.bytes, finish: () => sending.finish(), forget: () => sending.stop(),
      drop: () => sending.begin().then(() => sending.drop()),
    };
    this.put("[data-found-words]", "found-elsewhere", { size: size(upload.bytes), day: day(upload.begun_at) });
    this.one("[data-do=hear-found]").hidden = true;
    this.show("found", false);
    return true;
  }

  // What the sending says while it goes on.
  heard(state) {
    if (!this.take || !this.box.isConnected) return;
    const facts = { kept: size(this.take.bytes), sent: size(this.take.sending.bytes), size: size(this.take.bytes) };
    this.put("[data-sent]", "kept-sent", facts);
    this.put("[data-sending-words]", state === "finishing" ? "finishing" : "sending", facts);
    this.one("[data-progress]").value = this.take.bytes ? Math.min(1, this.take.sending.bytes / this.take.bytes) : 1;
    if (["offline", "online", "signed-out", "finishing"].includes(state) && this.told !== state) this.say(state);
    this.told = state === "sent" ? this.told : state;
    if (!this.kept.works) this.put("[data-sent]", "not-kept");
  }

  done() {
    const facts = { time: clock(this.take.facts.milliseconds), size: size(this.take.bytes) };
    this.put("[data-done-words]", "done", facts);
    this.heard("sent");
    this.player();
    this.show("done");
    this.say("stopped", facts);
  }

  hear() {
    this.put("[data-done-words]", "done", { time: clock(this.take.facts.milliseconds), size: size(this.take.bytes) });
    this.player();
    this.show("done");
  }

  // A recording that has just been made knows no length of its own: going to its end makes a player find it.
  player() {
    const kind = this.take.facts.kind === "video" ? "video" : "audio";
    const player = Object.assign(document.createElement(kind), { controls: true, playsInline: true, preload: "metadata" });
    player.addEventListener("loadedmetadata", () => {
      if (player.duration !== Infinity) return;
      player.addEventListener("seeked", () => { player.currentTime = 0; }, { once: true });
      player.currentTime = 1e9;
    }, { once: true });
    player.src = URL.createObjectURL(this.take.blob);
    this.one("[data-player]").replaceChildren(player);
  }

  noPlayer() {
    const player = this.one("[data-player] > *");
    if (player) URL.revokeObjectURL(player.src);
    this.one("[data-player]").replaceChildren();
  }

  async use() {
    const { take } = this;
    if (take.facts) {
      take.facts.isWanted = true;
      this.kept.saveTake(take.facts);
    }
    this.noPlayer();
    this.show("sending");
    this.one("[data-do=stop-sending]").hidden = true;
    this.heard("sending");
    try {
      if (await take.finish()) await this.arrived(take);
    } catch (error) {
      this.refused(error, take);
    }
  }

  async arrived(take) {
    await take.forget();
    this.take = null;
    const form = this.one("[data-refresh]");
    form.requestSubmit(form.querySelector("button"));
  }

  refused(error, take) {
    if (take.facts) {
      take.facts.isWanted = false;
      this.kept.saveTake(take.facts);
      this.hear();
    } else this.show("found");
    this.again = () => this.use();
    this.problem("lost", error.body?.sentence);
  }

  async throwAway(why = "") {
    const { take } = this;
    this.take = null;
    this.noPlayer();
    await take.drop();
    this.say(why);
    if (!(await this.findUnfinished())) this.show("choose");
  }
}
