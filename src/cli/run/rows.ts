import { type RowsArguments, wantsJson } from '../arguments.js';
import { loadFiles, suspiciousIn } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { printRows } from '../print/print-rows.js';
import { rowsCsv } from '../print/rows-csv.js';
import { terminalOf } from '../terminal.js';

export async function rows(file: string, given: RowsArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const files = await loadFiles(file, given, terminal);
  const found = await suspiciousIn(files, given, terminal);
  const csv = given.csv === true || /\.csv$/i.test(given.output ?? '');
  const output = wantsJson(given)
    ? jsonText({ schema: 1, reading: files.data.reading, columns: files.data.uses, ...found })
    : csv
      ? rowsCsv(found.rows)
      : printRows(found, files.data, terminal);
  return { output, code: 0 };
}
