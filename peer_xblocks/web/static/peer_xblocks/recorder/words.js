// Numbers and sentences as people read them. The sentences stand in the page, in its language.

export function clock(milliseconds) {
  const whole = Math.floor(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

// Our Spanish is that of the United States, with its numbers and dates.
function language() {
  const { lang } = document.documentElement;
  return lang === "es" ? "es-US" : lang || undefined;
}

export function size(bytes) {
  const mega = bytes / 1024 ** 2;
  const unit = mega < 1 ? "kilobyte" : "megabyte";
  const shown = mega < 1 ? Math.ceil(bytes / 1024) : mega;
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: mega < 10 ? 1 : 0 }).format(shown);
}

export function day(at) {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export class Words {
  constructor(box) {
    const all = box.querySelector("[data-words]").content.querySelectorAll("[data-word]");
    this.all = new Map([...all].map((one) => [one.dataset.word, one.textContent]));
  }

  say(name, facts = {}) {
    return (this.all.get(name) ?? "").replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
  }
}
