// A file that was chosen goes the same way in, part by part: past the limits of one request, over a line that drops.

import { Sending, ask, digest } from "./sending.js";

const PART_BYTES = 3_000_000;

// The form is sent from here; where this module does not run it is sent whole.
export function takeOver(recorder) {
  for (const one of recorder.form.querySelectorAll("[data-at-once], [data-in-parts]")) one.hidden = !one.hidden;
  recorder.form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    recorder.pressed = event.submitter;
    const file = recorder.form.elements.recording.files[0];
    const fault = faultOf(recorder, file);
    say(recorder, fault && recorder.words.say(fault));
    if (!fault) send(recorder, file);
  });
}

function faultOf(recorder, file) {
  if (!file) return "no-file";
  if (file.size > Number(recorder.box.dataset.bytes)) return "too-large";
  return recorder.live.isOn ? "leave" : "";
}

// A sentence at the field; "" takes it away.
function say(recorder, sentence) {
  const field = recorder.form.elements.recording;
  const place = recorder.one("[data-file-error]");
  place.textContent = sentence;
  place.hidden = !sentence;
  field.toggleAttribute("aria-invalid", Boolean(sentence));
  if (!sentence) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

async function send(recorder, file) {
  recorder.live.off();
  const before = recorder.take;
  const sending = new Sending(
    recorder.site, await about(recorder, file), source(file), (state) => recorder.heard(state));
  recorder.take = { sending, bytes: file.size, forget: () => null };
  recorder.one("[data-recorder]").hidden = false;
  recorder.show("sending");
  recorder.one("[data-do=stop-sending]").hidden = false;
  recorder.stopSending = () => back(recorder, sending, before);
  recorder.heard("sending");
  try {
    if (await sending.finish()) await recorder.arrived(recorder.take);
  } catch (error) {
    await back(recorder, sending, before);
    say(recorder, error.body?.sentence || recorder.words.say("lost"));
  }
}

// Nothing is left of it at the site, and whatever was in the recorder is there again.
async function back(recorder, sending, before) {
  await sending.drop();
  recorder.say("");
  recorder.take = before;
  recorder.begin();
}

const source = (file) => ({
  count: Math.max(1, Math.ceil(file.size / PART_BYTES)),
  part: (number) => {
    const begin = (number - 1) * PART_BYTES;
    return begin < file.size ? file.slice(begin, begin + PART_BYTES).arrayBuffer() : null;
  },
});

// The same file chosen again goes on where it stopped.
async function about(recorder, file) {
  const name = `${file.name}\n${file.size}\n${file.lastModified}`;
  const same = `file-${(await digest(new TextEncoder().encode(name))).slice(0, 24)}-`;
  const { uploads } = await ask(recorder.site, "state", {}).catch(() => ({ uploads: [] }));
  const begun = uploads.find((one) => one.key.startsWith(same));
  const key = begun?.key ?? same + crypto.randomUUID().slice(0, 13);
  return { key, origin: "uploaded", media_type: file.type, filename: file.name };
}
