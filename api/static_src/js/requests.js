// What every htmx request carries, and where its errors are shown.

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

export function startRequests() {
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = csrfToken();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const inDialog = document.querySelector("#dialog[open]");
    if (event.detail.isError && inDialog) {
      event.detail.target = document.getElementById("dialog-alerts");
    } else if (!event.detail.isError) {
      document.getElementById("alerts")?.replaceChildren();
    }
  });
  document.addEventListener("htmx:sendError", () => {
    showAlert("The server cannot be reached. Try again in a moment.");
  });
}

export function showAlert(text) {
  const box = document.createElement("div");
  box.className = "usa-alert usa-alert--error usa-alert--slim";
  const body = document.createElement("div");
  body.className = "usa-alert__body";
  const line = document.createElement("p");
  line.className = "usa-alert__text";
  line.textContent = text;
  body.append(line);
  box.append(body);
  document.getElementById("alerts").replaceChildren(box);
}

export function announce(text) {
  const place = document.getElementById("announce");
  if (place) place.textContent = text;
}
