import { Command, Option } from 'commander';
import { addDiagnoseOptions, addQuiet, REPORT_KINDS, type ReportArguments } from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Examples:
  clusterlens report data.csv -o report.html
  clusterlens report data.csv -o report.md --label species
  clusterlens report run.csv -o report.html --features 'x_*' --space latent='z_*'

The HTML file needs nothing else, and no network. Its pictures are drawn by vega
and vega-lite: npm install vega@6 vega-lite@6
`;

/** `clusterlens report`: the diagnosis as a file to read and to pass on. */
export function reportCommand(finish: Finish): Command {
  const command = addQuiet(addDiagnoseOptions(new Command('report')))
    .description('the diagnosis as one file: HTML with pictures, Markdown or JSON')
    .requiredOption('-o, --output <file>', 'file to write: .html, .md or .json; - is standard output')
    .addOption(new Option('--to <kind>', 'what is written (default: by the extension, md for -)').choices(REPORT_KINDS))
    .option('--title <text>', 'heading of the report (default: the name of the file)')
    .option('--no-pictures', 'leave out the pictures')
    .addHelpText('after', HELP);
  return command.action(async (file: string, given: ReportArguments) => {
    const { report } = await import('../run/report.js');
    const { rawArgs = [] } = command.parent as Command & { rawArgs?: string[] };
    finish(await report(file, given, rawArgs), given);
  });
}
