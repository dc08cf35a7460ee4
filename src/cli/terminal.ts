import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';
import { hanging, printable } from './layout.js';

type Colour = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';
type Style = Colour | readonly Colour[];

/** Where a command writes to, and in what width and colours. */
export interface Terminal {
  /** Columns of a line, at most 80. */
  readonly width: number;
  readonly style: (style: Style, text: string) => string;
  /** A line on standard error, unless it was asked to be quiet. */
  readonly note: (text: string) => void;
  /** How far a step is, on standard error when that is a terminal; 'done' takes the bar away. */
  readonly progress: (text: string, done: number, total: number) => void;
  readonly endProgress: () => void;
}

const WIDTH = 80;

/** A message for standard error: on a terminal in lines, elsewhere in one, which is easier to search. */
export function message(heading: string, text: string): string {
  const { isTTY, columns } = process.stderr;
  if (isTTY !== true) return `${heading}${printable(text)}\n`;
  return `${hanging(heading, text, Math.max(40, Math.min(WIDTH, columns || WIDTH))).join('\n')}\n`;
}

/** A process has one standard error, and so one bar. */
let bar: SingleBar | undefined;
let step: string | undefined;

/** Takes the bar away, where there is one. */
export function endProgress(): void {
  bar?.stop();
  bar = undefined;
}

/** The terminal of this process. Colour only where standard output is a terminal and NO_COLOR is not set. */
export function terminalOf({ quiet }: { readonly quiet: boolean }): Terminal {
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
  const columns = process.stdout.isTTY === true ? process.stdout.columns : WIDTH;
  const shown = process.stderr.isTTY === true && !quiet;
  return {
    width: Math.max(40, Math.min(WIDTH, columns || WIDTH)),
    style: (style, text) => (colour ? styleText([style].flat() as Colour[], text) : text),
    note: (text) => {
      endProgress();
      if (!quiet) process.stderr.write(message('note: ', text));
    },
    progress: (text, done, total) => {
      if (!shown || total <= 0) return;
      if (bar === undefined) {
        bar = new SingleBar({
          stream: process.stderr,
          format: '{bar} {percentage}% {step}',
          barsize: 24,
          barCompleteChar: '=',
          barIncompleteChar: ' ',
          clearOnComplete: true,
          // A signal ends the process at once, so nothing may be left to restore.
          linewrap: true,
          fps: 20,
        });
        bar.start(total, 0, { step: text });
      }
      bar.setTotal(total);
      bar.update(done, { step: text });
      // What comes next may keep this thread busy for long, so its name is drawn at once.
      if (text !== step) bar.render();
      step = text;
    },
    endProgress,
  };
}
