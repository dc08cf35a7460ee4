/** Strings, so that what stands in them is passed over, and numbers of 16 characters or more that are no key. */
const LONG = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])(?!\s*:)/g;
/** Digits that a double always keeps. */
const KEPT = 15;

function loses(number: string): boolean {
  const value = Number(number);
  if (/^-?\d+$/.test(number)) return !Number.isSafeInteger(value);
  const digits = number
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '').length;
  return digits > KEPT + 2 && String(value) !== number;
}

/**
 * `JSON.parse`, except that a number with more digits than a double holds, as 1234567890123456701, comes
 * as its text: labels stay apart, and as a coordinate the text is read as the number that it is nearest to.
 */
export function parseExactly(text: string): unknown {
  if (!/\d{15}/.test(text)) return JSON.parse(text);
  const kept = text.replace(LONG, (token) =>
    token.length > KEPT && token[0] !== '"' && loses(token) ? `"${token}"` : token,
  );
  if (kept === text) return JSON.parse(text);
  try {
    return JSON.parse(kept);
  } catch {
    return JSON.parse(text); // for the places of the text as it stands
  }
}
