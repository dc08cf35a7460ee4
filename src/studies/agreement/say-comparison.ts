import { countText, numberText, percentText, pIs } from '../../core/words.js';
import type { LabelComparison, LabelDifference } from './agreement-types.js';

/** Differences, and classes of one, that a sentence names. */
const MOST = 3;
/** Share of the rows that differ from which on a difference is named. */
const WORTH = 0.05;

function listed(names: readonly string[]): string {
  const shown = names.length > MOST + 1 ? [...names.slice(0, MOST), `${names.length - MOST} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

const quoted = (labels: readonly unknown[]) => listed(labels.map((label) => `'${label}'`));

/** One difference in words. */
export function sayDifference(
  { kind, first, second, rows }: LabelDifference,
  [a, b]: readonly [string, string],
): string {
  const [ofFirst, ofSecond] = [`${a} ${quoted(first)}`, `${b} ${quoted(second)}`];
  if (kind === 'split') return `${ofFirst} is split into ${ofSecond} (${countText(rows, 'row')})`;
  if (kind === 'joined') return `${ofSecond} joins ${ofFirst} (${countText(rows, 'row')})`;
  return `${countText(rows, 'row')} of ${ofFirst} ${rows === 1 ? 'is' : 'are'} in ${ofSecond}`;
}

/** The largest differences, and how many rows are left. */
function differencesText(differences: readonly LabelDifference[], names: readonly [string, string]): string {
  const total = differences.reduce((sum, { rows }) => sum + rows, 0);
  const told = differences.slice(0, MOST).filter(({ rows }) => rows >= WORTH * total);
  const others = differences.slice(told.length);
  const rest = others.reduce((sum, { rows }) => sum + rows, 0);
  const spread = others.length === 1 ? '' : `, at most ${numberText(others[0]?.rows ?? 0)} in the same two classes`;
  const end =
    rest === 0
      ? []
      : [
          `${countText(rest, told.length === 0 ? 'row' : 'more row')} ${rest === 1 ? 'lies' : 'lie'} elsewhere${spread}`,
        ];
  return [...told.map((of) => sayDifference(of, names)), ...end].join('; ');
}

/** The score as people quote it; never 1.00 or 0.00 where it is not. */
function scoreText(value: number): string {
  const short = value.toFixed(2);
  return Number(short) === value || (Math.abs(Number(short)) !== 1 && Number(short) !== 0)
    ? String(Number(short))
    : String(Number(value.toPrecision(3)));
}

type Said = Pick<LabelComparison, 'verdict' | 'scores' | 'differences' | 'first' | 'second' | 'names' | 'n'>;

function trivialText({ first, second, names, n }: Said): string {
  const which = first.length === 1 || first.length === n ? 0 : 1;
  const one = [first, second][which]!.length === 1;
  const has = one ? 'puts all rows into one class' : 'has a class for each row';
  return `${names[which]} ${has}, so there is nothing that the other could agree with.`;
}

/** The answer in one sentence. */
export function sayComparison(of: Said): string {
  const { verdict, scores, differences, first, names } = of;
  const { adjustedRandIndex: rand, matchingAccuracy: matching } = scores;
  if (verdict === 'trivial') return trivialText(of);
  if (verdict === 'same') {
    return `The two divisions are the same: ${names[0]} and ${names[1]} put the same rows together, in ${countText(first.length, 'class', 'classes')}.`;
  }
  const chance = `by chance ${percentText(matching.null.mean)}`;
  if (verdict === 'chance') {
    return `The two divisions agree no more than random labels would: they match in ${percentText(matching.observed)} of rows (${chance}), adjusted Rand ${scoreText(rand.observed)} (${pIs(rand.p)}).`;
  }
  return `The two divisions agree in ${percentText(matching.observed)} of rows (${chance}; adjusted Rand ${scoreText(rand.observed)}); what differs: ${differencesText(differences, names)}.`;
}
