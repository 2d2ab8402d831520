// Keys of the reading room. The bindings stand in the dialog of the page; each person may choose others.

import { light, show } from "/static/evidence.js";

const OFF = "briefing: keys off";
const PLACES = { today: "/", search: "/search", agenda: "/agenda", deliveries: "/deliveries" };
const PAUSE = 1500; // milliseconds in which the second key of two must follow
const dialog = document.getElementById("keys");
const bindings = new Map(Array.from(dialog?.querySelectorAll("[data-key]") ?? [], (one) => [one.dataset.key, one.dataset.action]));
const KEPT = `line of ${location.pathname}`;
let begun = "";
let begunAt = 0;

const lines = () => Array.from(document.querySelectorAll(".line"));
const currentLine = () => document.querySelector(".line.current");

/** Make a line the one that keys act on. */
function choose(line, { scroll = true } = {}) {
  currentLine()?.classList.remove("current");
  line.classList.add("current");
  line.focus({ preventScroll: true });
  if (scroll) line.scrollIntoView({ block: "nearest" });
  light([line.dataset.line]);
  show(line);
  sessionStorage.setItem(KEPT, line.id);
}

/** Go to the next or previous line, among those that match a selector. */
function step(by, selector) {
  const all = lines();
  const at = all.indexOf(currentLine());
  const rest = by > 0 ? all.slice(at + 1) : at < 0 ? [] : all.slice(0, at).reverse();
  const found = rest.find((line) => line.matches(selector));
  if (found) choose(found);
}

/** Open a form of the current line and begin in its first field. */
function open(kind) {
  const details = currentLine()?.querySelector(`details.${kind}`);
  if (!details) return;
  details.open = true;
  const first = details.querySelector(".slot") ?? details;
  const field = first.querySelector("input:checked") ?? first.querySelector("input:not([type=hidden]), textarea");
  field?.focus();
  if (field?.select && field.type !== "radio" && field.type !== "checkbox") field.select();
}

const press = (selector) => document.querySelector(selector)?.click();

const DEEDS = {
  "next-line": () => step(1, ".line"),
  "previous-line": () => step(-1, ".line"),
  "next-doubt": () => step(1, ".doubtful"),
  "previous-doubt": () => step(-1, ".doubtful"),
  evidence: () => currentLine() && show(currentLine()),
  uncited: () => press("#show-bare"),
  "previous-brief": () => press('[data-do="previous-brief"]'),
  "next-brief": () => press('[data-do="next-brief"]'),
  accept: () => currentLine()?.querySelector("button.accept")?.click(),
  reject: () => open("reject"),
  correct: () => open("correct"),
  why: () => currentLine()?.querySelector("a.why")?.click(),
  undo: () => press('[data-do="undo"]'),
  search: () => (document.querySelector("input[type=search]") ? document.querySelector("input[type=search]").focus() : location.assign("/search")),
  help: () => dialog?.showModal(),
  reviewed: () => press('[data-do="reviewed"]'),
  approve: () => press('[data-do="approve"]'),
  ...Object.fromEntries(Object.entries(PLACES).map(([name, path]) => [`go-${name}`, () => location.assign(path)])),
};

const isText = (element) => element.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])");

/** In a form of choices, digits choose. Return true if one did. */
function chooseByDigit(event) {
  if (!/^[1-9]$/.test(event.key)) return false;
  const field = event.target.closest(".slot") ?? event.target.closest("details.correct")?.querySelector(".digits");
  const input = field?.querySelectorAll(".choice input")[Number(event.key) - 1];
  if (!input) return false;
  input.focus();
  input.checked = input.type === "radio" || !input.checked;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function leave(event) {
  const details = event.target.closest?.(".line details[open]");
  const line = event.target.closest?.(".line");
  if (details) details.open = false;
  if (line) choose(line, { scroll: false });
  else if (isText(event.target)) event.target.blur();
}

function onKey(event) {
  // AltGr, by which some keyboards write [ and ], is Ctrl and Alt together.
  const isCommand = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  if (event.defaultPrevented || isCommand || event.isComposing) return;
  if (dialog?.open) return;
  if (event.key === "Escape") return leave(event);
  const inForm = event.target.closest?.("details[open] form");
  if (isText(event.target)) return;
  if (inForm) {
    if (chooseByDigit(event)) event.preventDefault();
    return;
  }
  if (localStorage.getItem(OFF) && event.key !== "?") return;
  if (event.key === "Enter" && event.target.matches("a, button, summary, input")) return;
  const stroke = event.shiftKey && /^[A-Z]$/.test(event.key) ? `Shift+${event.key}` : event.key;
  const both = event.timeStamp - begunAt < PAUSE && begun ? `${begun} ${stroke}` : stroke;
  const action = bindings.get(both) ?? bindings.get(stroke);
  begun = action ? "" : stroke;
  begunAt = event.timeStamp;
  if (!action || !DEEDS[action]) return;
  event.preventDefault();
  DEEDS[action]();
}

/** Return to the line that a link names, or to the one before the page was loaded again. */
function begin() {
  document.documentElement.classList.add("scripted");
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const again = performance.getEntriesByType("navigation")[0]?.type === "reload" ? sessionStorage.getItem(KEPT) : null;
  const line = target?.closest(".line") ?? (again && document.getElementById(again));
  if (line) choose(line);
  const off = document.getElementById("keys-off");
  if (!off) return;
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF)));
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  const line = event.target.closest?.(".line");
  if (line && line !== currentLine()) {
    currentLine()?.classList.remove("current");
    line.classList.add("current");
    sessionStorage.setItem(KEPT, line.id);
  }
});
// A saved line is a new element: htmx gives it the focus, and at the end the classes of the server.
document.body.addEventListener("htmx:afterSettle", () => {
  const focused = document.activeElement;
  const line = focused?.closest?.(".line") ?? document.getElementById(sessionStorage.getItem(KEPT) ?? "");
  if (line && (line === focused || focused === document.body)) choose(line, { scroll: false });
  else line?.classList.add("current");
});
addEventListener("hashchange", () => {
  const line = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".line");
  if (line) choose(line);
});
begin();
