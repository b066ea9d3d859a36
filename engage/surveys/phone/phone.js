// The survey on a phone: one card at a time, saved in the background, sent once. Nothing is kept on the phone.
addEventListener("DOMContentLoaded", () => {
  const get = id => document.getElementById(id), body = document.body;
  const form = get("f"), token = get("token"), rules = JSON.parse(get("routing").textContent), words = rules.words;
  const fields = form.elements, address = form.getAttribute("action"), seed = +token.dataset.seed;
  const next = get("next"), send = get("send"), back = get("back"), status = get("status"), still = get("still");
  const byCode = Object.fromEntries(rules.items.map(item => [item.code || item, item]));
  const changed = new Set(), helped = new Set();
  let here = form.querySelector(".card.on"), saving = 0, wait = 5, retry, idle, touched = Date.now(), presses = [];

  const codeOf = card => card.id.replace("q-", "");
  const cardOf = code => get("q-" + code) || get(code);
  const say = text => {
    if (status.textContent != text) status.textContent = text;
    status.className = text == words.saved ? "ok" : "";
  };
  const given = code => new FormData(form).getAll(code).map(value => value.trim()).filter(Boolean);
  const answers = () => {
    const all = Object.create(null);
    for (const [name, value] of new FormData(form)) if (value.trim()) (all[name] = all[name] || []).push(value.trim());
    return all;
  };
  const route = () => {
    const all = answers(), codes = path(rules, all, seed);
    return rules.items.some(item => item.consent && all[item.code] == "no") ? codes : [...codes, "last"];
  };

  function show(code, {quiet, push} = {}) {
    const card = cardOf(code), part = card.parentNode, codes = route(), at = codes.indexOf(code);
    here.classList.remove("on");
    (here = card).classList.add("on");
    if (code != "support") fields._at.value = code;
    if (part.dataset.title) get("kicker").textContent = part.dataset.title;
    if (at >= 0) { get("bar").max = codes.length - 1; get("bar").value = at; }
    back.hidden = !at;
    next.hidden = code == "last";
    send.hidden = !next.hidden;
    if (push) history.pushState({code}, "");
    if (!quiet) { scrollTo(0, 0); card.querySelector("h2").focus({preventScroll: true}); }
    if (card.querySelector("textarea")) card.dataset.text = 1;
  }

  function forward() {
    const code = codeOf(here), item = byCode[code] || {}, codes = route();
    const box = here.querySelector("textarea");
    if (box && box.value.length > 2000) return wrong(words.long.replace("#", box.value.length));
    if (item.consent && !given(code).length) return wrong(words.consent);
    if (box || changed.size >= 3) save();
    if (item.help && !helped.has(code) && holds(item.help, answers())) {
      helped.add(code);
      get("support").dataset.after = code;
      return show("support", {push: 1});
    }
    const to = codes[codes.indexOf(code == "support" ? here.dataset.after : code) + 1];
    if (to) show(to, {push: 1}); else leave(address + "/activity");
  }

  function backward() {
    if (history.state && history.state.code) return history.back();
    const codes = route(), at = codes.indexOf(here.id == "support" ? here.dataset.after : codeOf(here));
    show(codes[here.id == "support" ? at : Math.max(0, at - 1)]);
  }

  function wrong(text) {
    let note = here.querySelector(".error");
    if (!note) {
      note = document.createElement("p");
      note.className = "error";
      note.setAttribute("role", "alert");
      here.querySelector("legend").after(note);
    }
    note.textContent = text;
  }

  // Saving: only what changed goes over the line, one save at a time, again and again until it arrived.
  function changedFields() {
    const sent = new URLSearchParams({csrf_token: token.value, cards: [...changed].join(), _at: fields._at.value});
    for (const [name, value] of new FormData(form)) if (changed.has(name)) sent.append(name, value);
    return sent;
  }
  async function save() {
    clearTimeout(idle);
    if (saving || !changed.size) return;
    const sent = [...changed], content = changedFields();
    saving = 1;
    changed.clear();
    let state = 0;
    try {
      state = (await fetch(address + "/save", {method: "POST", body: content, keepalive: true})).status;
    } catch { /* no signal: tried again below */ }
    saving = 0;
    if (state != 204) sent.forEach(code => changed.add(code));
    say(state == 409 ? words.closed : changed.size ? words.unsaved : words.saved);
    clearTimeout(retry);
    if (state == 204) wait = 5;
    else if (state != 409) retry = setTimeout(save, 1e3 * (wait = Math.min(60, wait * 2)));
  }

  // Sending: everything at once. What cannot be sent stays on the page.
  const post = () => fetch(address, {method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual"});
  async function sendAll() {
    send.disabled = true;
    say(words.sending);
    try {
      let answer = await post();
      if (answer.status == 422 && !(await answer.clone().text()).includes('id="q-')) answer = 0;
      if (answer.type == "opaqueredirect") { changed.clear(); return leave(address + "/thanks"); }
      if (answer.status == 422 || answer.status == 409) { changed.clear(); return form.submit(); }
    } catch { /* no signal: said below */ }
    send.disabled = false;
    say(words.unsent);
  }
  const leave = to => { body.hidden = true; location.replace(to); };

  // One choice clears another where both cannot be true.
  form.addEventListener("input", ({target}) => {
    const code = target.name, card = target.closest(".card");
    if (!card || code[0] == "_") return;
    changed.add(code);
    say(words.unsaved);
    clearTimeout(idle);
    idle = setTimeout(save, 1e4);
    const mine = [...card.querySelectorAll("[name]")], alone = "alone" in target.dataset;
    if (target.type == "checkbox" || target.type == "radio") {
      if (target.checked) for (const other of mine)
        if (other != target && (alone || "alone" in other.dataset)) other.checked = false;
      if (alone && target.checked) for (const other of mine) if (!/radio|checkbox/.test(other.type)) other.value = "";
      limit(card, target, mine);
    } else if (target.value) for (const other of mine) {
      if ("alone" in other.dataset) other.checked = false;
      else if (other != target) other.value = "";
    }
  });
  function limit(card, target, mine) {
    const hint = card.querySelector("[data-pick]");
    if (!hint) return;
    const most = +hint.dataset.pick, over = mine.filter(box => box.checked).length > most;
    hint.dataset.words = hint.dataset.words || hint.textContent;
    if (over) target.checked = false;
    hint.classList.toggle("error", over);
    hint.textContent = over ? words.full.replace("#", most) : hint.dataset.words;
  }

  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (button && button.className == "plain") { changed.clear(); return; }
    event.preventDefault();
    if (button == back) backward();
    else if (codeOf(here) == "last") sendAll();
    else forward();
  });
  addEventListener("popstate", ({state}) => show(state && state.code || start));
  addEventListener("pagehide", save);
  addEventListener("online", save);

  // Leaving at once: the link, or Shift three times within five seconds.
  document.querySelector(".exit").addEventListener("click", event => { event.preventDefault(); leave(body.dataset.exit); });
  addEventListener("keydown", event => {
    touched = Date.now();
    if (event.repeat) return;
    presses = event.key == "Shift" ? [...presses, touched].filter(time => touched - time < 5e3) : [];
    if (presses.length > 2) leave(body.dataset.exit);
  });

  // Where others use the phone too: after a minute ask, after another clear the screen.
  addEventListener("pointerdown", () => touched = Date.now());
  still.addEventListener("click", () => still.close());
  setInterval(() => {
    if (!fields._shared || !fields._shared.checked) return;
    const seconds = (Date.now() - touched) / 1e3;
    if (seconds > 120) {
      body.hidden = true;
      form.action = address + "/next-person";
      form.submit();
    } else if (seconds > 60 && !still.open) still.showModal();
  }, 5e3);

  // Options in this sitting's own order.
  for (const item of rules.items) if (item.mix) {
    const box = cardOf(item.code).querySelector(".tiles");
    const tiles = Object.fromEntries([...box.children].map(tile => [tile.firstElementChild.value, tile]));
    const [moving, staying] = [false, true].map(stays => Object.keys(tiles).filter(code => item.mix.includes(code) == stays));
    box.append(...[...shuffled(moving, seed, item.code), ...staying].map(code => tiles[code]));
  }
  form.querySelectorAll("[hidden].card").forEach(card => card.hidden = false);
  const start = codeOf(here);
  show(start, {quiet: 1});
  const summary = get("summary");
  if (summary) summary.focus();
});
