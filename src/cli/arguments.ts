import { type Command, InvalidArgumentError, Option } from 'commander';
import { metricNames } from '../distance/metric-names.js';
import { FORMATS, type Format } from '../read/formats.js';
import { MISSING_WORDS } from '../read/missing.js';
import { ORIENTS, type Orient } from '../read/pandas-json.js';

const MOST_THREADS = 256;

/** Headings of the help, in the order in which they come. */
const DATA = 'Data:';
export const METHOD = 'Method:';
const TRAINING = 'Spaces and training:';
export const CLAIMS = 'Claims:';
export const MODEL = 'Model:';
const OUTPUT = 'Output:';

/** Options that every command has. */
export interface CommonArguments {
  readonly label?: string;
  readonly labels?: string;
  readonly format?: Format;
  readonly orient?: Orient;
  /** Name of the array of the points. */
  readonly points?: string;
  readonly header: boolean;
  readonly delimiter?: string;
  readonly decimal?: ',' | '.';
  readonly comment?: string;
  readonly dropMissing?: boolean;
  readonly literalLabels?: boolean;
  readonly minClassSize?: number;
  readonly quiet?: boolean;
}

/** Options of the commands that look at points. */
export interface PointArguments extends CommonArguments {
  readonly features?: string;
  readonly oneHot?: string;
  readonly keepIdentifiers?: boolean;
  readonly metric?: string;
  readonly standardize?: boolean;
  readonly noiseLabel?: string;
  readonly seed?: number;
  readonly threads?: number;
}

/** A whole number from `min`, up to `max` where there is one. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
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

/** One sign, or a tab by its name. */
function delimiterSign(text: string): string {
  const sign = /^(tab|\\t)$/i.test(text) ? '\t' : text;
  if (sign.length === 1 && !/["\r\n]/.test(sign)) return sign;
  throw new InvalidArgumentError('It must be one sign, or tab.');
}

/** For an option that may be given again. */
export function repeated(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Where the labels of one labeling come from. */
function addLabelOptions(command: Command): Command {
  return command
    .option(
      '-l, --label <name>',
      'column of the labels (default: one named label, class, cluster, target, species or y, else the only column of text)',
    )
    .option(
      '--labels <file>',
      'labels from a file of their own: npy, csv, or text with one per line; an array of an npz',
    );
}

/** The file, what `addLabels` adds, and how it is read. */
export function addFileOptions(command: Command, addLabels: (command: Command) => Command): Command {
  command.optionsGroup(DATA).argument('<file>', `data file (${FORMATS.join(', ')}), or - for standard input`);
  return addLabels(command)
    .option('--points <array>', 'the array of the points in an npz (default: the only matrix)')
    .addOption(new Option('--format <format>', 'format of the file (default: by its extension)').choices(FORMATS))
    .addOption(new Option('--orient <orient>', 'how pandas wrote the JSON (default: as it shows)').choices(ORIENTS))
    .option('--no-header', 'the first line of CSV or TSV is data; columns are column_1, column_2, ...')
    .option(
      '--delimiter <sign>',
      'what stands between the values of CSV: , ; | tab (default: as the first lines show)',
      delimiterSign,
    )
    .addOption(
      new Option(
        '--decimal <sign>',
        'decimal sign of CSV and TSV; the other of , and . then marks thousands (default: as the cells show)',
      ).choices([',', '.']),
    )
    .option('--comment <sign>', 'lines of CSV and TSV that begin with it are passed over, as #')
    .option(
      '--drop-missing',
      'leave out rows with missing values, or with text in a column of numbers, and say how many (default: an error)',
    );
}

export function addCommonOptions(command: Command, addLabels = addLabelOptions): Command {
  return addFileOptions(command, addLabels)
    .option(
      '--literal-labels',
      `a label such as NA or None is a class of that name (default: missing, as are ${MISSING_WORDS} in any case)`,
    )
    .option('--min-class-size <n>', 'leave out classes with fewer rows', wholeNumber(1));
}

/** The distances that are one number for two rows: of the others no command takes any. */
const METRICS = Object.entries(metricNames)
  .filter(([, { symmetric }]) => symmetric)
  .map(([name]) => name)
  .join(', ');

export function addFeatureOptions(command: Command): Command {
  return command
    .option(
      '-f, --features <columns>',
      'columns of the points: names, globs (g_*), ranges (g_0..g_39), !name leaves out (default: all numbers but identifiers, constants and copies of the label)',
    )
    .option('--one-hot <columns>', 'columns that are categories: one column of 0 and 1 for each of their values')
    .option('--keep-identifiers', 'identifiers, row numbers, constants and copies of the label are features too');
}

export function addDistanceOptions(command: Command): Command {
  return command
    .optionsGroup(METHOD)
    .option(
      '-m, --metric <name>',
      `one of ${METRICS}; minkowski takes its order as minkowski:3, gower columns of text as categories (default: euclidean)`,
    )
    .option('--standardize', 'divide each column by its standard deviation first');
}

export function addPointOptions(command: Command, addLabels = addLabelOptions): Command {
  const withPoints = addFeatureOptions(addCommonOptions(command, addLabels)).option(
    '--noise-label <label>',
    'the label that means noise, as -1; its rows are left out',
  );
  return addDistanceOptions(withPoints).option(
    '-s, --seed <n>',
    'seed of everything drawn at random (default: 0)',
    wholeNumber(0),
  );
}

/** Of the commands that compute on several threads. */
export function addThreads(command: Command): Command {
  return command
    .optionsGroup(METHOD)
    .option(
      '--threads <n>',
      'threads that compute side by side; the result does not depend on it (default: one per processor, at most 8)',
      wholeNumber(1, MOST_THREADS),
    );
}

/** Options of `diagnose` and `report`. */
export interface DiagnoseArguments extends PointArguments {
  readonly space?: Record<string, string>;
  readonly heldOut?: string;
  readonly heldOutLabels?: string;
  readonly trainingRecord?: string;
  readonly lossSpace?: string;
  readonly measuredSpace?: string;
  readonly outputs?: string;
  readonly claim?: Record<string, string>;
  readonly permutations?: number;
  readonly alpha?: number;
  readonly sampleSize?: number;
  readonly labelsFrom?: 'auto' | 'points' | 'elsewhere';
}

function level(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 0.5) return value;
  throw new InvalidArgumentError('It must be a number above 0 and at most 0.5.');
}

export function addDiagnoseOptions(command: Command): Command {
  return addThreads(addPointOptions(command))
    .optionsGroup(TRAINING)
    .option(
      '--space <name=columns>',
      "columns that hold the same rows in another space, as latent='z_*'; may be given again",
      named("NAME=COLUMNS, as latent='z_*'"),
    )
    .option('--held-out <file>', 'rows that were not trained on, with the same columns')
    .option('--held-out-labels <file>', 'labels of the held-out rows, where they are in a file of their own')
    .option('--training-record <file>', 'JSON of what train() recorded')
    .option('--loss-space <name>', 'the space on which the contrastive loss acted')
    .option('--measured-space <name>', 'the space that was measured')
    .option('--outputs <columns>', 'columns that hold what the decoder gave for the features')
    .optionsGroup(CLAIMS)
    .option('--claim <name=value>', 'check a claimed number too; may be given again', named('NAME=VALUE'))
    .optionsGroup(METHOD)
    .option('--permutations <n>', 'permutations of the labels, at least 39 (default: 200)', wholeNumber(39))
    .option('--alpha <p>', 'level of every test (default: 0.05)', level)
    .addOption(
      new Option('--labels-from <source>', 'whether the labels were made from these points (default: auto)').choices([
        'auto',
        'points',
        'elsewhere',
      ]),
    )
    .option('--sample-size <n>', 'rows that the costly tests use at most (default: 2000)', wholeNumber(50));
}

/** Opens the group of the options that say what comes out; all commands have --quiet there. */
export function addQuiet(command: Command): Command {
  return command.optionsGroup(OUTPUT).option('-q, --quiet', 'no notes and no progress on standard error');
}

/** Of the commands that print; `json` is what they give as JSON. */
export function addOutputOptions(command: Command, json: string): Command {
  return addQuiet(command)
    .option('-o, --output <file>', 'write there what would be printed, .json as JSON; - is standard output (default)')
    .option('-j, --json', `${json} as JSON, and nothing else, on standard output`);
}

/** What the commands that print have in common. */
export interface PrintArguments {
  readonly output?: string;
  readonly json?: boolean;
}

/** Asked for by name, or by the name of the file. */
export function wantsJson({ json, output }: PrintArguments): boolean {
  return json === true || /\.json$/i.test(output ?? '');
}

/** Arguments of `clusterlens balance`. */
export interface BalanceArguments extends CommonArguments, PrintArguments {
  readonly verbose?: boolean;
}

/** Arguments of `clusterlens compare`. */
export interface CompareArguments extends Omit<CommonArguments, 'label'>, PrintArguments {
  readonly label?: readonly string[];
  readonly seed?: number;
  readonly permutations?: number;
  /** File for the rows outside the matching. */
  readonly rows?: string;
  readonly verbose?: boolean;
}

/** Options of PointArguments that have no meaning where memberships are the labels. */
type OfLabels = 'label' | 'labels' | 'literalLabels' | 'minClassSize' | 'noiseLabel' | 'seed' | 'threads';

/** Arguments of `clusterlens soft`. */
export interface SoftArguments extends Omit<PointArguments, OfLabels>, PrintArguments {
  readonly memberships: string;
  readonly alpha?: number;
}

/** Arguments of `clusterlens k`. */
export interface KArguments extends Omit<PointArguments, 'label' | 'labels'>, PrintArguments {
  readonly label?: readonly string[];
  readonly max?: number;
  readonly references?: number;
  readonly sampleSize?: number;
}

/** Arguments of `clusterlens rows`. */
export interface RowsArguments extends PointArguments, PrintArguments {
  readonly sampleSize?: number;
  readonly csv?: boolean;
}

/** Arguments of `clusterlens diagnose`. */
export interface DiagnoseCommandArguments extends DiagnoseArguments, PrintArguments {
  /** File for the suspicious rows. */
  readonly rows?: string;
  /** File for the groups of the points. */
  readonly groups?: string;
  readonly verbose?: boolean;
}

export const REPORT_KINDS = ['html', 'md', 'json'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Arguments of `clusterlens report`. */
export interface ReportArguments extends DiagnoseArguments {
  readonly output: string;
  readonly to?: ReportKind;
  readonly title?: string;
  readonly pictures: boolean;
}

/** What the reference autoencoder gives of each row, by the names of its outputs. */
export const MODEL_SPACES = ['latent', 'projection', 'reconstruction'] as const;

export interface ModelArguments {
  /** File of the weights of the reference autoencoder. */
  readonly model?: string;
  readonly on?: (typeof MODEL_SPACES)[number];
  /** Columns as z-scores before they enter the model. */
  readonly standardize?: boolean;
}

/** Arguments of `clusterlens verify`. */
export interface VerifyArguments extends PointArguments, PrintArguments, ModelArguments {
  readonly claim?: Record<string, string>;
  readonly strict?: boolean;
  readonly exactRows?: number;
  readonly sampleOnly?: boolean;
  readonly verbose?: boolean;
}
