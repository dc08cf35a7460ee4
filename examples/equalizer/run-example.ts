import { version } from '../../package.json';
import type { Configuration, Effort } from './configurations.js';
import type { Corpus } from './corpus.js';
import { corpusText, describeCorpus } from './describe-corpus.js';
import { afterText, verdictTable, whyText } from './findings-text.js';
import { lessons } from './lessons.js';
import { corpusCsv, sha256, writeCorpus, writeReport } from './outputs.js';
import type { Outcome, Report } from './report.js';
import { runConfiguration } from './run-configuration.js';
import { table } from './table.js';
import { openRun } from './unfinished.js';
import { wrap } from './wrap.js';

export interface Job {
  readonly configuration: Configuration;
  readonly corpus: Corpus;
}

export interface RunOptions {
  readonly out: string;
  /** Replace what another corpus left in the folder. */
  readonly force?: boolean;
  readonly seed: number;
  readonly quick: boolean;
  readonly effort: Effort;
  readonly command: string;
  readonly print: (text: string) => void;
}

/** One configuration as it is printed: the table, the groups, and what training left. */
function outcomeText({ report }: Outcome): string {
  const { training, heldOut } = report.reconstructionError;
  return [
    table(report),
    ...(report.groups ?? []).map((terms, g) => wrap(`group ${g + 1}: ${terms.join(', ')}`, '  ', '    ')),
    `  ${report.epochs} epochs in ${report.seconds.toFixed(0)} s, ${report.parameters.toLocaleString('en')} parameters, ` +
      `reconstruction ${training.toFixed(3)} | ${heldOut.toFixed(3)}`,
    '',
  ].join('\n');
}

/** Runs all jobs in turn, prints the story and writes its files; goes on where the same run was interrupted. */
export async function runExample(corpus: Corpus, jobs: readonly Job[], options: RunOptions): Promise<Report> {
  const { out, seed, quick, effort, command, print } = options;
  const described = describeCorpus(corpus, seed);
  const csv = corpusCsv(corpus);
  const key = {
    schema: 2 as const,
    clusterlens: version,
    seed,
    quick,
    node: process.version,
    corpusSha256: sha256(csv),
  };
  print(`${corpusText(described)}\n`);
  const run = openRun(out, key, options.force);
  writeCorpus(run.folder, csv);
  const outcomes: Outcome[] = [];
  const reportSoFar = (): Report => ({
    ...key,
    command,
    corpus: described,
    configurations: outcomes.map(({ report }) => report),
    lessons: lessons(outcomes),
  });
  for (const { configuration, corpus: rows } of jobs) {
    const before = run.finished.find(({ report }) => report.name === configuration.name);
    if (before !== undefined) print(`(${configuration.name}: finished by a run that was interrupted, and kept)`);
    const outcome =
      before ?? (await runConfiguration(rows, configuration, { folder: run.folder, seed, effort, command }));
    outcomes.push(outcome);
    if (before === undefined) writeReport(run.folder, reportSoFar(), outcomes);
    print(outcomeText(outcome));
  }
  const report = reportSoFar();
  writeReport(run.folder, report, outcomes);
  run.complete();
  print(`${verdictTable(outcomes)}\n`);
  const [original, repaired] = ['original', 'repaired'].map((name) =>
    outcomes.find((outcome) => outcome.report.name === name),
  );
  if (original !== undefined) print(`${whyText(original)}\n`);
  if (original !== undefined && repaired !== undefined) print(`${afterText(original, repaired)}\n`);
  print('Lessons, as the evidence shows them');
  for (const lesson of report.lessons) print(wrap(`* ${lesson}`, '', '  '));
  return report;
}
