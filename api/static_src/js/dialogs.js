// Opens the dialog when its form has come, closes it when the decision was made.

export function openForm(url) {
  window.htmx.ajax("GET", url, { target: "#dialog-body", swap: "innerHTML" });
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
    if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog")?.close();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "dialog-body") show();
  });
  document.body.addEventListener("decided", () => document.getElementById("dialog")?.close());
}

function show() {
  const dialog = document.getElementById("dialog");
  document.getElementById("dialog-alerts").replaceChildren();
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("input:not([type=hidden]), select, textarea");
  first?.focus();
  if (first?.type === "text") first.select();
}
