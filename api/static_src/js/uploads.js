// Dropping files, listing them, and showing how much has been sent. Without this module the
// forms still work as plain forms.
import { csrfToken, showAlert } from "./requests.js";

export function startUploads() {
  document.querySelectorAll("[data-dropzone]").forEach(prepareZone);
  document.querySelectorAll("form[data-upload]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  });
}

function prepareZone(zone) {
  const target = zone.querySelector(".dropzone__target");
  const input = zone.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    target.addEventListener(name, () => target.classList.add("dropzone__target--over"));
  }
  for (const name of ["dragleave", "drop"]) {
    target.addEventListener(name, () => target.classList.remove("dropzone__target--over"));
  }
  input.addEventListener("change", () => list(zone, input.files));
}

function list(zone, files) {
  const rows = [...files].map((file) => {
    const row = document.createElement("li");
    row.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024))} kB)`;
    return row;
  });
  zone.querySelector(".dropzone__list").replaceChildren(...rows);
}

function send(form) {
  const request = new XMLHttpRequest();
  const button = form.querySelector("button[type=submit]");
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRF-Token", csrfToken());
  request.setRequestHeader("HX-Request", "true"); // errors come back as a fragment
  request.upload.addEventListener("progress", (event) => showSent(form, event));
  request.addEventListener("load", () => finish(form, request, button));
  request.addEventListener("error", () => {
    button.disabled = false;
    hideSent(form);
    showAlert("The files could not be sent: the server cannot be reached, or a file is too long.");
  });
  button.disabled = true;
  request.send(new FormData(form));
}

function showSent(form, event) {
  const place = form.querySelector(".dropzone__sending");
  const percent = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
  place.hidden = false;
  place.querySelector("progress").value = percent;
  place.querySelector("[data-percent]").textContent = `${percent}%`;
}

function hideSent(form) {
  form.querySelector(".dropzone__sending").hidden = true;
}

function finish(form, request, button) {
  const answer = document.createElement("template");
  answer.innerHTML = request.responseText; // of our own server, escaped there
  const refused = answer.content.querySelector("[data-refused]");
  if (request.status < 400 && !refused) {
    window.location.assign(request.responseURL);
    return;
  }
  hideSent(form);
  // What was taken must not be sent again: from here it only goes on to the case.
  if (request.status < 400) form.closest("[data-sending]").hidden = true;
  else button.disabled = false;
  const alerts = document.getElementById("alerts");
  alerts.replaceChildren(answer.content);
  alerts.scrollIntoView({ block: "center" });
  alerts.querySelector("a")?.focus();
}
