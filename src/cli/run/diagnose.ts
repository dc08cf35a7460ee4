import { type GroupsOptions, hiddenGroups } from '../../studies/groups/hidden-groups.js';
import { otherGroups } from '../../studies/groups/other-groups.js';
import { type DiagnoseCommandArguments, wantsJson } from '../arguments.js';
import { codeOf } from '../claims-code.js';
import { filledIn } from '../data-arguments.js';
import { diagnoseFiles, type LoadedFiles, loadFiles } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { metricOf } from '../metric-of.js';
import { groupsCsv } from '../print/groups-csv.js';
import { jsonText } from '../print/json-text.js';
import { printDiagnosis } from '../print/print-diagnosis.js';
import { rowsCsv } from '../print/rows-csv.js';
import { terminalOf } from '../terminal.js';
import { diagnosisWork } from '../threads/diagnose-in-threads.js';
import { poolFor } from '../threads/pool-for.js';
import { withCommands } from '../with-commands.js';
import { writeWhole } from '../write-whole.js';

/** The groups of the points beside the labels, row by row, by the settings of the diagnosis. */
function groupsText({ data, noiseLabel }: LoadedFiles, given: DiagnoseCommandArguments): string {
  const { points, labels, fileRows, reading } = data;
  const { standardize, seed, alpha } = given;
  const metric = metricOf(given, data, noiseLabel) as GroupsOptions['metric'];
  const options = { metric, standardize, noiseLabel, seed, alpha };
  const { subLabels } = hiddenGroups(points, labels, options);
  const { groupOf } = otherGroups(points, labels, options);
  return groupsCsv({ fileRows, labels, subLabels, groupOf }, reading.rows);
}

export async function diagnose(file: string, given: DiagnoseCommandArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const files = await loadFiles(file, given, terminal);
  // Before the long work, since not every metric has groups.
  const groups = given.groups === undefined ? undefined : groupsText(files, given);
  const pool = poolFor(given.threads, diagnosisWork(files.data.points, given));
  try {
    const diagnosis = await diagnoseFiles(files, given, terminal, pool);
    if (given.rows !== undefined) writeWhole(given.rows, rowsCsv(diagnosis.rows));
    if (groups !== undefined) writeWhole(given.groups!, groups);
    const fill = filledIn(file, given);
    const output = wantsJson(given)
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
