/* Keys of the desk's pages. Everything they do is a button or an input that works without this script. */
"use strict";

(() => {
  const typing = (element) =>
    element.matches("input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select");
  const choose = (id) => {
    const radio = document.getElementById(id);
    if (radio) {
      radio.checked = true;
      radio.focus();
    }
    return radio;
  };
  const own = () => document.querySelector(".own input:not([type=hidden]), .own select, .own textarea");

  const press = (key) => {
    const control = document.querySelector(`[data-key="${key}"]`);
    if (key === "c" && own()) {
      // First to the input; what is written there is sent with Enter or by its button.
      choose("v-other");
      own().focus();
      own().select?.();
      return true;
    }
    if (!control || control.disabled) {
      return false;
    }
    control.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
      return;
    }
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (typing(event.target)) {
      return;
    }
    const key = event.key.toLowerCase();
    const done =
      key === "n"
        ? (document.getElementById("id_why")?.focus(), Boolean(document.getElementById("id_why")))
        : /^[1-9]$/.test(key)
          ? Boolean(choose(`v${key}`)) || press(key)
          : /^[a-z]$/.test(key) && press(key);
    if (done) {
      event.preventDefault();
    }
  });

  // An own value that is written is the one chosen.
  document.querySelector(".own")?.addEventListener("input", () => {
    const radio = document.getElementById("v-other");
    if (radio) {
      radio.checked = true;
    }
  });

  // One press, one decision.
  document.querySelectorAll("form[data-once]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
      }
      form.dataset.sent = "1";
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent);
    }
  });

  const words = document.getElementById("span");
  const text = words?.closest(".desk-text");
  if (text) {
    text.scrollTop += words.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
})();
