// Light what a line rests on, and take a selection of the article as evidence. The page works without this.

const EACH = (selector, root = document) => Array.from(root.querySelectorAll(selector));
let byLine = new Map(); // number of a line: its segments and the numbers behind them
let lit = [];

/** Index the segments of the article by the lines that rest on them. */
function index() {
  byLine = new Map();
  for (const segment of EACH(".seg[data-lines]")) {
    for (const number of segment.dataset.lines.split(" ")) {
      if (!byLine.has(number)) byLine.set(number, []);
      byLine.get(number).push(segment);
    }
  }
  for (const back of EACH(".back")) byLine.get(back.textContent)?.push(back);
}

/** Light what lines rest on, given by their numbers, and nothing else. */
export function light(numbers) {
  performance.mark("light");
  for (const element of lit) element.classList.remove("lit");
  lit = [];
  for (const number of numbers) {
    const line = document.querySelector(`[data-line="${number}"]`);
    for (const element of [...(byLine.get(number) ?? []), ...(line ? [line] : [])]) {
      element.classList.add("lit");
      lit.push(element);
    }
  }
  performance.measure("evidence lit", "light");
}

/** Scroll the article to what a line rests on. */
export function show(line) {
  const first = byLine.get(line.dataset.line)?.[0];
  const pane = first?.closest(".source");
  if (!first) return;
  if (pane.scrollHeight > pane.clientHeight + 1) {
    const above = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (above < 0 || above > pane.clientHeight * 0.7) pane.scrollTop += above - pane.clientHeight * 0.3;
  } else {
    first.scrollIntoView({ block: "center" });
  }
}

function numbersAt(target) {
  const line = target.closest?.(".line");
  if (line) return [line.dataset.line];
  const segment = target.closest?.(".seg[data-lines]");
  return segment ? segment.dataset.lines.split(" ") : null;
}

function current() {
  const line = document.activeElement?.closest?.(".line") ?? document.querySelector(".line.current");
  return line ? [line.dataset.line] : [];
}

/** Return how many characters (code points; a string of JavaScript counts UTF-16 units) precede a place. */
function offsetOf(node, place) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[place] ?? node;
  const segment = element.closest?.(".seg");
  if (segment) {
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, place) : place ? segment.textContent : "";
    return Number(segment.dataset.start) + Array.from(before).length;
  }
  // Between segments: the end of the last one before that place.
  const range = document.createRange();
  range.setStart(document.getElementById("source-text"), 0);
  range.setEnd(node, place);
  const last = EACH(".seg").filter((one) => range.comparePoint(one, one.childNodes.length) <= 0).at(-1);
  return last ? Number(last.dataset.start) + Array.from(last.textContent).length : 0;
}

/** Return the stretch of the article that is selected, as offsets in characters; null if there is none. */
export function selected() {
  const selection = document.getSelection();
  const text = document.getElementById("source-text");
  if (!selection.rangeCount || selection.isCollapsed || !text) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  let start = offsetOf(range.startContainer, range.startOffset);
  let end = offsetOf(range.endContainer, range.endOffset);
  const whole = Array.from(EACH(".seg", text).map((one) => one.textContent).join(""));
  while (start < end && !whole[start].trim()) start += 1;
  while (start < end && !whole[end - 1].trim()) end -= 1;
  return start < end ? { start, end, text: whole.slice(start, end).join("") } : null;
}

function pick() {
  const form = document.getElementById("add-line");
  const found = form && selected();
  if (!found) return;
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  const picked = form.querySelector(".picked");
  picked.hidden = false;
  picked.querySelector("q").textContent = found.text;
  document.getElementById("add").open = true;
}

function watch() {
  index();
  document.body.addEventListener("pointerover", (event) => light(numbersAt(event.target) ?? current()));
  document.body.addEventListener("focusin", (event) => light(numbersAt(event.target) ?? current()));
  document.getElementById("source-text")?.parentElement.addEventListener("pointerup", () => setTimeout(pick));
  document.body.addEventListener("htmx:afterSettle", () => {
    index();
    light(current());
  });
  // A refusal is an answer, too: the line comes back with the reason.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.body.addEventListener("click", (event) => {
    if (!event.target.matches(".line a.keep") || !document.getElementById("source-text")) return;
    event.preventDefault();
    event.target.closest(".trouble").remove();
  });
  // What is written by hand and what is chosen exclude each other.
  document.body.addEventListener("change", (event) => {
    const other = event.target.closest(".slot")?.querySelector(".other input");
    if (event.target.type === "radio" && other) other.value = "";
  });
}

watch();
