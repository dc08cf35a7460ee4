import { CommanderError } from 'commander';
import { ClusterlensError } from '../core/errors.js';
import type { Finished } from './finished.js';
import { programOf } from './program.js';
import { endProgress, message } from './terminal.js';

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

/** Runs one command line. The exit code is set, not forced, so that all output is written. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  // A reader such as `head` may stop early: that is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const finish = ({ output, code }: Finished) => {
    process.exitCode = code;
    process.stdout.write(output);
  };
  try {
    await programOf(finish).parseAsync(argv, { from: 'user' });
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
