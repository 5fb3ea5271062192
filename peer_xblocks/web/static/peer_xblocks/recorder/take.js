// One recording: pieces come in from a recorder, are gathered into parts, kept on this device, and sent.

import { Sending } from "./sending.js";

const PART_MS = 10_000;
const PART_BYTES = 1_000_000;

export class Take {
  constructor(facts, kept, site, say) {
    this.facts = facts;  // as it is kept: key, place, person, kind, type, begun, milliseconds, ended
    this.kept = kept;
    this.parts = [];
    this.open = null;
    const about = {
      key: facts.key, origin: "recorded", media_type: facts.type,
      filename: `recording.${facts.type.includes("mp4") ? "mp4" : facts.type.includes("ogg") ? "ogg" : "webm"}`,
    };
    this.sending = new Sending(site, about, this, say);
  }

  static begun(kind, type, place, person, kept, site, say) {
    const facts = { key: crypto.randomUUID(), place, person, kind, type, begun: Date.now(), milliseconds: 0, ended: false };
    kept.saveTake(facts);
    return new Take(facts, kept, site, say);
  }

  // One that was begun earlier, with what this device kept of it. A part that was open is closed: nothing follows.
  static async found(facts, kept, site, say) {
    const take = new Take({ ...facts, ended: true }, kept, site, say);
    const parts = await kept.parts(facts.key);
    for (const part of parts) {
      if (part.number !== take.parts.length + 1) break;
      take.parts.push(new Blob([part.bytes]));
    }
    return take;
  }

  get bytes() {
    return this.parts.reduce((sum, one) => sum + one.size, 0) + (this.open?.bytes.byteLength ?? 0);
  }

  // For whoever sends: a part that is complete, and how many there are once no more come.
  part(number) {
    return this.parts[number - 1]?.arrayBuffer() ?? null;
  }

  get count() {
    return this.facts.ended ? this.parts.length : null;
  }

  // What was recorded, for a player.
  get blob() {
    return new Blob([...this.parts, ...(this.open ? [this.open.bytes] : [])], { type: this.facts.type });
  }

  async add(piece, milliseconds) {
    this.open ??= { since: this.facts.milliseconds, bytes: new ArrayBuffer(0) };
    const whole = new Uint8Array(this.open.bytes.byteLength + piece.byteLength);
    whole.set(new Uint8Array(this.open.bytes));
    whole.set(new Uint8Array(piece), this.open.bytes.byteLength);
    this.open.bytes = whole.buffer;
    this.facts.milliseconds = milliseconds;
    if (milliseconds - this.open.since >= PART_MS || whole.byteLength >= PART_BYTES) await this.close();
    else await this.keep(this.parts.length + 1, this.open.bytes);
    await this.kept.saveTake(this.facts);
  }

  // The open part is complete; a browser that gives everything at once gets it cut.
  async close() {
    if (!this.open) return;
    const { bytes } = this.open;
    this.open = null;
    for (let at = 0; at < bytes.byteLength; at += 3 * PART_BYTES) {
      const part = bytes.slice(at, at + 3 * PART_BYTES);
      await this.keep(this.parts.length + 1, part);
      this.parts.push(new Blob([part]));  // which a browser may put on disk
    }
    this.sending.go().catch(() => null);
  }

  async end() {
    await this.close();
    this.facts.ended = true;
    await this.kept.saveTake(this.facts);
  }

  keep(number, bytes) {
    return this.kept.savePart({ take: this.facts.key, number, bytes });
  }

  finish() {
    return this.sending.finish();
  }

  forget() {
    this.sending.stop();
    return this.kept.drop(this.facts.key);
  }

  // What the site could not be told now it is told the next time that this page is opened.
  async drop() {
    const isGone = await this.sending.drop();
    await this.forget();
    if (!isGone) await this.kept.saveTake({ ...this.facts, isDropped: true });
  }
}
