// The microphone and the camera: asked for, listened to, recorded. Knows nothing of the site.

const SLICE_MS = 2000;
const TYPES = {
  audio: ["audio/webm;codecs=opus", "audio/webm", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"],
  video: ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/mp4"],
};

// WebM where a browser is at home in it; Apple's record MP4, and their WebM is young.
export function typeFor(kind) {
  const isApple = /^Apple/.test(navigator.vendor);
  const order = [...TYPES[kind]].sort((a, b) => (isApple ? b.includes("mp4") - a.includes("mp4") : 0));
  return order.find((type) => MediaRecorder.isTypeSupported(type));
}

// Why nothing can be recorded here, as the name of a word; "" when it can.
export function whyNot() {
  if (!isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia && window.MediaRecorder && typeFor("audio") ? "" : "no-support";
}

export function problemOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "refused";
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return "missing";
  return error.name === "NotReadableError" || error.name === "AbortError" ? "in-use" : "no-support";
}

export class Taking {
  constructor(kind, bits) {
    this.kind = kind;
    this.bits = bits;
    this.chosen = {};
    this.stream = null;
    this.recorder = null;
    this.before = 0;
    this.since = null;
  }

  async turnOn() {
    const with_ = (kind) => (this.chosen[kind] ? { deviceId: { exact: this.chosen[kind] } } : {});
    const audio = { echoCancellation: true, noiseSuppression: true, ...with_("audioinput") };
    const size = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" };
    const video = this.kind === "video" ? { ...size, ...with_("videoinput") } : false;
    this.turnOff();
    this.stream = await navigator.mediaDevices.getUserMedia({ audio, video });
    for (const track of this.stream.getTracks()) track.addEventListener("ended", () => this.onLost?.());
    this.listen();
  }

  turnOff() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.sound?.close().catch(() => null);
    this.stream = this.sound = null;
    this.lock?.release().catch(() => null);
    this.lock = null;
  }

  async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    const used = (this.stream?.getTracks() ?? []).map((track) => track.getSettings().deviceId);
    return all.filter((one) => one.deviceId).map(({ kind, deviceId, label }) => (
      { kind, id: deviceId, label, used: used.includes(deviceId) }));
  }

  listen() {
    this.sound = new AudioContext();
    this.analyser = this.sound.createAnalyser();
    this.analyser.fftSize = 1024;
    this.sound.createMediaStreamSource(this.stream).connect(this.analyser);
    this.waves = new Float32Array(this.analyser.fftSize);
  }

  // From 0 to 1, as loud as it sounds: a whisper is about 0.2, talking 0.5.
  get level() {
    if (!this.sound) return 0;
    this.analyser.getFloatTimeDomainData(this.waves);
    const power = this.waves.reduce((sum, one) => sum + one * one, 0) / this.waves.length;
    return Math.min(1, Math.max(0, 1 + Math.log10(power + 1e-9) / 5));
  }

  // `onPiece(buffer)` gets what was recorded, every two seconds; `onEnd()` comes after the last piece.
  start(onPiece, onEnd) {
    this.type = typeFor(this.kind);
    const recorder = new MediaRecorder(this.stream, {
      mimeType: this.type, audioBitsPerSecond: this.bits.audio, videoBitsPerSecond: this.bits.video,
    });
    let last = Promise.resolve();
    recorder.ondataavailable = ({ data }) => {
      if (data.size) last = last.then(async () => onPiece(await data.arrayBuffer()));
    };
    recorder.onstop = () => last.then(onEnd);
    recorder.onerror = () => this.onLost?.();
    this.recorder = recorder;
    this.before = 0;
    this.since = performance.now();
    recorder.start(SLICE_MS);
    this.stayAwake();
  }

  pause() {
    this.recorder.pause();
    this.before = this.milliseconds;
    this.since = null;
  }

  resume() {
    this.recorder.resume();
    this.since = performance.now();
  }

  stop() {
    this.before = this.milliseconds;
    this.since = null;
    if (this.isOn) this.recorder.stop();
  }

  get isOn() {
    return Boolean(this.recorder) && this.recorder.state !== "inactive";
  }

  get milliseconds() {
    return this.before + (this.since === null ? 0 : performance.now() - this.since);
  }

  async stayAwake() {
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }
}
