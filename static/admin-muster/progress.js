/* The page of a batch that is being done: shows how far it is by itself. Without this script it has a link for that. */
"use strict";

(() => {
  const parts = ["progress", "items"];
  const look = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      // What an editor has the focus on is not taken away.
      for (const id of parts.filter((part) => !document.getElementById(part)?.contains(document.activeElement))) {
        const found = fresh.getElementById(id);
        if (found) {
          document.getElementById(id)?.replaceWith(found);
        }
      }
    }
    wait();
  };
  const wait = () => {
    if (document.querySelector("#progress[data-working]")) {
      setTimeout(look, 3000);
    }
  };
  wait();
})();
