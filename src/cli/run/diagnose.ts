import type { DiagnoseCommandArguments } from '../arguments.js';
import { codeOf } from '../claims-code.js';
import { filledIn } from '../data-arguments.js';
import { diagnoseFiles, loadFiles } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { printDiagnosis } from '../print/print-diagnosis.js';
import { rowsCsv } from '../print/rows-csv.js';
import { terminalOf } from '../terminal.js';
import { diagnosisWork } from '../threads/diagnose-in-threads.js';
import { poolFor } from '../threads/pool-for.js';
import { withCommands } from '../with-commands.js';
import { writeWhole } from '../write-whole.js';

export async function diagnose(file: string, given: DiagnoseCommandArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const files = await loadFiles(file, given, terminal);
  const pool = poolFor(given.threads, diagnosisWork(files.data.points, given));
  try {
    const diagnosis = await diagnoseFiles(files, given, terminal, pool);
    if (given.rows !== undefined) writeWhole(given.rows, rowsCsv(diagnosis.rows));
    const fill = filledIn(file, given);
    const output = given.json
      ? jsonText(withCommands(diagnosis, fill))
      : printDiagnosis(diagnosis, files.data, terminal, {
          verbose: given.verbose ?? false,
          fill,
          piped: file === '-',
        });
    return { output, code: codeOf(diagnosis.claims ?? []) };
  } finally {
    pool?.end();
  }
}
