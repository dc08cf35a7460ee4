import type { Label } from '../../core/types.js';
import { countText, numberText, percentText, pText } from '../../core/words.js';
import { sayDropped } from '../../report/say-value.js';
import type { AgreementIndex, LabelComparison } from '../../studies/agreement/agreement-types.js';
import { clipped, hanging, printable, table, widthOf, wrap } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';

const INDENT = '  ';
/** Parts of the table that are listed where it is too wide. */
const PARTS = 12;
const NAME = 12;

const NAMES: Readonly<Record<AgreementIndex, string>> = {
  adjustedRandIndex: 'adjusted Rand index',
  adjustedMutualInformation: 'adjusted mutual information',
  vMeasure: 'V-measure',
  fowlkesMallows: 'Fowlkes-Mallows index',
  matchingAccuracy: 'matching accuracy',
};
/** Their mean over all permutations is 0 by their definition. */
const AROUND_ZERO: readonly AgreementIndex[] = ['adjustedRandIndex', 'adjustedMutualInformation'];

function scoreLines({ scores, permutations, homogeneity, completeness }: LabelComparison, width: number): string[] {
  const rows = (Object.keys(NAMES) as AgreementIndex[]).map((name) => {
    const { observed, null: chance, p } = scores[name];
    return [NAMES[name], observed, AROUND_ZERO.includes(name) ? 0 : chance.mean, pText(p)];
  });
  return [
    ...table(['', 'score', 'chance', 'p'], rows, width - 2).map((line) => INDENT + line),
    ...wrap(
      `Higher is better. Chance: the mean over ${numberText(permutations)} permutations of the labels, 0 by definition where an index is adjusted. Homogeneity ${numberText(homogeneity)}, completeness ${numberText(completeness)}.`,
      width,
    ),
  ];
}

/** The table of all classes, * where two go with each other; undefined where it is too wide. */
function wholeTable({ first, second, table: cells, names }: LabelComparison, width: number): string[] | undefined {
  const at = new Map(cells.map((cell) => [cell.first, new Map<Label, (typeof cells)[number]>()]));
  for (const cell of cells) at.get(cell.first)!.set(cell.second, cell);
  const text = (label: Label) => clipped(printable(String(label)), NAME);
  const body = first.map(({ label }) => [
    text(label),
    ...second.map((other) => {
      const cell = at.get(label)?.get(other.label);
      return cell === undefined ? '.' : `${numberText(cell.rows)}${cell.matched ? '*' : ' '}`;
    }),
  ]);
  const heads = ['', ...second.map(({ label }) => text(label))];
  const room = heads.map((head, j) => Math.max(widthOf(head), ...body.map((row) => widthOf(row[j]!))));
  if (room.reduce((sum, columns) => sum + columns + 2, 0) > width) return undefined;
  return [
    ...wrap(`Down ${names[0]}, across ${names[1]}; * marks classes that go with each other.`, width),
    ...table(heads, body, width - 2).map((line) => INDENT + line),
  ];
}

/** The largest parts of the table that lie outside the matching. */
function partLines({ table: cells, first, second, names }: LabelComparison, width: number, all: boolean): string[] {
  const sizes = [first, second].map((side) => new Map<Label, number>(side.map(({ label, rows }) => [label, rows])));
  const chosen = all ? cells : cells.filter(({ matched }) => !matched).slice(0, PARTS);
  const left = (all ? cells.length : cells.filter(({ matched }) => !matched).length) - chosen.length;
  const rows = chosen.map((cell) => [
    String(cell.first),
    String(cell.second),
    cell.rows,
    percentText(cell.rows / sizes[0]!.get(cell.first)!),
    percentText(cell.rows / sizes[1]!.get(cell.second)!),
    ...(all ? [cell.matched ? '*' : ''] : []),
  ]);
  if (rows.length === 0) return [];
  const heads = [names[0], names[1], 'rows', `of ${names[0]}`, `of ${names[1]}`, ...(all ? [''] : [])];
  return [
    all
      ? 'Every part that is not empty; * marks classes that go with each other.'
      : 'The largest parts outside the matching:',
    ...table(heads.map(printable), rows, width - 2).map((line) => INDENT + line),
    ...(left > 0 ? [`${INDENT}and ${countText(left, 'more part')} (all with --verbose)`] : []),
  ];
}

/** Two labelings beside each other, the answer first. */
export function printComparison(
  found: LabelComparison,
  { name, reading }: Pick<LoadedData, 'name' | 'reading'>,
  { width, style }: Terminal,
  { verbose, rows }: { readonly verbose: boolean; readonly rows: string | undefined },
): string {
  const { first, second, names, moved, n, seed, sentence } = found;
  const sides = [first, second].map((side, s) => `${names[s]} (${countText(side.length, 'class', 'classes')})`);
  const dropped = sayDropped(reading);
  const moves =
    moved.length === 0
      ? 'No row lies outside the matching.'
      : `${countText(moved.length, 'row')} of ${numberText(n)} ${moved.length === 1 ? 'lies' : 'lie'} outside the matching. ${rows === undefined ? 'All of them: --rows FILE.csv.' : `They are in ${rows}.`}`;
  const lines = [
    style('bold', printable(name)),
    ...wrap(
      `${countText(n, 'row')}, ${sides.join(' against ')}, seed ${seed}${dropped === undefined ? '' : `; ${dropped}`}`,
      width,
    ),
    '',
    ...hanging('', sentence, width),
    '',
    style('bold', 'Agreement'),
    ...scoreLines(found, width),
    '',
    style('bold', 'Table'),
    ...(verbose ? partLines(found, width, true) : (wholeTable(found, width) ?? partLines(found, width, false))),
    '',
    ...wrap(moves, width),
  ];
  return `${lines.join('\n')}\n`;
}
