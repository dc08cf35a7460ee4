import { readDelimited } from './delimited.js';
import { malformed } from './malformed.js';
import { peeked, type Source } from './source.js';
import type { ReadSettings, Table } from './table.js';
import { startOfText } from './text-chunks.js';

const CANDIDATES = [',', ';', '\t', '|'] as const;
const LOOK_AT = 64 * 1024;

/** The candidate that stands most often in the first line, outside quotes; a comma when none does. */
export function delimiterOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (counts.size > 0) break;
    } else if (!quoted && (CANDIDATES as readonly string[]).includes(character)) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
  }
  let best: string = ',';
  for (const candidate of CANDIDATES) {
    if ((counts.get(candidate) ?? 0) > (counts.get(best) ?? 0)) best = candidate;
  }
  return best;
}

/**
 * Whether space beside delimiters is layout, and no part of a value: the first line has it behind every
 * delimiter, or the second has and opens quotes after it.
 */
function isPadded(text: string, delimiter: string): boolean {
  const [first = [], second = []] = text.split(/\r\n|\n|\r/, 2).map((line) => line.split(delimiter).slice(1));
  const spaced = (values: readonly string[]) => values.length > 0 && values.every((value) => value.startsWith(' '));
  return spaced(first) || (spaced(second) && second.some((value) => /^ +"/.test(value)));
}

/** What the first bytes say that a file is, where they say it: a file may have the extension of another. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^PAR1/, 'Parquet; say --format parquet'],
  [/^.NUMPY/s, 'NPY; say --format npy'],
  [/^PK\p{Cc}{2}/u, 'an archive or a spreadsheet; unpack it, or save the sheet as CSV'],
  [/^\p{Cc}\uFFFD/u, 'gzip; unpack it, or pipe it: gunzip -c FILE | clusterlens ... - --format csv'],
  [/^\s*\[\s*[[{]/, 'JSON; say --format json'],
  [/^\s*\{\s*"/, 'JSON; say --format jsonl, or json'],
];

function refuseOthers(name: string, start: string): void {
  const found = MARKS.find(([mark]) => mark.test(start));
  if (found !== undefined) throw malformed(name, `must be CSV, got what looks like ${found[1]}`);
}

/**
 * CSV with commas, semicolons (then 1,5 is a number too), tabs or bars; which, its first line tells. Space
 * beside them is a part of the value, unless `isPadded` says otherwise.
 */
export async function readCsv(source: Source, settings: ReadSettings): Promise<Table> {
  const { start: bytes, whole } = await peeked(source, LOOK_AT);
  const start = startOfText(bytes);
  refuseOthers(source.name, start);
  const delimiter = delimiterOf(start);
  const table = await readDelimited(whole, delimiter, {
    ...settings,
    padded: isPadded(start, delimiter),
  });
  return delimiter === ';' ? { ...table, decimalComma: true } : table;
}
