// The level rule of `core/scoring.py: level_of`, for the desk: ticks in, level and code of the reason out.
// A browser test holds this module to the server's answer.

export function levelOf({ noOpportunity, confirmedEmpty, chosen, boxes }) {
  if (noOpportunity) return [null, "no_opportunity"];
  if (chosen !== undefined) return chosen === null ? [null, "open"] : [chosen, "chosen"];
  const ticked = boxes.filter((box) => box.ticked);
  if (ticked.length === 0 && !confirmedEmpty) return [null, "open"];
  if (ticked.some((box) => box.kind === "harmful")) return [1, "harmful_seen"];
  if (boxes.some((box) => box.kind === "basic" && !box.ticked)) return [2, "basic_missing"];
  if (ticked.some((box) => box.kind === "advanced")) return [4, "advanced_seen"];
  return [3, "all_basic"];
}

export function read(section) {
  const inputs = [...section.querySelectorAll("[data-kind]")];
  const radios = inputs.filter((input) => input.dataset.kind === "chosen");
  const picked = radios.find((input) => input.checked);
  return {
    noOpportunity: section.querySelector("[data-none]").checked,
    confirmedEmpty: Boolean(section.querySelector("[data-empty]")?.checked),
    chosen: radios.length ? (picked ? Number(picked.value) : null) : undefined,
    boxes: inputs
      .filter((input) => input.dataset.kind !== "chosen")
      .map((input) => ({ kind: input.dataset.kind, ticked: input.checked })),
  };
}

export function show(section, [level, because]) {
  const place = section.querySelector("[data-level-of]");
  const badge = place.querySelector("[data-level]");
  const words = place.dataset;
  const label = level ? `${words.levelWord} ${level}` : because === "open" ? words.openWord : words.noLevelWord;
  if (badge.textContent !== label) badge.textContent = label;
  badge.className = `px-level px-level--${level ?? "none"}`;
  badge.dataset.level = level ?? "";
  const why = place.querySelector("[data-why]");
  if (why.dataset.because === because) return;
  why.dataset.because = because;
  why.textContent = place.getAttribute(`data-because-${because}`);
}
