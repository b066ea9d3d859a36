// Who is asked what, worked out on the phone: the same rules as engage/surveys/rules/routing.py and conditions.py.
const MISSING = ["dont_know", "rather_not_say", "skipped", "not_asked"];
const number = given => given.length == 1 && /^\d{1,4}$/.test(given[0]) ? +given[0] : null;
const compares = wanted => (given, value) => number(given) !== null && wanted(number(given), +value);
const had = (answers, code) => ({}).hasOwnProperty.call(answers, code) ? answers[code] : [];
const among = (given, value) => given.length == 1 && [].concat(value).map(String).includes(given[0]);
const anyOf = (given, values) => values.some(value => given.includes("" + value));
const TESTS = {
  is: among,
  in: among,
  is_not: (given, value) => !among(given, value),
  any_of: anyOf,
  none_of: (given, values) => !anyOf(given, values),
  all_of: (given, values) => values.every(value => given.includes("" + value)),
  lt: compares((a, b) => a < b),
  lte: compares((a, b) => a <= b),
  gt: compares((a, b) => a > b),
  gte: compares((a, b) => a >= b),
};

function holds(condition, answers) {
  const [operator, parts] = Object.entries(condition)[0];
  if (operator == "all") return parts.every(part => holds(part, answers));
  if (operator == "any") return parts.some(part => holds(part, answers));
  if (operator == "not") return !holds(parts, answers);
  if (operator == "answered") return had(answers, parts).some(value => value.trim() && !MISSING.includes(value));
  return TESTS[operator](had(answers, parts[0]), parts[1]);
}

function shuffled(options, seed, code) {
  let state = 0x811c9dc5;
  for (const letter of code) state = Math.imul(state ^ letter.charCodeAt(), 0x01000193);
  state ^= seed;
  const order = [...options];
  for (let place = order.length - 1; place > 0; place--) {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    const other = Math.floor(((mixed ^ mixed >>> 14) >>> 0) / 4294967296 * (place + 1));
    [order[place], order[other]] = [order[other], order[place]];
  }
  return order;
}

function path(rules, answers, seed) {
  const leftOut = rules.rotations.flatMap(([code, show, rows]) => shuffled(rows, seed, code).slice(show));
  const kept = Object.create(null), codes = [];
  for (const item of rules.items) {
    const code = item.code || item;
    if (leftOut.includes(code) || item.if && !holds(item.if, kept)) continue;
    codes.push(code);
    kept[code] = had(answers, code);
    if (item.consent && kept[code] == "no") break;
  }
  return codes;
}
