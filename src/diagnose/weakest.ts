import type { Label } from '../core/types.js';
import type { Confusability } from '../signatures/confusability.js';
import type { Context } from './findings/context.js';
import { gapsOf } from './gaps-of.js';
import type { Answer, WeakClass, WeakPair } from './types.js';

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

/** Labels 1 and '1' are two. */
const keyOf = (a: Label, b: Label) => JSON.stringify([typeof a, String(a), typeof b, String(b)]);

function weakPairs({ pairs, classes }: Confusability, context: Context): WeakPair[] {
  const sizes = new Map(classes.map(({ label, size }) => [label, size]));
  const found = new Map<string, { labels: readonly [Label, Label]; confused: number; gap: boolean | null }>();
  const pairOf = (a: Label, b: Label) => {
    const known = found.get(keyOf(a, b)) ?? found.get(keyOf(b, a));
    if (known !== undefined) return known;
    const pair = { labels: [a, b] as const, confused: 0, gap: null };
    found.set(keyOf(a, b), pair);
    return pair;
  };
  for (const { from, to, count } of pairs) if (from !== to) pairOf(from, to).confused += count;
  for (const { labels, gap } of gapsOf(context)?.pairs ?? []) pairOf(...labels).gap = gap;
  const rowsOf = (label: Label) => sizes.get(label) ?? 0;
  return [...found.values()]
    .map((pair) => ({ ...pair, rows: rowsOf(pair.labels[0]) + rowsOf(pair.labels[1]) }))
    .filter(({ confused, rows, gap }) => gap === false || confused > CONFUSED * rows)
    .sort((a, b) => b.confused / b.rows - a.confused / a.rows || b.rows - a.rows)
    .map(({ labels, confused, rows, gap }) => ({ labels, confused, rows, gap }));
}

/** Classes whose rows do not keep to themselves, and pairs without a gap or with rows beside each other. */
export function weakestOf(context: Context): Answer['weakest'] {
  const near = context.confusability();
  if ('reason' in near) return { classes: [], pairs: [] };
  return { classes: weakClasses(near).slice(0, MOST), pairs: weakPairs(near, context).slice(0, MOST) };
}
