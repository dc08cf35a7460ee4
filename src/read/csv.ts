import { readDelimited } from './delimited.js';
import { delimiterOf } from './delimiter-of.js';
import { malformed } from './malformed.js';
import { peeked, type Source } from './source.js';
import type { ReadSettings, Table } from './table.js';
import { startOfText } from './text-chunks.js';

const LOOK_AT = 64 * 1024;

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

/** What the text before the first line of names says: sep=; as spreadsheets write it. */
const SEPARATOR = /^\uFEFF?"?sep=(.|\\t)"?[ \t]*(\r\n|\n|\r)/i;

/**
 * CSV with commas, semicolons, tabs, bars or what `delimiter` says; undefined: what sep= or the first lines say.
 * Between others than commas 1,5 is a number too. Space beside them is a part of the value, unless `isPadded` says
 * otherwise.
 */
export async function readCsv(source: Source, settings: ReadSettings): Promise<Table> {
  const { start: bytes, whole } = await peeked(source, LOOK_AT);
  const start = startOfText(bytes);
  refuseOthers(source.name, start);
  const separator = SEPARATOR.exec(start);
  const text = separator === null ? start : start.slice(separator[0].length);
  const named = separator?.[1] === '\\t' ? '\t' : separator?.[1];
  const delimiter = settings.delimiter ?? named ?? delimiterOf(text, settings.comment);
  return readDelimited(whole, delimiter, {
    ...settings,
    padded: isPadded(text, delimiter),
    separatorLine: separator !== null,
  });
}
