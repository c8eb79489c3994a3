/* Select2, which draws Django's lists to search in, leaves what it draws without a name: it gets that of its label. */
"use strict";

// Among what waits for the page, after Django's own script that draws them.
globalThis.django?.jQuery?.(() => {
  document.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
    const drawn = select.nextElementSibling?.querySelector(".select2-selection");
    const label = select.labels[0] ?? select.closest(".form-row")?.querySelector("label, legend");
    if (!drawn || !label) {
      return;
    }
    label.id ||= `${select.id}-label`;
    const shown = drawn.querySelector(".select2-selection__rendered");
    drawn.setAttribute("aria-labelledby", `${label.id} ${shown.id}`.trim());
    shown.setAttribute("aria-labelledby", label.id);
  });
});
