import { Rng } from 'clusterlens/nn';

export interface Split {
  readonly training: Int32Array;
  readonly heldOut: Int32Array;
}

/**
 * Splits rows class by class: the rounded share of each class is held out, but at least one row and
 * not the last of a class of two or more; a class of one row goes to training. Both lists are sorted.
 */
export function stratifiedSplit(labels: readonly string[], options: { heldOut: number; seed: number }): Split {
  const rng = new Rng(options.seed);
  const members = new Map<string, number[]>();
  labels.forEach((label, i) => {
    members.set(label, [...(members.get(label) ?? []), i]);
  });
  const training: number[] = [];
  const heldOut: number[] = [];
  for (const rows of members.values()) {
    rng.shuffle(rows);
    const share = Math.round(rows.length * options.heldOut);
    const held = rows.length === 1 ? 0 : Math.min(rows.length - 1, Math.max(1, share));
    heldOut.push(...rows.slice(0, held));
    training.push(...rows.slice(held));
  }
  return { training: Int32Array.from(training).sort(), heldOut: Int32Array.from(heldOut).sort() };
}
