import { basename } from 'node:path';
import { InputError, UndefinedMetricError } from '../../core/errors.js';
import { readLabels } from '../../data/labels.js';
import type { LabelComparison } from '../../studies/agreement/agreement-types.js';
import { comparisonOf } from '../../studies/agreement/compare-labels.js';
import { type CompareArguments, wantsJson } from '../arguments.js';
import type { Finished } from '../finished.js';
import { type LoadedData, loadData } from '../load-data.js';
import { jsonText } from '../print/json-text.js';
import { movedCsv } from '../print/moved-csv.js';
import { printComparison } from '../print/print-comparison.js';
import { type Terminal, terminalOf } from '../terminal.js';
import { writeWhole } from '../write-whole.js';

/** The two columns, or the column and the file, that were named. */
function sidesOf({ label = [], labels }: CompareArguments): { columns: readonly string[]; file: string | undefined } {
  if (label.length === 2 && label[0] === label[1]) {
    throw new InputError(
      'wrong-type',
      `compare: needs two labelings, got column '${label[0]}' twice; name another one`,
    );
  }
  if (label.length === (labels === undefined ? 2 : 1)) return { columns: label, file: labels };
  const got = `${label.length} of --label${labels === undefined ? '' : ' beside --labels'}`;
  throw new InputError(
    'empty',
    `compare: needs two labelings, got ${got}; name two columns, as --label species --label cluster, or one and a file with --labels FILE`,
  );
}

async function load(file: string, given: CompareArguments, { progress }: Terminal) {
  const { columns, file: labels } = sidesOf(given);
  const [first, second] = columns;
  const data = await loadData(file, {
    ...given,
    array: given.points,
    label: labels === undefined ? first : undefined,
    beside: labels === undefined ? [second!] : [first!],
    points: false,
    onBytes: (read, size) => progress('reading', read, size),
  });
  const column = data.beside[0]!;
  const two = labels === undefined ? [data.labels, column.labels] : [column.labels, data.labels];
  const names: [string, string] = labels === undefined ? [first!, second!] : [first!, basename(labels)];
  return { data, first: two[0]!, second: two[1]!, names };
}

/** One sentence where there is nothing to compare. */
function requireClasses({ name }: LoadedData, { verdict, sentence }: LabelComparison): void {
  if (verdict === 'trivial') throw new UndefinedMetricError('undefined-metric', `${name}: ${sentence}`);
}

export async function compare(file: string, given: CompareArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { data, first, second, names } = await load(file, given, terminal);
  const found = comparisonOf(readLabels('compare', first), readLabels('compare', second), {
    names,
    alpha: 0.05,
    permutations: given.permutations ?? 200,
    seed: given.seed ?? 0,
    onPermutation: (done, total) => terminal.progress('permuting', done, total),
  });
  terminal.endProgress();
  requireClasses(data, found);
  data.reading.notes.forEach(terminal.note);
  const comparison = { ...found, moved: found.moved.map((i) => data.fileRows[i]!) };
  if (given.rows !== undefined) writeWhole(given.rows, movedCsv(found, { first, second, fileRows: data.fileRows }));
  const output = wantsJson(given)
    ? jsonText({ schema: 1, reading: data.reading, ...comparison })
    : printComparison(comparison, data, terminal, { verbose: given.verbose ?? false, rows: given.rows });
  return { output, code: 0 };
}
