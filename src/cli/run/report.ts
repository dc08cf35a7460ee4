import { basename } from 'node:path';
import { version } from '../../../package.json';
import { InputError, MissingDependencyError } from '../../core/errors.js';
import { didYouMean } from '../../core/suggest.js';
import { countText, numberText } from '../../core/words.js';
import type { Diagnosis } from '../../diagnose/types.js';
import { toHtml } from '../../report/to-html.js';
import { type ToMarkdownOptions, toMarkdown } from '../../report/to-markdown.js';
import { REPORT_KINDS, type ReportArguments, type ReportKind } from '../arguments.js';
import { filledIn, shellQuoted } from '../data-arguments.js';
import { diagnoseFiles, type LoadedFiles, loadFiles } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import type { LoadedData } from '../load-data.js';
import { metricOf } from '../metric-of.js';
import { type PictureNumbers, pictureNumbers } from '../picture-numbers.js';
import { jsonText } from '../print/json-text.js';
import { reportPictures } from '../report-pictures.js';
import { type Terminal, terminalOf } from '../terminal.js';
import { diagnosisWork } from '../threads/diagnose-in-threads.js';
import { poolFor } from '../threads/pool-for.js';
import type { ThreadPool } from '../threads/thread-pool.js';
import { withCommands } from '../with-commands.js';

function kindOf({ output, to }: Pick<ReportArguments, 'output' | 'to'>): ReportKind {
  if (to !== undefined) return to;
  if (output === '-') return 'md';
  const extension = /\.([^./\\]+)$/.exec(output)?.[1]?.toLowerCase() ?? '';
  const kind = extension === 'htm' ? 'html' : extension === 'markdown' ? 'md' : extension;
  if ((REPORT_KINDS as readonly string[]).includes(kind)) return kind as ReportKind;
  throw new InputError(
    'unknown-name',
    `--output: must end in .html, .md or .json, got '${output}'${didYouMean(kind, REPORT_KINDS)}; or say --to with one of ${REPORT_KINDS.join(', ')}`,
  );
}

/** The numbers behind the pictures; null where none are wanted, or there are no coordinates. */
async function numbersFor(
  kind: ReportKind,
  { data, heldOut, noiseLabel }: LoadedFiles,
  { metric, pictures, standardize = false, seed }: ReportArguments,
  pool: ThreadPool | undefined,
): Promise<PictureNumbers | null> {
  if (kind !== 'html' || !pictures || metric === 'precomputed') return null;
  const rows = ({ points, labels, spaces }: LoadedData) => ({ points, labels, spaces });
  const settings = { metric: metricOf({ metric, standardize }, data, noiseLabel), standardize, noiseLabel, seed };
  const input: Parameters<typeof pictureNumbers> = [rows(data), heldOut && rows(heldOut), settings];
  return pool === undefined ? pictureNumbers(...input) : pool.run('pictures', input);
}

function sampleNote(numbers: PictureNumbers | null): string | undefined {
  if (numbers === null || numbers.rows === numbers.of) return undefined;
  return `Pictures of rows show a sample of ${numberText(numbers.rows)} of the ${countText(numbers.of, 'row')}, drawn by class with the seed; class sizes count all rows.`;
}

async function html(
  diagnosis: Diagnosis,
  numbers: PictureNumbers | null,
  { data, training }: LoadedFiles,
  { pictures }: ReportArguments,
  about: ToMarkdownOptions,
  terminal: Terminal,
): Promise<string> {
  if (!pictures) return toHtml(diagnosis, about);
  terminal.progress('drawing', 0, 1);
  const drawn = reportPictures(diagnosis, numbers, { columns: data.columns, training: training?.record });
  try {
    return await toHtml(diagnosis, { ...about, pictures: drawn, picturesNote: sampleNote(numbers) });
  } catch (error) {
    if (!(error instanceof MissingDependencyError)) throw error;
    terminal.note(`the report has no pictures, since vega is not installed; run: npm install vega@6 vega-lite@6`);
    return toHtml(diagnosis, about);
  }
}

export async function report(file: string, given: ReportArguments, argv: readonly string[]): Promise<Finished> {
  const kind = kindOf(given);
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const files = await loadFiles(file, given, terminal);
  const pool = poolFor(given.threads, diagnosisWork(files.data.points, given));
  try {
    // Asked for last, so that the pictures wait for the parts of the diagnosis, not these for them.
    const diagnosing = diagnoseFiles(files, given, terminal, pool);
    const counting = numbersFor(kind, files, given, pool);
    const [diagnosis, numbers] = await Promise.all([diagnosing, counting]);
    const about = {
      title: given.title ?? basename(files.data.name),
      command: ['clusterlens', ...argv].map(shellQuoted).join(' '),
      versions: { clusterlens: version, node: process.versions.node },
      fillCommand: filledIn(file, given),
    };
    const output =
      kind === 'json'
        ? jsonText(withCommands(diagnosis, about.fillCommand))
        : kind === 'md'
          ? toMarkdown(diagnosis, about)
          : await html(diagnosis, numbers, files, given, about, terminal);
    terminal.endProgress();
    return { output, code: 0 };
  } finally {
    pool?.end();
  }
}
