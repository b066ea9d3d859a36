// An earlier choice, said in the words of a later card.
setTimeout(() => {
  const form = document.getElementById("f"), comma = document.dir == "rtl" ? "، " : ", ";
  const tell = () => {
    for (const place of form.querySelectorAll("[data-say]")) {
      const named = [...form.elements].filter(field => field.name == place.dataset.say);
      const chosen = named.filter(field => field.checked && !("alone" in field.dataset)).map(field => field.parentNode);
      const listed = named.filter(field => field.selectedIndex > 0).map(field => field.selectedOptions[0]);
      place.textContent = [...chosen, ...listed].map(one => one.textContent.trim()).join(comma) || place.dataset.or;
    }
  };
  form.addEventListener("input", tell);
  tell();
}, 300);
