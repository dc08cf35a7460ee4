import { Command } from 'commander';
import { version } from '../../../package.json';
import { InputError, MissingDependencyError } from '../../core/errors.js';
import { didYouMean } from '../../core/suggest.js';
import type { Metric } from '../../distance/metric.js';
import { toHtml } from '../../report/to-html.js';
import { toMarkdown } from '../../report/to-markdown.js';
import { shellQuoted } from '../data-arguments.js';
import { addDiagnoseOptions, type DiagnoseArguments, type Diagnosed, diagnoseFile } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { reportPictures } from '../report-pictures.js';
import { type Terminal, terminalOf } from '../terminal.js';
import { writeWhole } from '../write-whole.js';

interface ReportArguments extends DiagnoseArguments {
  readonly output: string;
  readonly title?: string;
  readonly pictures: boolean;
}

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

async function report(file: string, given: ReportArguments, argv: readonly string[]): Promise<Finished> {
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

const HELP = `
Examples:
  clusterlens report data.csv -o report.html
  clusterlens report data.csv -o report.md --label species
  clusterlens report run.csv -o report.html --features 'x_*' --space latent='z_*'

The HTML file needs nothing else, and no network. Its pictures are drawn by vega
and vega-lite: npm install vega@6 vega-lite@6
`;

/** `clusterlens report`: the diagnosis as a file to read and to hand on. */
export function reportCommand(finish: (result: Finished) => void): Command {
  const command = addDiagnoseOptions(new Command('report'))
    .description('the diagnosis as one file: HTML with pictures, Markdown or JSON')
    .requiredOption('-o, --output <file>', 'file to write: .html, .md or .json')
    .option('--title <text>', 'heading of the report (default: the name of the file)')
    .option('--no-pictures', 'leave out the pictures')
    .addHelpText('after', HELP);
  return command.action(async (file: string, given: ReportArguments) =>
    finish(await report(file, given, (command.parent as (Command & { rawArgs?: string[] }) | null)?.rawArgs ?? [])),
  );
}
