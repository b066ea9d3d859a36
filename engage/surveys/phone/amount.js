// Digits of any keyboard, written as the ones that are counted with, before anything reads them.
const DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯૦૧૨૩૪૫૬૭૮૯";
addEventListener("input", ({target}) => {
  const typed = target.value, plain = sign => DIGITS.includes(sign) ? DIGITS.indexOf(sign) % 10 : sign;
  if (target.inputMode == "numeric" && /[^\x00-\x7f]/.test(typed)) target.value = typed.replace(/./g, plain);
}, true);
