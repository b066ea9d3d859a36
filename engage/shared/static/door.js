// The door: taps are kept in memory until the server has them, so that a lost network costs nothing; nothing is stored on the phone.
"use strict";

(function door() {
  const top = document.querySelector("[data-door]");
  if (!top) return;
  const rules = JSON.parse(document.getElementById("door-rules").textContent);
  const rows = new Map([...document.querySelectorAll("form.at-door")].map((row) => [row.dataset.id, row]));
  const line = (name) => document.querySelector(name);
  const ends = performance.now() + rules.seconds_left * 1000;
  let token = document.querySelector("[name=csrf_token]")?.value || "";
  let waiting = [];
  let sending = false;
  let offline = "";
  let looked = 0;

  // A key nobody else makes: it works without https too, unlike crypto.randomUUID.
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  const SIGNED_OUT = "You are signed out, or the evening is over: sign in again in another tab, then come back to this one.";
  const NO_NETWORK = "There is no network: go on, it is kept here.";
  const walkIns = walkInsOf({
    newKey, trouble: (...about) => trouble(...about), settled: (about) => settled(about), adopt: (page) => adopt(page), token: () => token,
    failed: (error) => { offline = error.name === "Error" ? SIGNED_OUT : NO_NETWORK; }, show: () => show(),
  });

  function place(row, presence, unsaved) {
    if (row.dataset.presence !== presence) row.querySelector(".few").hidden = true;
    row.dataset.presence = presence;
    const where = row.querySelector(".where");
    where.textContent = rules.presence[presence] + (unsaved ? " (not sent yet)" : "");
    where.dataset.state = presence;
    where.classList.toggle("unsaved", unsaved);
    row.querySelectorAll("button[name=did]").forEach((button) => {
      button.hidden = !rules.moves[button.value].froms.includes(presence);
    });
    const collector = row.querySelector(".collector");
    if (collector) collector.hidden = !["in", "away"].includes(presence);
  }

  const noun = (adults) => adults === 1 ? "adult" : "adults";
  const needs = (load) => load ? Math.max(Math.ceil(load / rules.one_adult), rules.at_least) : 0;

  function room() {
    let minors = 0, adults = 0, load = 0;
    const here = [];
    for (const row of rows.values()) {
      if (row.dataset.minor === "1" && ["in", "away"].includes(row.dataset.presence)) here.push(row.dataset.name);
      if (row.dataset.presence !== "in") continue;
      minors += Number(row.dataset.minor);
      adults += Number(row.dataset.adult);
      load += Number(row.dataset.weight);
    }
    return { minors, adults, load, here };
  }

  function count() {
    const { minors, adults, load, here } = room();
    const needed = needs(load);
    const over = performance.now() >= ends;
    const says = over ? (here.length ? "left" : "gone") : (adults >= needed ? "enough" : "few");
    const figures = { minors, adults, noun: noun(adults), needed, state: rules.says[says], left: here.length > rules.named_at_most ? `${here.length} under 18` : here.join(", ") };
    for (const [name, figure] of Object.entries(figures)) {
      const at = top.querySelector(`[data-meter=${name}]`);
      if (at.textContent !== String(figure)) at.textContent = figure;
    }
    line(".meter").dataset.says = says;
    line(".counted").hidden = !unsent();
  }

  const unsent = () => waiting.length + walkIns.count();

  function show() {
    const bar = line(".unsent"), sent = line(".sent");
    bar.hidden = !unsent() && !offline;
    const words = unsent() ? `${unsent()} not sent yet, do not close this page. ${offline}` : offline;
    if (bar.textContent !== words) bar.textContent = words;
    sent.hidden = !bar.hidden || !looked;
    const all = "Everything is sent.";
    if (sent.textContent !== all) sent.textContent = all;
    count();
  }

  // What the server knows, with what it does not know yet on top.
  function merge({ people, counted }) {
    for (const row of counted.map((id) => rows.get(String(id))).filter(Boolean)) {
      row.dataset.adult = "1";
      row.querySelectorAll("[data-unseen]").forEach((part) => { part.hidden = true; });
    }
    for (const [id, presence] of Object.entries(people)) {
      const row = rows.get(id);
      if (row && !waiting.some((mark) => String(mark.sign_up) === id)) place(row, presence, false);
    }
  }

  // `about` is whom or what it is about: what went well afterwards takes it away again.
  function trouble(words, about, ...more) {
    settled(about);
    const list = line(".troubles");
    const item = Object.assign(document.createElement("li"), { textContent: `${words} ` });
    item.dataset.about = about;
    const seen = Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: "Seen" });
    seen.addEventListener("click", () => settled(about));
    item.append(...more, seen);
    list.append(item);
    list.hidden = line(".look").hidden = false;
  }

  function settled(about) {
    const list = line(".troubles");
    [...list.children].filter((item) => item.dataset.about === String(about)).forEach((item) => item.remove());
    list.hidden = line(".look").hidden = !list.children.length;
  }

  async function ask(address, options) {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10000), ...options });
    if (answer.ok) return answer.json();
    offline = answer.status === 422 ? "" : SIGNED_OUT;
    if (answer.status === 422) await look();
    throw new Error("not taken");
  }

  const packed = (batch) => new URLSearchParams({
    csrf_token: token,
    marks: JSON.stringify(batch.map(({ made, ...mark }) => ({ ...mark, seconds_ago: (performance.now() - made) / 1000 }))),
  });

  async function send() {
    if (sending || !waiting.length) return;
    sending = true;
    const batch = waiting.slice(0, 100);
    try {
      const answer = await ask(top.dataset.sync, { method: "POST", body: packed(batch) });
      waiting = waiting.filter((mark) => !(mark.key in answer.told));
      for (const { key, sign_up } of batch) {
        if (answer.told[key]) trouble(answer.told[key], sign_up);
        else if (key in answer.told) settled(sign_up);
      }
      offline = "";
      settled("network");
      looked += 1;
      merge(answer);
    } catch (error) {
      if (error.name !== "Error") offline = NO_NETWORK;
    }
    sending = false;
    show();
  }

  async function look() {
    try {
      const answer = await ask(top.dataset.now);
      token = answer.token;
      offline = "";
      settled("network");
      merge(answer);
      show();
      return true;
    } catch (error) {
      if (error.name !== "Error") offline = NO_NETWORK;
      show();
      return false;
    }
  }

  // A child who comes where adults are too few is let in by a second press, never left outside.
  function asked(row) {
    const { minors, adults, load } = room();
    const few = row.querySelector(".few");
    if (!few.hidden || row.dataset.minor !== "1" || adults >= needs(load + Number(row.dataset.weight))) return false;
    few.textContent = rules.too_few.replace("{minors}", minors + 1).replace("{adults}", adults).replace("{noun}", noun(adults));
    few.hidden = false;
    return true;
  }

  function tap(row, did) {
    if (rules.moves[did].to === "in" && asked(row)) return;
    const collector = row.querySelector("[name=collector]");
    if (did === "check_out" && "collected" in row.dataset && !collector.value.trim()) {
      collector.setCustomValidity("Write down who came for them");
      collector.reportValidity();
      collector.addEventListener("input", () => collector.setCustomValidity(""), { once: true });
      return;
    }
    const words = did === "check_out" && collector ? collector.value.trim() : "";
    waiting.push({ key: newKey(), sign_up: Number(row.dataset.id), did, collector: words, made: performance.now() });
    place(row, rules.moves[did].to, true);
    show();
    row.querySelector("button:not([hidden])")?.focus({ preventScroll: true });
    send();
  }

  function listen(row) {
    row.noValidate = true;
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      const did = event.submitter?.value;
      if (did) tap(row, did);
    });
  }
  rows.forEach(listen);

  // What only the server can do must not leave this page while it cannot be reached.
  document.querySelectorAll("[data-needs-network]").forEach((form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const by = event.submitter; // a form sent by a script leaves out which button it was
    const walkIn = form.matches(".walk-in");
    if (walkIn && !walkIns.complete(form)) return;
    await send();
    if (await look() && !unsent()) {
      if (by?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: by.name, value: by.value }));
      form.submit();
    } else if (walkIn) walkIns.keep(form);
    else trouble("That needs the network. Wait a moment and press again.", "network");
  }));

  // Rows of those who have a place by now.
  function adopt(page) {
    for (const row of page.querySelectorAll("form.at-door")) {
      if (rows.has(row.dataset.id)) continue;
      line(".door-list").append(row);
      rows.set(row.dataset.id, row);
      listen(row);
    }
    line(".places").textContent = rows.size;
  }

  const find = document.getElementById("find");
  line(".search").hidden = false;
  const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  find.addEventListener("input", () => {
    const typed = plain(find.value.trim());
    for (const row of rows.values()) row.hidden = Boolean(typed) && !plain(row.dataset.name).includes(typed);
  });

  addEventListener("beforeunload", (event) => { if (unsent()) event.preventDefault(); });
  addEventListener("pagehide", () => { if (waiting.length) navigator.sendBeacon(top.dataset.sync, packed(waiting)); });
  const catchUp = async () => {
    if (waiting.length) await send();
    else await look();
    if (!waiting.length) await walkIns.send();
  };
  addEventListener("online", catchUp);
  let beats = 0;
  setInterval(() => {
    beats += 1;
    if (unsent()) catchUp();
    else if (beats % 4 === 0) look();
    else count(); // the end may have come
  }, 3000);
  show();
})();
