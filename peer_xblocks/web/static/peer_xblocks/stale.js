// Says that the draft was saved elsewhere, and asks with which version to go on. Until then nothing is saved over another.

export function staleNotice(form, { keepMine, keepThenLoad }) {
  const notice = document.querySelector("[data-stale]");
  let version = null;
  let before = null;

  function show(newer) {
    version = newer;
    if (notice.hidden) before = document.activeElement;
    notice.hidden = false;
  }

  notice.querySelector("[data-stale-mine]").addEventListener("click", () => {
    notice.hidden = true;
    (before?.isConnected && before !== document.body ? before : form.querySelector("[data-criterion]")).focus();
    keepMine(version);
  });
  notice.querySelector("[data-stale-newer]").addEventListener("click", keepThenLoad);

  // Whoever presses “Review” meanwhile is asked first.
  function holds(event) {
    if (notice.hidden) return false;
    event.preventDefault();
    notice.querySelector("button").focus();
    return true;
  }

  return { show, holds, loading: notice.dataset.loading };
}
