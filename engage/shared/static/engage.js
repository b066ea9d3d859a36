// Small behaviours shared by every page but the phone page. Each is named in the page by data-behaviour.
"use strict";

// Leaving quickly: the exit link, or Shift pressed three times within five seconds.
(function leaving() {
  const address = document.body.dataset.exit;
  if (!address) return;
  const leave = () => { document.body.hidden = true; location.replace(address); };
  document.querySelectorAll("a.exit").forEach((link) =>
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); }));
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    presses = [...presses, Date.now()].filter((time) => Date.now() - time < 5000);
    if (presses.length >= 3) leave();
  });
})();

// A form that came back with what is missing: whoever returns to it later opens a page, and sends nothing again.
(function returning() {
  const address = document.querySelector("[data-opens]")?.dataset.opens;
  if (address) history.replaceState(null, "", address);
})();

const behaviours = {
  // What is shown for a while only: whoever comes back to the page later gets what the server says then.
  again() {
    const shown = Date.now();
    addEventListener("pageshow", ({persisted}) => persisted && location.reload());
    document.addEventListener("visibilitychange", () => document.hidden || Date.now() - shown < 6e5 || location.reload());
  },

  // A button that prints this page.
  print(button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  },
  // A button that copies the words of the element it names.
  copy(button) {
    const from = document.getElementById(button.dataset.from);
    if (!from || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(from.innerText.trim().split(/\s+/).join(" "));
      button.textContent = button.dataset.done;
    });
  },
  // A phone that others use too: after a minute it asks, after two it goes on to the next person, once.
  still(section) {
    const ask = section.querySelector("dialog");
    let touched = Date.now();
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { touched = Date.now(); });
    ask.addEventListener("click", () => ask.close());
    const clock = setInterval(() => {
      const seconds = (Date.now() - touched) / 1000;
      if (seconds > 120) {
        clearInterval(clock);
        document.body.hidden = true;
        section.querySelector("form").submit();
      } else if (seconds > 60 && !ask.open) ask.showModal();
    }, 5000);
  },
  // A page that shows work in progress looks again by itself.
  again(element) {
    setTimeout(() => (element.dataset.to ? location.assign(element.dataset.to) : location.reload()), Number(element.dataset.seconds || 3) * 1000);
  },
  // What the worker does, where people type meanwhile: looked up every few seconds, until nothing is left to look for.
  look(element) {
    const clock = setInterval(async () => {
      const link = element.querySelector("a");
      if (!link) { clearInterval(clock); return; }
      const answer = await fetch(link.href).catch(() => null);
      const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page && page.getElementById(element.id);
      if (now) element.replaceChildren(...now.childNodes);
    }, 4000);
  },
  // Boxes that show or hide with a choice: data-when="name=value".
  when(element) {
    const [name, value] = element.dataset.when.split("=");
    const inputs = document.querySelectorAll(`[name="${name}"]`);
    const look = () => {
      element.hidden = ![...inputs].some((input) =>
        (input.type === "radio" || input.type === "checkbox" ? input.checked : true) && input.value === value);
    };
    inputs.forEach((input) => input.addEventListener("change", look));
    look();
  },
  // Boxes only for those under an age: data-under="age=16". Hidden, they are not asked; nothing typed is lost.
  under(element) {
    const [name, limit] = element.dataset.under.split("=");
    const box = document.querySelector(`[name="${name}"]`);
    const look = () => { element.hidden = Number(box.value) >= Number(limit); };
    box.addEventListener("input", look);
    look();
  },
  // A part of a page with a key for each thing in it (data-key): boxes are ticked, links and buttons pressed, Enter sends.
  keys(section) {
    let gone = false;
    addEventListener("pageshow", () => { gone = false; });
    section.addEventListener("submit", (event) => { if (gone) event.preventDefault(); gone = true; });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), select, textarea, summary");
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing || gone) return;
      if (event.key === "Enter") {
        if (event.target.closest("a, button")) return;
        event.preventDefault();
        section.querySelector("form [type=submit]")?.click();
        return;
      }
      const meant = [...section.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
      if (!meant) return;
      event.preventDefault();
      if (meant.type === "checkbox") meant.focus();
      meant.click();
    });
  },
};

document.querySelectorAll("[data-behaviour]").forEach((element) =>
  element.dataset.behaviour.split(" ").forEach((name) => behaviours[name]?.(element)));
document.querySelector(".summary")?.focus();
