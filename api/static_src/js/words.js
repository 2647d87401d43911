// Selecting words on the page with mouse, touch or keyboard, to add somebody the machine missed.
import { openForm } from "./dialogs.js";
import { announce } from "./requests.js";

let anchor = -1; // positions in the list of words
let focus = -1;
let dragging = false;

export function startWords() {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", () => (dragging = false));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.id === "add-selected") add();
    if (event.target.id === "clear-selected") clear();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "page") clear();
    if (event.detail.target.id === "overlay") mark(); // the same words, drawn anew
  });
}

function words() {
  return [...document.querySelectorAll(".overlay .word")];
}

function wordAt(event) {
  return event.target.classList?.contains("word") ? words().indexOf(event.target) : -1;
}

function onDown(event) {
  const at = wordAt(event);
  if (at < 0) return;
  dragging = event.pointerType !== "touch";
  select(event.shiftKey && anchor >= 0 ? anchor : at, at);
}

function onMove(event) {
  const at = dragging ? wordAt(event) : -1;
  if (at >= 0 && at !== focus) select(anchor, at);
}

function onKey(event) {
  if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey) return;
  if (event.key === "n" && focus >= 0 && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    add();
  }
  if (event.key === "Escape") clear();
  if (event.target.closest(".overlay")) onArrow(event);
}

function onArrow(event) {
  const all = words();
  const next = { ArrowRight: right, ArrowLeft: left, ArrowDown: down, ArrowUp: up, Home: first }[event.key];
  if (event.key === "Enter" && focus >= 0) add();
  if (!next || !all.length) return;
  event.preventDefault();
  const at = Math.min(all.length - 1, Math.max(0, next(all)));
  select(event.shiftKey && anchor >= 0 ? anchor : at, at);
  all[at].scrollIntoView({ block: "nearest" });
}

const first = () => 0;
const right = () => focus + 1;
const left = () => focus - 1;
const down = (all) => nearest(all, 1);
const up = (all) => nearest(all, -1);

// The word of the next line that is nearest in x.
function nearest(all, step) {
  if (focus < 0) return 0;
  const here = middle(all[focus]);
  let best = focus;
  let least = Infinity;
  all.forEach((word, at) => {
    const there = middle(word);
    const lower = step * (there.y - here.y);
    const cost = lower * 3 + Math.abs(there.x - here.x);
    if (lower > here.height * 0.6 && cost < least) [best, least] = [at, cost];
  });
  return best;
}

function middle(word) {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((n) => Number(word.getAttribute(n)));
  return { x: x + width / 2, y: y + height / 2, height };
}

function select(from, to) {
  [anchor, focus] = [from, to];
  const text = mark().map((word) => word.dataset.text).join(" ");
  document.getElementById("selected-text").textContent = text;
  document.getElementById("selection").hidden = false;
  announce(text);
}

// Shows which words are selected, and gives them.
function mark() {
  if (focus < 0) return [];
  const all = words();
  const [low, high] = [Math.min(anchor, focus), Math.max(anchor, focus)];
  all.forEach((word, at) => word.classList.toggle("word--selected", at >= low && at <= high));
  return all.slice(low, high + 1);
}

function clear() {
  [anchor, focus] = [-1, -1];
  for (const word of document.querySelectorAll(".word--selected")) word.classList.remove("word--selected");
  const bar = document.getElementById("selection");
  if (bar) bar.hidden = true;
}

function add() {
  const chosen = [...document.querySelectorAll(".word--selected")];
  if (!chosen.length) return;
  const page = document.getElementById("page");
  const start = Math.min(...chosen.map((word) => Number(word.dataset.start)));
  const end = Math.max(...chosen.map((word) => Number(word.dataset.end)));
  const caseId = document.querySelector(".review__columns").dataset.case;
  openForm(`/cases/${caseId}/add?document=${page.dataset.document}&start=${start}&end=${end}`);
}
