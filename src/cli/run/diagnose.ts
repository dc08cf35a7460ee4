import type { DiagnoseCommandArguments } from '../commands/diagnose.js';
import { dataArguments } from '../data-arguments.js';
import { diagnoseFile } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { printDiagnosis } from '../print/print-diagnosis.js';
import { terminalOf } from '../terminal.js';

export async function diagnose(file: string, given: DiagnoseCommandArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { diagnosis, data } = await diagnoseFile(file, given, terminal);
  const output = given.json
    ? jsonText(diagnosis)
    : printDiagnosis(diagnosis, data, terminal, {
        verbose: given.verbose ?? false,
        dataArguments: dataArguments(file, given),
      });
  return { output, code: 0 };
}
