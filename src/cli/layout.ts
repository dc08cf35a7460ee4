import { numberText } from '../core/words.js';

/** Signs that terminals draw two columns wide: emoji, and Chinese, Japanese and Korean script. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/gu;
/** What no terminal should get from a label: control characters, and marks that turn the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Columns that text takes: two for wide signs, none for accents that combine and for joiners. */
export function widthOf(text: string): number {
  const drawn = text.normalize('NFC').replace(/[\p{M}\p{Cf}]/gu, '');
  return [...drawn].length + (drawn.match(WIDE)?.length ?? 0);
}

/** Text in one line, with nothing in it that would steer the terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}

/** As much of the text as fits, with an ellipsis where something is missing. */
export function clipped(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const signs = [...text];
  while (widthOf(signs.join('')) > width - 3) signs.pop();
  return `${signs.join('').trimEnd()}...`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Breaks text at spaces into lines of at most `width`; a longer word keeps a line for itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(/\s+/)) {
    if (word === '') continue;
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Wrapped text with a heading before the first line and room for it before the others. */
export function hanging(heading: string, text: string, width: number): string[] {
  const indent = widthOf(heading);
  return wrap(text, width - indent).map((line, i) => (i === 0 ? heading : ' '.repeat(indent)) + line);
}

/** A list of names over several lines: inside quotes a shell keeps the breaks, and --features takes no notice of them. */
function brokenList(word: string, width: number): string[] {
  const inner = word.replace(/^'|'$/g, '');
  if (word.length <= width || !inner.includes(',') || /[\s']/.test(inner)) return [word];
  const lines = wrap(inner.replaceAll(',', ', '), width - 2).map((line) => line.replaceAll(', ', ','));
  return lines.map((line, i) => `${i === 0 ? "'" : ''}${line}${i === lines.length - 1 ? "'" : ''}`);
}

/** A command or call over several lines, broken where it stays the same: after words, or after commas. */
export function brokenCode(code: string, kind: 'command' | 'call', width: number): string[] {
  const parts = kind === 'command' ? (code.match(/(?:[^\s']|'[^']*')+/g) ?? []) : code.split(/(?<=,) /);
  const end = kind === 'command' ? ' \\' : '';
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const next = line === '' ? part : `${line} ${part}`;
    if (line === '' || widthOf(next) + end.length <= width) line = next;
    else {
      lines.push(line + end);
      const [first, ...others] = kind === 'command' ? brokenList(part, width - 4 - end.length) : [part];
      line = `    ${first}`;
      for (const other of others) {
        lines.push(line);
        line = `    ${other}`;
      }
    }
  }
  return [...lines, line];
}

export type Cell = string | number | bigint | boolean | null;

function cellText(cell: Cell): string {
  return typeof cell === 'number' ? numberText(cell) : cell === null ? '-' : printable(String(cell));
}

/** Splits a word that is longer than the room. */
function fitted(text: string, room: number): string[] {
  return wrap(text, room).flatMap((line) => {
    const characters = [...line];
    const parts: string[] = [];
    for (let at = 0; at < Math.max(1, characters.length); at += room)
      parts.push(characters.slice(at, at + room).join(''));
    return parts;
  });
}

/**
 * Columns under headings: numbers to the right, text to the left. Too wide a table first breaks its
 * headings into lines, then its widest column of text. A heading may break after a hyphen and a space, as in
 * 'Davies- Bouldin', and is one word where it does not.
 */
export function table(headings: readonly string[], rows: ReadonlyArray<readonly Cell[]>, width: number): string[] {
  const numeric = headings.map((_, j) => rows.some((row) => typeof row[j] === 'number'));
  const body = rows.map((row) => row.map(cellText));
  const ofBody = headings.map((_, j) => Math.max(0, ...body.map((row) => widthOf(row[j] ?? ''))));
  const over = (widths: readonly number[]) => widths.reduce((sum, w) => sum + w + 2, -2) - width;
  const unbroken = headings.map((heading) => heading.replaceAll('- ', '-'));
  let widths = unbroken.map((heading, j) => Math.max(widthOf(heading), ofBody[j]!));
  const breaks = over(widths) > 0;
  if (breaks) {
    widths = headings.map((heading, j) => Math.max(ofBody[j]!, ...heading.split(' ').map(widthOf)));
  }
  const widest = widths.reduce((best, w, j) => (!numeric[j] && (best === -1 || w > widths[best]!) ? j : best), -1);
  if (over(widths) > 0 && widest !== -1) widths[widest] = Math.max(12, widths[widest]! - over(widths));
  const lines = (cells: readonly string[], last: boolean) => {
    const parts = cells.map((cell, j) => (widthOf(cell) <= widths[j]! ? [cell] : fitted(cell, widths[j]!)));
    const height = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, i) =>
      parts
        .map((part, j) => {
          // Headings stand on the line, right above the first row.
          const text = part[last ? i - (height - part.length) : i] ?? '';
          return numeric[j] ? padStart(text, widths[j]!) : padEnd(text, widths[j]!);
        })
        .join('  ')
        .trimEnd(),
    );
  };
  return [...lines(breaks ? headings : unbroken, true), ...body.flatMap((cells) => lines(cells, false))];
}

/** medianClassSize -> median class size. */
export function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}
