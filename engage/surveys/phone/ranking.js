// Up and down: what is moved takes its place, and from then on the whole order counts.
addEventListener("unfold", ({target: card}) => {
  for (const list of card.querySelectorAll(".ranks")) {
    const told = card.querySelector(".pick"), boxOf = row => row.querySelector("select");
    const places = boxOf(list).length - 1;
    const count = () => {
      [...list.children].forEach((row, n) => {
        const box = boxOf(row);
        box.selectedIndex = n < places ? n + 1 : 0;
        row.classList.toggle("in", n < places);
      });
      list.classList.add("ranked");
      boxOf(list).dispatchEvent(new Event("input", {bubbles: true}));
    };
    const settled = [...list.children].filter(row => boxOf(row).value);
    if (settled.length) {
      settled.sort((a, b) => boxOf(a).selectedIndex - boxOf(b).selectedIndex);
      list.prepend(...settled);
      list.classList.add("ranked");
      settled.forEach(row => row.classList.add("in"));
    }
    card.addEventListener("click", ({target}) => {
      const button = target.closest("button"), row = target.closest("li");
      if (!button) return;
      if (row) {
        const down = button.className, beside = down ? row.nextElementSibling : row.previousElementSibling;
        if (beside) down ? beside.after(row) : beside.before(row);
        button.focus();
        told.textContent = told.dataset.words.replace("@", row.querySelector("span").textContent)
          .replace("#", [...list.children].indexOf(row) + 1);
      }
      count();
    });
    card.addEventListener("input", ({target}) => {
      if ("alone" in target.dataset) for (const one of [list, ...list.children]) one.classList.remove("ranked", "in");
    });
  }
}, true);
