// Times as people write them, `4:05` or `1:02:03`: the same forms as `web/pages/evidence_form.py`.

const FORM = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?$/;

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

// In milliseconds; null for what is no time.
export function parse(text) {
  const match = FORM.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1] ?? 0, match[2], match[3]].map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? "").padEnd(3, "0"));
}
