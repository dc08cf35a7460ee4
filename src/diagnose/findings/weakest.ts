import type { Label } from '../../core/types.js';
import type { Confusability } from '../../signatures/confusability-types.js';
import type { ClassOverlaps } from '../../studies/overlap/overlap-of.js';
import type { Answer, WeakClass, WeakPair } from '../answer-types.js';
import type { Context } from './context.js';
import { gapsOf } from './gaps-of.js';

/** Halfway between chance and agreement of all neighbours, as for the overlap of all classes together. */
const HALF = 0.5;
/** Share of the rows of two classes that lie beside the other one, above which the pair is worth a word. */
const CONFUSED = 0.03;
const MOST = 10;

function weakClasses({ classes }: Confusability): WeakClass[] {
  return classes
    .filter(({ size, own, ownExpected }) => size >= 2 && own - ownExpected < HALF * (1 - ownExpected))
    .sort((a, b) => a.own - a.ownExpected - (b.own - b.ownExpected) || b.size - a.size)
    .map(({ label, size, own, ownExpected }) => ({ label, rows: size, own, chance: ownExpected }));
}

/** The same for both orders of two labels; labels 1 and '1' are two. */
const keyOf = (labels: readonly [Label, Label]) =>
  labels
    .map((label) => JSON.stringify([typeof label, String(label)]))
    .sort()
    .join();

/** In the order of the overlaps, most shared rows first; then pairs that share no row and leave no gap. */
function weakPairs({ classes }: Confusability, { pairs }: ClassOverlaps, context: Context): WeakPair[] {
  const sizes = new Map(classes.map(({ label, size }) => [label, size]));
  const gaps = new Map((gapsOf(context)?.pairs ?? []).map((pair) => [keyOf(pair.labels), pair]));
  const sharing = new Set(pairs.map(({ labels }) => keyOf(labels)));
  const apart = [...gaps].flatMap(([key, { labels }]) => (sharing.has(key) ? [] : [{ labels, rows: 0 }]));
  return [...pairs, ...apart]
    .map(({ labels, rows: confused }) => ({
      labels,
      confused,
      rows: (sizes.get(labels[0]) ?? 0) + (sizes.get(labels[1]) ?? 0),
      gap: gaps.get(keyOf(labels))?.gap ?? null,
    }))
    .filter(({ confused, rows, gap }) => gap === false || confused > CONFUSED * rows);
}

/** Classes whose rows do not keep to themselves, and pairs without a gap or with rows beside each other. */
export function weakestOf(context: Context): Answer['weakest'] {
  const near = context.confusability();
  const overlaps = context.overlap();
  if ('reason' in near || 'reason' in overlaps) return { classes: [], pairs: [] };
  return { classes: weakClasses(near).slice(0, MOST), pairs: weakPairs(near, overlaps, context).slice(0, MOST) };
}
