import type { DiagnoseArguments } from './arguments.js';

/** A word as a shell takes it. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

type Given = Partial<DiagnoseArguments>;
type Words = readonly string[];

const valued = (flag: string, value: string | number | undefined): Words[] =>
  value === undefined ? [] : [[flag, String(value)]];
const flagged = (flag: string, given: boolean | undefined): Words[] => (given ? [[flag]] : []);

/** What it takes to read the rows. */
function rowOptions(given: Given): Words[] {
  return [
    ...valued('--label', given.label),
    ...valued('--labels', given.labels),
    ...valued('--points', given.points),
    ...valued('--format', given.format),
    ...valued('--orient', given.orient),
    ...flagged('--no-header', given.header === false),
    ...valued('--delimiter', given.delimiter === '\t' ? 'tab' : given.delimiter),
    ...valued('--decimal', given.decimal),
    ...valued('--comment', given.comment),
    ...flagged('--drop-missing', given.dropMissing),
    ...flagged('--literal-labels', given.literalLabels),
    ...valued('--min-class-size', given.minClassSize),
  ];
}

/** What else a diagnosis depends on. */
function diagnosisOptions({ space = {}, ...given }: Given): Words[] {
  return [
    ...valued('--features', given.features),
    ...valued('--one-hot', given.oneHot),
    ...flagged('--keep-identifiers', given.keepIdentifiers),
    ...Object.entries(space).map(([name, columns]) => ['--space', `${name}=${columns}`]),
    ...valued('--held-out', given.heldOut),
    ...valued('--held-out-labels', given.heldOutLabels),
    ...valued('--training-record', given.trainingRecord),
    ...valued('--loss-space', given.lossSpace),
    ...valued('--measured-space', given.measuredSpace),
    ...valued('--outputs', given.outputs),
    ...valued('--metric', given.metric),
    ...flagged('--standardize', given.standardize),
    ...valued('--noise-label', given.noiseLabel),
    ...valued('--labels-from', given.labelsFrom),
    ...valued('--permutations', given.permutations),
    ...valued('--alpha', given.alpha),
    ...valued('--sample-size', given.sampleSize),
    ...valued('--seed', given.seed),
  ];
}

/**
 * Makes a recommended command one that can be run: DATA becomes the file with the options that were
 * given and that its command takes; an option that the recommendation sets itself stays as it is there. HELD_OUT stays where no such file was given.
 */
export function filledIn(file: string, given: Given): (command: string) => string {
  return (command) => {
    const known = given.heldOut === undefined ? command : command.replace(' --held-out HELD_OUT', '');
    const [whole, start, name, rest] = /^(clusterlens (\w+) )DATA\b(.*)$/s.exec(known) ?? [];
    if (whole === undefined) return command;
    const options = [...rowOptions(given), ...(name === 'balance' ? [] : diagnosisOptions(given))];
    const set = new Set(rest!.split(/\s+/));
    // What a recommendation leaves out, it leaves out of the columns that were chosen.
    const chosen = name === 'balance' ? undefined : given.features;
    const also =
      chosen === undefined
        ? rest!
        : rest!.replace(
            /--features ('?)!/,
            (_, quote: string) => `--features ${quote}${chosen.replaceAll("'", "'\\''")},!`,
          );
    const words = [file, ...options.filter(([flag]) => !set.has(flag!)).flat()];
    return start + words.map(shellQuoted).join(' ') + also;
  };
}
