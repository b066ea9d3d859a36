// The door: somebody who has not signed up, typed while the network is gone. Kept in memory, sent when it is back, each once by their key.
"use strict";

function walkInsOf(door) {
  let kept = [];
  let sending = false;
  const form = document.querySelector("form.walk-in");
  const boxes = () => [...form.elements].filter((box) => box.name && box.type !== "hidden");

  // What shows and hides with an age or a choice looks again.
  const changed = () => boxes().forEach((box) => {
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });

  function button(words, look, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: look, textContent: words });
    made.addEventListener("click", press);
    return made;
  }

  function complete() {
    const empty = [...form.querySelectorAll("[data-asked] :is(input:not([type=checkbox], [type=radio]), select)")]
      .find((box) => box.checkVisibility() && !box.value.trim());
    if (!empty) return true;
    empty.setCustomValidity("This is needed before they can come in");
    empty.reportValidity();
    empty.addEventListener("input", () => empty.setCustomValidity(""), { once: true });
    return false;
  }

  function clear() {
    for (const box of boxes()) {
      if (box.type === "radio") box.checked = ["young", "none"].includes(box.value);
      else if (box.type === "checkbox") box.checked = false;
      else box.value = "";
    }
    form.querySelectorAll("p.few, [name=sure]").forEach((part) => part.remove());
    form.querySelector(":scope > [type=submit]").textContent = "Give a place and check in";
    form.elements.key.value = door.newKey();
    changed();
    form.closest("details").open = false;
    document.querySelectorAll(".refused").forEach((part) => { part.hidden = true; });
  }

  function keep() {
    const one = { name: form.elements.first_name.value.trim(), typed: [...new FormData(form)] };
    kept.push(one);
    clear();
    door.trouble(`${one.name}: there is no network, so no place yet. What you typed is kept on this page and sent when the network is back. Until then ask the lead whether they come in, and write the name on the paper list.`, one.name);
    door.show();
    document.querySelector(".look a").focus();
  }

  async function send() {
    const [one] = kept;
    if (!one || sending) return;
    sending = true;
    try {
      const body = new URLSearchParams([...one.typed.filter(([box]) => box !== "csrf_token"), ["csrf_token", door.token()]]);
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: AbortSignal.timeout(10000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("[data-door]")) throw new Error("not taken");
      kept = kept.filter((other) => other !== one);
      door.adopt(page);
      if (answer.ok) door.settled(one.name);
      else refused(one, page);
    } catch (error) {
      door.failed(error);
    }
    sending = false;
    door.show();
  }

  function refused(one, page) {
    const why = [...page.querySelectorAll(".summary :is(p, li)")].map((part) => part.textContent.trim()).join(" ");
    door.trouble(`${one.name} has no place yet. ${why}`, one.name, button("Open what was typed", "button small", () => open(one)), " ");
  }

  function open(one) {
    const typed = new Map(one.typed);
    for (const box of boxes()) {
      if (["radio", "checkbox"].includes(box.type)) box.checked = typed.get(box.name) === box.value;
      else box.value = typed.get(box.name) || "";
    }
    form.elements.key.value = typed.get("key");
    changed();
    form.closest("details").open = true;
    form.elements.first_name.focus();
    door.settled(one.name);
  }

  return { complete, keep, send, count: () => kept.length };
}
