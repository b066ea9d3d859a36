// The survey on a phone: one card at a time, saved in the background, sent once. Nothing is kept on the phone.
let later;
const begin = () => {
  if (!later) return;
  const get = id => document.getElementById(id);
  const form = get("f"), next = get("next"), send = get("send"), back = get("back"), bar = get("bar");
  if (later.data) form.firstChild.insertAdjacentHTML("afterend", later.data);
  later = 0;
  const status = get("status"), support = get("support"), still = get("still"), token = form.elements.csrf_token;
  const {rotations, words, ...known} = JSON.parse(form.elements._at.dataset.routing);
  const codeOf = card => card.id.replace("q-", ""), cardOf = code => get("q-" + code) || get(code);
  const items = [...form.querySelectorAll("fieldset")].map(card => ({code: codeOf(card), ...known.items[codeOf(card)]}));
  const fields = form.elements, address = form.getAttribute("action"), seed = +token.dataset.seed;
  const shown = new Set(), changed = new Set(), helped = new Set(), LINE = /([^\s^!?]+)(?:\^(\d))?([!?]?)\s(.*)\n?/g;
  const pair = form.querySelector(".unsaid .tile + .tile"), copied = pair && pair.parentNode.innerHTML;
  let here = form.querySelector(".card.on"), touched = Date.now(), presses = [], [, depth] = history.state || [0, 0];
  let saving, again, retry, idle, gone, counting;

  // A fresh page leaves out, after its first part, what is the same on every card: names, and the last two tiles;
  // tiles stand there as lines of text. They are put there when a card is first shown, in this sitting's own order:
  // all at once would keep a slow phone from its first tap.
  const unfold = (card, {code = codeOf(card), mix} = {}) => {
    const empty = card.querySelector(".unsaid:empty"), lines = card.querySelector(".tiles");
    const type = card.querySelector(".pick+div") ? "checkbox" : "radio";
    if (empty) empty.innerHTML = copied;
    if (lines && !lines.firstElementChild) lines.innerHTML = lines.innerHTML.replace(LINE, (line, code, face, mark, text) =>
      `<label class="tile"><input type="${type}" value="${code}"` + (mark ? mark == "!" ? " data-alone>" : " data-other>" : ">") +
      (face ? `<svg aria-hidden="true"><use href="#f${face}" /></svg>` : "") + text + "</label>");
    for (const field of card.querySelectorAll("input, select, textarea")) {
      if (empty && empty.contains(field)) field.type = type, field.name = code;
      field.name = field.name || code;
    }
    if (mix) {
      const tiles = [...lines.children], stays = value => mix.includes(value);
      const values = tiles.map(tile => tile.dataset.v || tile.firstElementChild.value);
      const order = [...shuffled(values.filter(value => !stays(value)).sort(), seed, code), ...values.filter(stays)];
      lines.append(...order.map(value => tiles[values.indexOf(value)]));
    }
    card.hidden = false;
    card.dispatchEvent(new Event("unfold"));
  };
  const answers = () => {
    const all = Object.create(null);
    for (const [name, value] of new FormData(form)) if (value.trim()) (all[name] = all[name] || []).push(value.trim());
    return all;
  };
  const route = () => {
    const all = answers(), codes = path({items, rotations}, all, seed);
    return items.some(item => item.consent && all[item.code] == "no") ? codes : [...codes, "last"];
  };
  const mostOf = box => box.dataset.most || 2000;
  const count = box => words.long.replace("2000", mostOf(box)).replace("#", box.value.length);
  const say = text => {
    status.textContent = text;
    status.className = text == words.saved ? "ok" : "";
  };
  // Every card is a step of the phone's own "back": leave from the first, so that "back" never returns here.
  const leave = to => {
    document.body.hidden = true;
    gone = () => location.replace(to);
    setTimeout(gone, depth && 300);
    if (depth) history.go(-depth);
  };

  function show(code, push) {
    const card = cardOf(code), codes = route(), at = codes.indexOf(code), title = card.parentNode.dataset.title;
    if (!shown.has(card)) shown.add(card) && unfold(card, items.find(item => item.code == code));
    here.classList.remove("on");
    card.classList.add("on");
    here = card;
    if (title) get("kicker").textContent = title;
    if (card != support) {
      fields._at.value = code;
      bar.max = codes.length - 1;
      bar.value = at;
    }
    back.hidden = !at;
    send.hidden = code != "last";
    next.hidden = !send.hidden;
    if (push) history.pushState([code, ++depth], "");
    if (push != null) {
      scrollTo(0, 0);
      const heading = card.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({preventScroll: true});
    }
  }

  function forward() {
    const code = codeOf(here), item = items.find(item => item.code == code) || {}, all = answers(), codes = route();
    const box = here.querySelector("textarea, [data-most]"), old = here.querySelector("p.error:not(.pick)");
    if (old) old.remove();
    if (box && box.value.length > mostOf(box)) return wrong(count(box));
    if (item.consent && !all[code]) return wrong(words.consent);
    const to = codes[codes.indexOf(here == support ? here.dataset.after : code) + 1];
    if (to && (box || changed.size > 6)) save();
    if (item.help && !helped.has(code) && holds(item.help, all)) {
      helped.add(support.dataset.after = code);
      return show("support", true);
    }
    to ? show(to, true) : decline();
  }

  function backward() {
    if (history.state) return history.back();
    const codes = route();
    show(here == support ? here.dataset.after : codes[codes.indexOf(codeOf(here)) - 1], false);
  }

  function wrong(text) {
    here.querySelector("legend").insertAdjacentHTML("afterend", '<p class="error" role="alert"></p>');
    here.querySelector(".error").textContent = text;
  }

  const submit = to => {
    form.action = to;
    form.submit();
  };

  // Saving: only what changed goes over the line, one save at a time, again and again until it arrived.
  async function save() {
    clearTimeout(idle);
    again = saving;
    if (saving || !changed.size) return saving;
    const sent = [...changed], body = new URLSearchParams({csrf_token: token.value, cards: sent, _at: fields._at.value});
    for (const [name, value] of new FormData(form)) if (changed.has(name)) body.append(name, value);
    changed.clear();
    saving = fetch(address + "/save", {method: "POST", body, keepalive: true}).catch(() => ({}));
    const {status} = await saving;
    saving = 0;
    clearTimeout(retry);
    if (status == 409) return say(words.closed);
    if (status != 204) {
      sent.forEach(code => changed.add(code));
      // The page is too old: it comes back with all that was typed, unless somebody left or the screen was cleared.
      if (status == 422 && form.offsetParent) return submit(next.formAction);
      retry = setTimeout(save, 1e4);
    }
    say(status != 204 ? words.unsaved : changed.size ? "" : words.saved);
    if (again && status == 204) return save(); // it was asked for meanwhile
  }

  // Everything at once, and then the page that follows. Without a line nothing happens but `failed`.
  async function post(to, then, failed) {
    const sent = {method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual"};
    const {status, type} = await fetch(to, sent).catch(() => ({}));
    if (type == "opaqueredirect") {
      changed.clear();
      leave(address + then);
    } else /422|409/.test(status) ? submit(to) : failed();
  }

  // A no: what was saved is deleted, and nothing is saved meanwhile.
  async function decline() {
    next.disabled = true;
    while (saving) await saving;
    saving = post(address + "/activity", "/activity", () => {
      saving = next.disabled = false;
      say(words.unsent);
    });
  }

  function sendAll() {
    send.disabled = true;
    say(words.sending);
    post(address, "/thanks", () => {
      send.disabled = false;
      say(words.unsent);
    });
  }

  // For the next person: from now on nobody sees the answers here, and they are kept as soon as there is a line.
  function clear() {
    still.close();
    form.hidden = true;
    post(address + "/next-person", "", () => {
      get("kicker").textContent = words.unsaved;
      setTimeout(clear, 1e4);
    });
  }

  // One choice clears another where both cannot be true.
  form.addEventListener("input", ({target}) => {
    const card = target.closest("fieldset"), alone = "alone" in target.dataset;
    changed.add(target.name);
    say("");
    clearTimeout(idle);
    idle = setTimeout(save, 1e4);
    clearTimeout(counting);
    if (target.value.length > mostOf(target) * .9) counting = setTimeout(() => card == here && say(count(target)), 1e3);
    const ticks = field => /radio|checkbox/.test(field.type);
    if (ticks(target) ? target.checked : target.value) for (const other of card.querySelectorAll("[name]")) {
      if (other == target) continue;
      if (!ticks(other)) { if (alone || !ticks(target) && !card.querySelector(".other, .ranks")) other.value = ""; }
      else if (alone || "alone" in other.dataset) other.checked = false;
    }
    const hint = card.querySelector("[data-pick]");
    if (!hint) return;
    const most = hint.dataset.pick, over = card.querySelectorAll(":checked").length > most;
    hint.dataset.words = hint.dataset.words || hint.textContent;
    if (over) target.checked = false;
    hint.classList.toggle("error", over);
    hint.textContent = over ? words.full.replace("#", most) : hint.dataset.words;
  });

  form.addEventListener("submit", async event => {
    const button = event.submitter;
    event.preventDefault();
    // Another language, or easy words, is another page: it is asked for once all is kept.
    if (button.className == "plain") {
      still.close();
      post(button.formAction, "/paused", () => say(words.unsaved));
    } else if (button.name == "_to") {
      await save();
      await save();
      if (!changed.size) location = address + button.value;
    } else button == back ? backward() : next.hidden ? sendAll() : forward();
  });
  addEventListener("popstate", ({state}) => {
    if (gone) return gone();
    const [code, steps] = state || [start, 0];
    depth = steps;
    show(code, false);
  });
  for (const moment of ["beforeunload", "pagehide", "online"]) addEventListener(moment, save);
  // Leaving at once: the link, or Shift three times within five seconds.
  const exit = document.querySelector(".exit");
  exit.addEventListener("click", event => {
    event.preventDefault();
    leave(exit.href);
  });
  addEventListener("keydown", ({key, repeat}) => {
    touched = Date.now();
    if (!repeat) presses = key == "Shift" ? [...presses, touched].filter(time => touched - time < 5e3) : [];
    if (presses.length > 2) leave(exit.href);
  });

  // Where others use the phone too: after a minute ask, after another clear the screen.
  addEventListener("pointerdown", () => touched = Date.now());
  still.addEventListener("click", () => still.close());
  setInterval(() => {
    const seconds = fields._shared.checked ? (Date.now() - touched) / 1e3 : 0;
    if (document.body.hidden || form.hidden) return; // already leaving: a second post would meet an answered form
    if (seconds > 120) clear();
    else if (seconds > 60 && !still.open) still.showModal();
  }, 5e3);

  const start = codeOf(here), summary = get("summary");
  show(start);
  if (summary) {
    for (const [name] of new FormData(form)) changed.add(name); // a refused page was kept nowhere yet
    summary.focus();
  }
};
// A fresh first card can be read and ticked as it is: the rest waits until that was drawn, or until it is touched.
addEventListener("DOMContentLoaded", () => {
  later = document.getElementById("f").firstChild.nextSibling; // the later parts are a comment on a fresh page
  for (const moment of ["click", "keydown"]) addEventListener(moment, begin, true);
  later.data ? setTimeout(begin, 300) : begin();
});
