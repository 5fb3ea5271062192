// While the microphone is on: the level, the clock, pause and stop, the limits. Shows itself in the recorder's panel.

import { Take } from "./take.js";
import { Taking, problemOf } from "./taking.js";
import { clock } from "./words.js";

const TICK_MS = 100;
const SHORTEST = 1000;
const NEARLY = 60_000;
const FULL = 0.97;
const LEVELS = [[0.12, "level-none"], [0.3, "level-low"], [0.85, "level-good"], [2, "level-high"]];

export class Live {
  constructor(recorder) {
    this.recorder = recorder;
    this.data = recorder.box.dataset;
    this.taking = null;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const list of recorder.box.querySelectorAll("[data-device]")) {
      list.addEventListener("change", () => this.choose(list.dataset.device, list.value));
    }
  }

  get isOn() {
    return Boolean(this.taking?.isOn);
  }

  async prepare(kind) {
    const bits = { audio: Number(this.data.audioBits), video: Number(this.data.videoBits) };
    this.taking = new Taking(kind, bits);
    this.recorder.again = () => this.prepare(kind);
    await this.turnOn();
  }

  async turnOn() {
    const { recorder, taking } = this;
    try {
      await taking.turnOn();
    } catch (error) {
      recorder.problem(problemOf(error));
      return;
    }
    taking.onLost = () => this.lose();
    const preview = recorder.one("[data-preview]");
    preview.hidden = taking.kind !== "video";
    preview.srcObject = preview.hidden ? null : taking.stream;
    if (!preview.hidden) preview.play().catch(() => null);
    await this.listDevices();
    this.buttons("start", "off");
    this.light("ready");
    recorder.put("[data-sent]", "");
    recorder.one("[data-devices]").hidden = false;
    recorder.show("live");
    recorder.say("ready");
    this.tick();
  }

  async listDevices() {
    const devices = await this.taking.devices();
    for (const list of this.recorder.box.querySelectorAll("[data-device]")) {
      const fitting = devices.filter((one) => one.kind === list.dataset.device);
      list.replaceChildren(...fitting.map((one) => new Option(one.label || one.kind, one.id, one.used, one.used)));
    }
    this.recorder.one("[data-camera]").hidden = this.taking.kind !== "video";
  }

  async choose(kind, id) {
    this.taking.chosen[kind] = id;
    this.recorder.pressed = null;  // the list keeps the focus
    await this.turnOn();
  }

  off() {
    clearTimeout(this.timer);
    this.taking?.turnOff();
    this.recorder.one("[data-preview]").srcObject = null;
  }

  buttons(...names) {
    for (const name of ["start", "pause", "resume", "stop", "off"]) {
      this.recorder.one(`[data-do=${name}]`).hidden = !names.includes(name);
    }
    if (this.recorder.pressed) this.recorder.one(`[data-do=${names[0]}]`).focus();
  }

  light(state) {
    this.recorder.one("[data-light]").dataset.light = state;
    this.recorder.put("[data-light-words]", `light-${state}`);
  }

  start() {
    const { recorder, taking } = this;
    this.isWarned = this.isLost = this.isFull = false;
    let take = null;
    taking.start(
      (piece) => take.add(piece, taking.milliseconds).then(() => recorder.heard("kept")),
      () => take.end().then(() => this.ended()),
    );
    take = Take.begun(
      taking.kind, taking.type, this.data.place, this.data.person, recorder.kept, recorder.site, (s) => recorder.heard(s));
    recorder.take = take;
    this.hold(take.facts.key);
    recorder.one("[data-devices]").hidden = recorder.form.hidden = true;
    this.buttons("pause", "stop");
    this.light("recording");
    recorder.heard("kept");
    recorder.say("recording");
  }

  pause() {
    this.taking.pause();
    this.buttons("resume", "stop");
    this.light("paused");
    this.recorder.say("paused");
  }

  resume() {
    this.taking.resume();
    this.buttons("pause", "stop");
    this.light("recording");
    this.recorder.say("recording");
  }

  stop() {
    if (!this.isOn) return;
    this.taking.stop();
    this.off();
  }

  ended() {
    this.letGo?.();
    this.recorder.form.hidden = false;
    const { parts, facts } = this.recorder.take;
    if (!parts.length || facts.milliseconds < SHORTEST) {
      this.recorder.throwAway("nothing");
      return;
    }
    this.recorder.done();
    if (this.isLost) this.recorder.say("lost-device");
    else if (this.isFull) this.recorder.say("full");
  }

  lose() {
    if (!this.isOn) return;
    this.isLost = true;
    this.stop();
  }

  // Ten times a second, and once where motion is not wanted.
  tick() {
    clearTimeout(this.timer);
    const { recorder, taking } = this;
    if (!recorder.box.isConnected) {  // the page went on to something else: what was recorded is kept
      if (this.isOn) taking.stop();
      this.off();
      return;
    }
    this.timer = setTimeout(() => this.tick(), this.calm ? 1000 : TICK_MS);
    recorder.one("[data-clock]").textContent = clock(this.isOn ? taking.milliseconds : 0);
    this.measure(taking.level);
    if (!this.isOn) return;
    this.watchLimits();
    if (taking.lock?.released && document.visibilityState === "visible") taking.stayAwake();
  }

  measure(level) {
    this.recorder.one("[data-level]").value = level;
    const now = Date.now();
    this.loudest = Math.max(level, this.loudest ?? 0);
    if (now - (this.named ?? 0) < 1000) return;
    const [, name] = LEVELS.find(([most]) => this.loudest < most);
    this.recorder.put("[data-level-words]", name);
    this.named = now;
    this.loudest = 0;
  }

  watchLimits() {
    const most = Number(this.data.minutes) * 60_000;
    const left = most - this.taking.milliseconds;
    if (left < NEARLY && most > 2 * NEARLY && !this.isWarned) {
      this.isWarned = true;
      this.recorder.say("one-minute");
    }
    if (left > 0 && this.recorder.take.bytes < Number(this.data.bytes) * FULL) return;
    this.isFull = true;
    this.stop();
  }

  // Another window of this browser is told that the recording goes on here.
  hold(key) {
    navigator.locks?.request(`px-take-${key}`, () => new Promise((done) => { this.letGo = done; }));
  }

  async isElsewhere(key) {
    if (!navigator.locks) return false;
    return navigator.locks.request(`px-take-${key}`, { ifAvailable: true }, (lock) => lock === null);
  }
}
