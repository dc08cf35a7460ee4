import { Command } from 'commander';
import { version } from '../../package.json';
import { checkPlaces } from './check-places.js';
import { balanceCommand } from './commands/balance.js';
import { compareCommand } from './commands/compare.js';
import { diagnoseCommand } from './commands/diagnose.js';
import { kCommand } from './commands/k.js';
import { reportCommand } from './commands/report.js';
import { rowsCommand } from './commands/rows.js';
import { softCommand } from './commands/soft.js';
import { verifyCommand } from './commands/verify.js';
import type { Finish } from './finished.js';

const HELP = `
Examples:
  clusterlens data.csv                                    the same as diagnose
  clusterlens report data.csv -o report.html
  clusterlens rows data.csv -o suspicious.csv
  clusterlens verify data.csv --claim silhouette=0.68
  clusterlens compare data.csv --label species --label cluster
  clusterlens k data.csv --max 12
  clusterlens soft data.csv --memberships 'p_*'
  clusterlens balance data.csv
  clusterlens <command> --help

A table has one row per point, columns of numbers, and a column of labels.
Exit code: 0; 2 for bad input, bad usage, or what cannot be computed. With
claims also 1 for a refuted one, and 3; see clusterlens verify --help.
`;

const COMMANDS = [
  diagnoseCommand,
  reportCommand,
  rowsCommand,
  verifyCommand,
  compareCommand,
  kCommand,
  softCommand,
  balanceCommand,
];

/** The command line: its commands, their options and their help. */
export function programOf(finish: Finish): Command {
  const program = new Command('clusterlens')
    .description('Clustering diagnostics: are these clusters real, why not, and what to do.')
    .version(version)
    .addHelpText('after', HELP)
    .hook('preAction', (_, command) => checkPlaces(command.args[0]!, command.opts()));
  for (const make of COMMANDS) program.addCommand(make(finish));
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
