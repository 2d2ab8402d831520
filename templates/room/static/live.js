// Keeps what is marked data-live as the server has it, while the page is visible: the part with the same id of the page
// at the address that data-live names, or of this page. Answers that did not change are 304 and empty.

const BUSY = 1500, IDLE = 15000; // milliseconds between two looks

function follow(part) {
  const address = part.dataset.live || location.href;
  let tag = "", failures = 0;
  const wait = () => ("busy" in part.dataset ? BUSY : IDLE) * 2 ** Math.min(failures, 4);

  async function look() {
    if (document.visibilityState === "visible" && !part.contains(document.activeElement)) {
      try {
        const answer = await fetch(address, { headers: tag ? { "If-None-Match": tag } : {}, credentials: "same-origin" });
        failures = answer.ok || answer.status === 304 ? 0 : failures + 1;
        if (answer.status === 200) {
          const before = tag;
          tag = answer.headers.get("etag") || "";
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const now = page.getElementById(part.id);
          if (now && (before || now.innerHTML !== part.innerHTML)) replace(now);
        }
      } catch {
        failures += 1;
      }
    }
    setTimeout(look, wait());
  }

  function replace(now) {
    part.replaceChildren(...now.childNodes);
    if ("busy" in now.dataset) part.dataset.busy = "";
    else delete part.dataset.busy;
  }

  setTimeout(look, wait());
}

for (const part of document.querySelectorAll("[data-live][id]")) follow(part);
