import { CommanderError } from 'commander';
import { ClusterlensError } from '../core/errors.js';
import { fileFault } from '../read/file-fault.js';
import type { Finish } from './finished.js';
import { programOf } from './program.js';
import { endProgress, message, terminalOf } from './terminal.js';
import { withCommand } from './with-command.js';
import { writeWhole } from './write-whole.js';

/** Bad input, bad usage, or what cannot be computed. */
const FAILED = 2;

function failure(error: unknown): string {
  if (error instanceof ClusterlensError) return message('error: ', error.message);
  if (error instanceof RangeError && /allocation|string longer|Invalid array length/i.test(error.message)) {
    return message('error: ', `the data do not fit into memory (${error.message}); use fewer rows or columns`);
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error: this is a fault of clusterlens, not of your data; please report it with the command\n${told}\n`;
}

/** What has no reader is no failure of ours, as where `head` stops early; what cannot be written is one of the place. */
function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      process.stderr.write(
        message('error: ', `standard output: needs a place that can be written to, got ${fileFault(error)}`),
      );
      process.exitCode = FAILED;
    }
    process.exit();
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => {});
}

/** Ends a command: writes what it has to say. The exit code is set, not forced, so that all output is written. */
const finish: Finish = ({ output: text, code }, { output: to = '-', quiet = false }) => {
  if (to !== '-') {
    writeWhole(to, text);
    terminalOf({ quiet }).note(`wrote ${to} (${Math.ceil(Buffer.byteLength(text) / 1024)} KiB)`);
  }
  process.exitCode = code;
  if (to === '-') process.stdout.write(text);
};

/** Runs one command line. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  watchOutput();
  const program = programOf(finish);
  try {
    const names = program.commands.map((command) => command.name());
    await program.parseAsync(withCommand(argv, [...names, 'help']), { from: 'user' });
  } catch (error) {
    endProgress();
    if (error instanceof CommanderError) {
      // Commander has said it already; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? 0 : FAILED;
    } else {
      process.stderr.write(failure(error));
      process.exitCode = FAILED;
    }
  } finally {
    if (argv.includes('-')) process.stdin.destroy(); // else a writer that never ends would keep us alive
  }
}
