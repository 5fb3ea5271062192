/* Sends a block's forms and puts what comes back in place, by id. Without it the forms still work.
   Nothing typed is ever lost: not by an answer, nor by a refusal, nor by a line that broke. */
(() => {
  "use strict";

  const named = (box, field) => (field.id && document.getElementById(field.id)) ||
    [...box.querySelectorAll("[name]")].find((f) => f.name === field.name && f.value === field.value) ||
    [...box.querySelectorAll("[name]")].find((f) => f.name === field.name && f.type === field.type);

  const token = (form) => {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : (form.elements.csrfmiddlewaretoken || {}).value || "";
  };

  /* Text that was typed and not sent with this request goes into the new field. */
  function keep(old, fresh, sent) {
    for (const field of old.querySelectorAll("textarea, input[type=text]")) {
      const isNew = field.value !== field.defaultValue && !(sent && sent.getAll(field.name).includes(field.value));
      const place = isNew && [...fresh.querySelectorAll("[name]")].find((f) => f.id ? f.id === field.id : f.name === field.name);
      if (place) place.value = field.value;
    }
  }

  function show(root, html, form, sent) {
    const pieces = new DOMParser().parseFromString(html, "text/html").body.children;
    const active = root.contains(document.activeElement) ? document.activeElement : null;
    const at = active && active.selectionStart !== undefined && active.tagName === "TEXTAREA" ? active.selectionStart : null;
    let swapped = 0, lead = null;
    for (const piece of [...pieces]) {
      const old = piece.id && root.querySelector("#" + CSS.escape(piece.id));
      if (!old) continue;
      keep(old, piece, old.contains(form) ? sent : null);
      old.replaceWith(piece);
      lead = lead || (piece.matches("[data-px-focus]") ? piece : piece.querySelector("[data-px-focus]"));
      swapped += 1;
    }
    if (active && !active.isConnected) {
      const again = lead || named(root, active) || root.querySelector("[aria-invalid=true]") || root;
      if (!again.matches("a, button, input, textarea, select, [tabindex]")) again.tabIndex = -1;
      again.focus({ preventScroll: !lead });
      if (lead) (lead.dataset.pxFocus ? lead : root).scrollIntoView({ block: lead.dataset.pxFocus || "start" });
      if (at !== null && again.setSelectionRange) again.setSelectionRange(at, at);
    }
    const said = [...pieces].find((p) => p.hasAttribute("data-px-say"));
    return { swapped, said: said ? said.textContent : "" };
  }

  /* A part of the page that names a module of ours is woken by it, once; without it the page works as it is. */
  function wake(root) {
    for (const part of root.querySelectorAll("[data-px-module]")) {
      if (part.pxAwake) continue;
      part.pxAwake = true;
      import(part.dataset.pxModule).then((module) => module.wake(part, root)).catch(() => null);
    }
  }

  /* `quiet` is what nobody asked for: a draft kept by itself, as the page is left or while typing. */
  async function send(root, form, button, quiet) {
    const live = root.querySelector("[data-px-live]");
    const sent = new FormData(form);
    if (button && button.name) sent.set(button.name, button.value);
    const crumb = token(form);
    sent.delete("csrfmiddlewaretoken");
    root.setAttribute("aria-busy", "true");
    root.pxQuiet = Boolean(quiet);
    live.textContent = root.dataset.pxBusy;
    try {
      const answer = await fetch((button && button.getAttribute("formaction")) || form.action, {
        method: "POST", body: sent, credentials: "same-origin", keepalive: quiet === "leaving",
        headers: { "X-CSRFToken": crumb, "X-Requested-With": "peer-xblocks" },
      });
      const { swapped, said } = show(root, await answer.text(), form, sent);
      live.textContent = said || (swapped ? "" : root.dataset.pxRefused);
      live.classList.toggle("px-said--bad", !swapped);
      root.dispatchEvent(new CustomEvent("px-shown"));
      wake(root);
    } catch {
      live.textContent = root.dataset.pxLost;
      live.classList.add("px-said--bad");
    } finally {
      root.removeAttribute("aria-busy");
      const [next, pressed] = root.pxNext || [];
      root.pxNext = null;
      if (next && next.isConnected) send(root, next, pressed);
    }
  }

  window.PeerXBlocksInit = function (runtime, element) {
    const box = element.nodeType ? element : element[0];
    const root = box.matches("[data-px-root]") ? box : box.querySelector("[data-px-root]");
    if (!root || root.pxReady) return;
    root.pxReady = true;
    wake(root);
    let waiting;
    const isBusy = () => root.getAttribute("aria-busy") === "true";
    root.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-px-form]")) return;
      event.preventDefault();
      clearTimeout(waiting);
      root.pxUnsaved = null;
      if (!isBusy()) send(root, event.target, event.submitter);
      else if (root.pxQuiet) root.pxNext = [event.target, event.submitter];
    });
    root.addEventListener("input", (event) => {
      const button = event.target.form && event.target.form.querySelector("[data-px-autosave]");
      if (!button || event.target.type === "file") return;
      clearTimeout(waiting);
      const save = (how) => {
        root.pxUnsaved = null;
        if (isBusy()) waiting = setTimeout(save, 500, "typing");
        else if (button.isConnected) send(root, button.form, button, how);
      };
      root.pxUnsaved = save;
      waiting = setTimeout(save, 1500, "typing");
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !root.pxUnsaved || !root.isConnected) return;
      clearTimeout(waiting);
      root.pxUnsaved("leaving");
    });
  };
})();
