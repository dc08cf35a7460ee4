import { version } from '../../../package.json';
import { InputError, MissingDependencyError } from '../../core/errors.js';
import { didYouMean } from '../../core/suggest.js';
import type { Metric } from '../../distance/metric.js';
import { toHtml } from '../../report/to-html.js';
import { toMarkdown } from '../../report/to-markdown.js';
import type { ReportArguments } from '../commands/report.js';
import { shellQuoted } from '../data-arguments.js';
import { type Diagnosed, diagnoseFile } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { reportPictures } from '../report-pictures.js';
import { type Terminal, terminalOf } from '../terminal.js';
import { writeWhole } from '../write-whole.js';

const KINDS = ['html', 'md', 'json'] as const;
type Kind = (typeof KINDS)[number];

function kindOf(path: string): Kind {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const kind = extension === 'htm' ? 'html' : extension === 'markdown' ? 'md' : extension;
  if ((KINDS as readonly string[]).includes(kind)) return kind as Kind;
  throw new InputError(
    'unknown-name',
    `--output: must end in .html, .md or .json, got '${path}'${didYouMean(kind, KINDS)}`,
  );
}

async function html(
  { diagnosis, data, heldOut, training }: Diagnosed,
  { metric, pictures }: ReportArguments,
  about: { title: string; command: string; versions: Record<string, string> },
  terminal: Terminal,
): Promise<string> {
  if (!pictures) return toHtml(diagnosis, about);
  terminal.progress('drawing', 0, 1);
  const drawn = reportPictures(diagnosis, data, heldOut, { metric: metric as Metric | undefined, training });
  try {
    return await toHtml(diagnosis, { ...about, pictures: drawn });
  } catch (error) {
    if (!(error instanceof MissingDependencyError)) throw error;
    terminal.note(`the report has no pictures, since vega is not installed; run: npm install vega@6 vega-lite@6`);
    return toHtml(diagnosis, about);
  }
}

export async function report(file: string, given: ReportArguments, argv: readonly string[]): Promise<Finished> {
  const kind = kindOf(given.output);
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const diagnosed = await diagnoseFile(file, given, terminal);
  const about = {
    title: given.title ?? diagnosed.data.name,
    command: ['clusterlens', ...argv].map(shellQuoted).join(' '),
    versions: { clusterlens: version, node: process.versions.node },
  };
  const text =
    kind === 'json'
      ? jsonText(diagnosed.diagnosis)
      : kind === 'md'
        ? toMarkdown(diagnosed.diagnosis, about)
        : await html(diagnosed, given, about, terminal);
  terminal.endProgress();
  writeWhole(given.output, text);
  terminal.note(`wrote ${given.output} (${Math.ceil(Buffer.byteLength(text) / 1024)} KiB)`);
  return { output: '', code: 0 };
}
