import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Label } from '../core/types.js';
import { labelNamed } from './read/label-values.js';
import { FORMATS, type Format } from './read/open-table.js';
import type { Terminal } from './terminal.js';

/** Options that every command has. */
export interface CommonArguments {
  readonly label?: string;
  readonly labels?: string;
  readonly format?: Format;
  readonly header: boolean;
  readonly dropMissing?: boolean;
  readonly minClassSize?: number;
  readonly quiet?: boolean;
}

/** Options of the commands that look at points. */
export interface PointArguments extends CommonArguments {
  readonly features?: string;
  readonly metric?: string;
  readonly standardize?: boolean;
  readonly noiseLabel?: string;
  readonly seed?: number;
}

/** A whole number from `min`. */
export function wholeNumber(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= min) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${min}.`);
  };
}

/** For an option that may be given again: NAME=VALUE, each name once. */
export function named(what: string): (text: string, before?: Record<string, string>) => Record<string, string> {
  return (text, before = {}) => {
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim();
    const value = text.slice(at + 1).trim();
    if (at === -1 || name === '' || value === '') throw new InvalidArgumentError(`It must be ${what}.`);
    if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`'${name}' is given twice.`);
    return { ...before, [name]: value };
  };
}

export function addCommonOptions(command: Command): Command {
  return command
    .argument('<file>', `data file (${FORMATS.join(', ')}), or - for standard input`)
    .option('--label <name>', "column of the labels (default: 'label', else the only column of text)")
    .option('--labels <file>', 'labels from a file of their own: npy, csv, or text with one per line')
    .addOption(new Option('--format <format>', 'format of the file (default: by its extension)').choices(FORMATS))
    .option('--no-header', 'the first line of CSV or TSV is data; columns are column_1, column_2, ...')
    .option('--drop-missing', 'leave out rows with missing values and say how many (default: an error)')
    .option('--min-class-size <n>', 'leave out classes with fewer rows', wholeNumber(1))
    .option('--quiet', 'no notes and no progress on standard error');
}

export function addPointOptions(command: Command): Command {
  return addCommonOptions(command)
    .option(
      '--features <columns>',
      'columns of the points: names, globs (g_*), ranges (g_0..g_39), !name leaves out (default: all numbers)',
    )
    .option(
      '--metric <name>',
      'euclidean, sqeuclidean, cosine, correlation, manhattan, chebyshev, ... (default: euclidean)',
    )
    .option('--standardize', 'divide each column by its standard deviation first')
    .option('--noise-label <label>', 'the label that means noise, as -1; its rows are left out')
    .option('--seed <n>', 'seed of everything drawn at random (default: 0)', wholeNumber(0));
}

/** The noise label with the type that it has among the labels. */
export function noiseLabelOf(
  text: string | undefined,
  labels: readonly Label[],
  { note }: Terminal,
): Label | undefined {
  if (text === undefined) return undefined;
  const found = labelNamed(text, new Set(labels));
  if (found === undefined) note(`no row has the noise label '${text}'`);
  return found;
}
