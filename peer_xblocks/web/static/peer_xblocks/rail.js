// The line below a player: where in the recording pins and markers stand, each a button with its short sign.
// A pointer's short cut. For everybody else the same moments stand in the list below, in order.

const SMALLEST = 28;
const HEIGHT = 28;

export function railOf(player) {
  const rail = player.box.querySelector("[data-rail]");
  let shown = [];
  const draw = () => place(rail, player, shown);
  rail.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-at]");
    if (mark) player.listen(Number(mark.dataset.at));
    else if (player.length) player.media.currentTime = player.length * share(rail, event);
  });
  player.media.addEventListener("durationchange", draw);
  new ResizeObserver(draw).observe(rail);
  return (moments) => {
    shown = moments;
    draw();
  };
}

function share(rail, event) {
  const { left, width } = rail.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - left) / width));
}

function place(rail, player, moments) {
  for (const old of rail.querySelectorAll("button")) old.remove();
  const width = rail.clientWidth;
  if (!player.length || !width) return;
  const lanes = [];
  for (const moment of [...moments].sort((one, other) => one.at - other.at)) {
    const wide = Math.max(SMALLEST, 12 + moment.sign.length * 9);
    const middle = Math.min(1, moment.at / 1000 / player.length) * width;
    const left = Math.min(Math.max(0, middle - wide / 2), width - wide);
    let lane = lanes.findIndex((end) => end <= left);
    if (lane < 0) lane = lanes.length;
    lanes[lane] = left + wide + 2;
    rail.append(button(moment, left, wide, lane));
  }
  rail.style.setProperty("--px-lanes", `${lanes.length * HEIGHT}px`);
}

function button(moment, left, wide, lane) {
  const made = document.createElement("button");
  made.type = "button";
  made.tabIndex = -1;
  made.className = moment.own ? "px-rail__mark px-rail__mark--own" : "px-rail__mark";
  made.dataset.at = moment.at;
  made.textContent = moment.sign;
  made.title = moment.name;
  Object.assign(made.style, { left: `${left}px`, width: `${wide}px`, top: `${lane * HEIGHT}px` });
  return made;
}
