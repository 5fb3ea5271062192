/* The editor in Studio: closes its window, and goes to the line of a problem. */
window.PeerXBlocksStudioInit = function (runtime, element) {
  "use strict";
  window.PeerXBlocksInit(runtime, element);
  const root = (element.nodeType ? element : element[0]).querySelector("[data-px-root]");
  const tell = (what, state) => runtime && runtime.notify && runtime.notify(what, state);
  root.addEventListener("px-shown", () => {
    if (root.querySelector("[data-px-saved]")) tell("save", { state: "end" });
  });
  root.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-px-line]");
    if (event.target.closest("[data-px-cancel]")) tell("cancel", {});
    if (!jump) return;
    const area = root.querySelector("textarea"), lines = area.value.split("\n"), line = Number(jump.dataset.pxLine);
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.scrollTop = (area.scrollHeight / lines.length) * (line - 5);
  });
};
