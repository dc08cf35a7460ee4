import type { FindingId } from '../finding-types.js';
import type { Context } from './context.js';
import { type PairedEffect, pairedEffect } from './scaling-effect.js';

/** A change of an index that matters. */
export const MATTERS = 0.05;

/** Loss of agreement that is none. */
const SLACK = 0.01;

interface WideColumn {
  /** 'harms': the classes are told apart better once it counts as the others do. */
  readonly verdict: 'harms' | 'signal' | 'elsewhere';
  readonly agreement: PairedEffect['neighborAgreement'] | null;
  readonly words: string;
}

/** Whether a wide column stands in the way, is the signal itself, or is no measurement and judged as such. */
export function wideColumn(context: Context, column: number): WideColumn {
  const elsewhere = (id: FindingId): WideColumn => ({
    verdict: 'elsewhere',
    agreement: null,
    words: ` It is no measurement as it stands: see ${id}.`,
  });
  if (context.identifiers().columns.some((of) => of.column === column)) return elsewhere('identifier-columns');
  if (context.placeholders().values.some((of) => of.column === column)) return elsewhere('placeholder-values');
  const effect = pairedEffect(context);
  if (effect === null) return { verdict: 'signal', agreement: null, words: '' };
  const { silhouette, neighborAgreement: agreement } = effect;
  const told = agreement.mean > 0 && agreement.p < context.alpha;
  const rounder = silhouette.mean >= MATTERS && silhouette.p < context.alpha && agreement.mean >= -SLACK;
  if (told || rounder) return { verdict: 'harms', agreement, words: '' };
  const words = ` So its width does not stand in the way of the classes.`;
  return { verdict: 'signal', agreement, words };
}
