// The reading age of what is being typed: the same rules, and the same figure, as engage/surveys/rules/reading_age.py.
"use strict";

const SENTENCE = /[.!?:\n]+/;
const WORD = /[A-Za-z’']+|\d+/g;
const VOWELS = /[aeiouy]+/g;
const SILENT = new RegExp([
  "(?<=[^aeiouy])(?<![^aeiouy]l)e$", "(?<=[^aeiouysxzhgc])(?<![^aeiouy]l)es$", "(?<=[^aeiouytd])(?<![^aeiouy]l)ed$",
  "(?<=som)e(?=.)", "(?<=ev)e(?=ry)", "e(?=(?:ly|ful|less|ment)$)",
].join("|"), "g");
const TWO_SOUNDS = new RegExp([
  "i(?:a|u[ms])", "(?<![tscg])io", "eo(?!p)", "(?<![gq])ua", "(?<=[aeiouy][^aeiouy])ea$", "(?<=[aeiou])ing",
  "(?<=cr)ea(?=t)", "[^t]ience", "iet", "sm$",
].join("|"), "g");

const count = (text, pattern) => (text.match(pattern) ?? []).length;

function syllablesOf(word) {
  const plain = word.toLowerCase().replace(/[’']/g, "");
  if (/^\d+$/.test(plain)) return 1;
  return Math.max(1, count(plain, VOWELS) - count(plain, SILENT) + count(plain, TWO_SOUNDS));
}

// In years; null where there are no words.
function readingAge(text) {
  const words = text.match(WORD);
  if (!words) return null;
  const sentences = text.split(SENTENCE).filter((part) => count(part, WORD)).length;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * words.length / sentences + 11.8 * syllables / words.length - 15.59 + 5;
}

// Each face is read with what stands below it: the usual words, or those in easy read.
document.querySelectorAll("[data-behaviour=reading]").forEach((part) => {
  const typed = (name) => part.querySelector(`[name=${name}]`).value.trim();
  const look = () => part.querySelectorAll("output").forEach((said) => {
    const face = typed(said.dataset.face);
    const age = face || said.dataset.face === "words"
      ? readingAge([face, typed("text"), typed("why")].filter(Boolean).join("\n")) : null;
    said.textContent = age === null ? "no words yet" : `${age.toFixed(0)}${age > Number(said.dataset.most) ? ", too hard" : ""}`;
  });
  part.addEventListener("input", look);
  look();
});
