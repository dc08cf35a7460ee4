import { classBalance } from '../../imbalance/class-balance.js';
import { type BalanceArguments, wantsJson } from '../arguments.js';
import type { Finished } from '../finished.js';
import { loadData } from '../load-data.js';
import { jsonText } from '../print/json-text.js';
import { printBalance } from '../print/print-balance.js';
import { terminalOf } from '../terminal.js';

export async function balance(file: string, given: BalanceArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const data = await loadData(file, {
    ...given,
    array: given.points,
    points: false,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  terminal.endProgress();
  data.reading.notes.forEach(terminal.note);
  const result = classBalance(data.labels);
  const output = wantsJson(given)
    ? jsonText({ ...result, reading: data.reading })
    : printBalance(result, data, terminal, given.verbose ?? false);
  return { output, code: 0 };
}
