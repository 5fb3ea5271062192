/* Wakes the blocks on a page of the embedded site, as a platform's runtime would. */
for (const element of document.querySelectorAll("[data-init]")) window[element.dataset.init]?.(null, element);
