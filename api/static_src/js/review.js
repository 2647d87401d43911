// The keyboard of the review page, and the link between a finding and its marks on the page.
import { announce } from "./requests.js";
import { zoom } from "./zoom.js";

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => act("accept"),
  r: () => act("reject"),
  c: () => act("correct"),
  m: () => act("merge"),
  s: () => act("split"),
  e: () => current()?.querySelector(".quote")?.click(),
  u: () => document.querySelector("[data-undo-last]")?.click(),
  w: () => document.querySelector(".overlay")?.focus(),
  "[": () => document.getElementById("previous-page")?.click(),
  "]": () => document.getElementById("next-page")?.click(),
  "+": () => zoom(1),
  "=": () => zoom(1), // the same key without Shift
  "-": () => zoom(-1),
  0: () => zoom(0),
  "?": () => document.getElementById("help").showModal(),
};

let jump = false; // whether the page that comes is to show the evidence asked for
let chosen = null; // the key of the finding that was last in focus

export function startReview() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => {
    const finding = event.target.closest(".finding");
    if (finding) choose(finding.dataset.finding);
  });
  document.addEventListener("click", (event) => {
    jump = Boolean(event.target.closest(".quote"));
    if (event.target.matches(".word, .mark")) showMarked(event);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "panel") restore();
    if (event.detail.target.id === "page") showPage();
    if (event.detail.target.id === "overlay") light();
  });
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function findings() {
  return [...document.querySelectorAll(".finding")];
}

function current() {
  return findings().find((one) => one.dataset.finding === chosen) ?? null;
}

function move(step) {
  const all = findings();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step));
  all[next].focus();
}

function act(what) {
  // A decision under way brings a new panel: the next one is made on that.
  if (document.querySelector(".panel.htmx-request")) {
    window.setTimeout(() => act(what), 40);
    return;
  }
  const finding = current() ?? findings()[0];
  if (!finding) return;
  choose(finding.dataset.finding);
  finding.querySelector(`[data-act="${what}"]`)?.click();
}

// A click on a mark shows whose it is; the words that can be selected lie over the marks.
function showMarked(event) {
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  const mark = under.find((one) => one.matches(".mark[data-finding]"));
  if (!mark) return;
  choose(mark.dataset.finding);
  current()?.scrollIntoView({ block: "nearest" });
}

function showPage() {
  light();
  showFile();
  const sought = document.querySelector(".mark--sought");
  const place = sought ?? document.querySelector(".mark--chosen");
  if (jump) place?.scrollIntoView({ block: "center", inline: "nearest" });
  if (jump && sought) announce("The words are marked on the page");
  jump = false;
}

// Evidence may have led to another file of the case.
function showFile() {
  const shown = document.getElementById("page").dataset.document;
  for (const link of document.querySelectorAll(".filters [data-document]")) {
    if (link.dataset.document === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function choose(key) {
  chosen = key;
  light();
}

function light() {
  for (const one of findings()) one.classList.toggle("finding--chosen", one.dataset.finding === chosen);
  for (const mark of document.querySelectorAll(".mark")) {
    mark.classList.toggle("mark--chosen", mark.dataset.finding === chosen);
  }
}

// After a decision the panel is new: keep the place, and say what is left to do.
function restore() {
  const left = document.querySelector(".panel__left")?.textContent ?? "";
  announce(left);
  const place = current();
  if (place && !document.activeElement.closest("dialog")) place.focus({ preventScroll: false });
  light();
}
