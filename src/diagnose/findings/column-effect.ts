import { numberText } from '../../core/words.js';
import type { ColumnScores } from '../../studies/columns/column-scores.js';
import type { Evidence } from '../finding-types.js';
import type { Context } from './context.js';
import { AGREEMENT, measuredBy, SIGNED } from './words.js';

function moved(name: string, from: number, to: number): string {
  const [a, b] = [numberText(from), numberText(to)];
  if (a === b) return `the ${name} stays at ${b}`;
  return `the ${name} ${to > from ? 'rises' : 'falls'} from ${a} to ${b}`;
}

/** 'Without them the silhouette rises from 0.1 to 0.4 and the neighbour agreement stays at 1'. */
export function changeWords(start: string, before: ColumnScores, after: ColumnScores): string {
  const width = moved('silhouette', before.silhouette, after.silhouette);
  const agreement = moved('neighbour agreement', before.neighborAgreement, after.neighborAgreement);
  return `${start} ${width} and ${agreement}`;
}

/** Both scores before and after, as evidence; nothing where they have no value. */
export function scoresBeside(
  { note }: Pick<Context, 'note'>,
  beforeText: string,
  before: ColumnScores | null,
  afterText: string,
  after: ColumnScores | null,
): Evidence[] {
  if (before === null || after === null) return [];
  const width = measuredBy('silhouette', { ...SIGNED, ...note });
  const agreement = measuredBy('neighborAgreement', { ...AGREEMENT, ...note });
  return [
    width('silhouetteBefore', `Silhouette ${beforeText}`, before.silhouette),
    width('silhouetteAfter', `Silhouette ${afterText}`, after.silhouette),
    agreement('agreementBefore', `Neighbour agreement ${beforeText}`, before.neighborAgreement),
    agreement('agreementAfter', `Neighbour agreement ${afterText}`, after.neighborAgreement),
  ];
}
