// The size of the page picture: kept outside the page, so that it stays when pages are turned,
// and for this tab, so that it stays when another file is opened.
import { announce } from "./requests.js";

const STEPS = [1, 1.25, 1.5, 2, 3, 4];
const SHARP_FROM = 1.5; // beyond, the ordinary picture is coarser than the screen
const KEPT = "declarant-zoom";

let step = 0;

export function startZoom() {
  step = Math.max(0, STEPS.indexOf(Number(window.sessionStorage.getItem(KEPT))));
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(Number(button.dataset.zoom));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "page") show();
  });
}

// 1 enlarges, -1 shrinks, 0 fits the page to its room.
export function zoom(by) {
  const before = step;
  step = by === 0 ? 0 : Math.min(STEPS.length - 1, Math.max(0, step + by));
  if (step === before) return;
  const middle = middleOf(document.querySelector(".page__view"));
  show();
  centre(document.querySelector(".page__view"), middle);
  announce(`Page at ${percent()}`);
  window.sessionStorage.setItem(KEPT, String(STEPS[step]));
}

const percent = () => `${Math.round(STEPS[step] * 100)}%`;

function show() {
  const place = document.querySelector(".review__page");
  place.style.setProperty("--zoom", STEPS[step]);
  place.classList.toggle("review__page--zoomed", step > 0);
  for (const now of place.querySelectorAll("[data-zoom-now]")) now.textContent = percent();
  for (const button of place.querySelectorAll("[data-zoom]")) {
    const by = Number(button.dataset.zoom);
    const idle = by > 0 ? step === STEPS.length - 1 : step === 0;
    button.setAttribute("aria-disabled", String(idle));
  }
  const view = place.querySelector(".page__view");
  if (view) view.tabIndex = step > 0 ? 0 : -1; // what can be scrolled is reached by keys
  sharpen(place.querySelector(".page__sheet img"));
}

function sharpen(image) {
  if (image && STEPS[step] >= SHARP_FROM && !image.src.includes("?")) image.src += "?sharp=1";
}

// Which point of the page, from 0 to 1, stands in the middle of the view.
function middleOf(view) {
  if (!view) return null;
  const across = (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth;
  return { across, down: (view.scrollTop + view.clientHeight / 2) / view.scrollHeight };
}

function centre(view, middle) {
  if (!view || !middle) return;
  view.scrollLeft = middle.across * view.scrollWidth - view.clientWidth / 2;
  view.scrollTop = middle.down * view.scrollHeight - view.clientHeight / 2;
}
