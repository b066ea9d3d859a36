// What stands in the box beside "Other" goes with it: words that are hidden were taken back.
addEventListener("input", ({target}) => {
  const box = target.closest("fieldset").querySelector(".other input");
  if (!box || !box.value || box.offsetParent) return;
  box.value = "";
  box.dispatchEvent(new Event("input", {bubbles: true}));
});
