import { Command } from 'commander';
import { version } from '../../package.json';
import { balanceCommand } from './commands/balance.js';
import { diagnoseCommand } from './commands/diagnose.js';
import { reportCommand } from './commands/report.js';
import { verifyCommand } from './commands/verify.js';
import type { Finish } from './finished.js';

const HELP = `
Examples:
  clusterlens diagnose data.csv
  clusterlens verify data.csv --claim silhouette=0.68 --claim dunn=0.12
  clusterlens balance data.csv
  clusterlens report data.csv -o report.html
  clusterlens <command> --help

A table has one row per point, columns of numbers, and a column of labels.
`;

/** The command line: its commands, their options and their help. */
export function programOf(finish: Finish): Command {
  const program = new Command('clusterlens')
    .description('Clustering diagnostics: are these clusters real, why not, and what to do.')
    .version(version)
    .addHelpText('after', HELP);
  for (const make of [diagnoseCommand, verifyCommand, balanceCommand, reportCommand]) program.addCommand(make(finish));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(
        command === program
          ? '(clusterlens --help shows all commands)'
          : `(clusterlens ${command.name()} --help shows all options)`,
      )
      .configureHelp({ helpWidth: 80 });
  }
  return program;
}
