import fc from 'fast-check';

export interface Clustering {
  readonly kind: string;
  readonly points: number[][];
  /** 0 .. k - 1, each at least once, 2 <= k <= n - 1. */
  readonly labels: number[];
}

const value = fc.double({ min: -5, max: 5, noNaN: true }).map((v) => (Math.abs(v) < 1e-6 ? 0 : v));
const step = fc.integer({ min: -3, max: 3 });

/** Where coordinates come from: random, and each way in which data degenerate. */
export const coordinates = {
  random: value,
  'few integers': step,
  zeros: fc.constant(0),
  'all equal': fc.constant(3.7),
  huge: step.map((v) => v * 1e9),
  tiny: step.map((v) => v * 1e-9),
  negative: value.map((v) => -Math.abs(v) - 1),
  'halves far from the origin': step.map((v) => 1e7 + v / 2),
  'huge and tiny': fc.constantFrom(0, 1e-9, 2e-9, -1e-9, 5e-9, 1, 1e9, -1e9),
} as const;

export type Kind = keyof typeof coordinates;

/** Random labels that use each of 0 .. k - 1. */
function labelsOf(n: number, k: number): fc.Arbitrary<number[]> {
  return fc
    .tuple(
      fc.array(fc.nat(k - 1), { minLength: n - k, maxLength: n - k }),
      fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n }),
    )
    .map(([rest, order]) => order.map((at) => [...Array(k).keys(), ...rest][at]!));
}

/** Points of the given kinds with labels; a row is repeated now and then, and k reaches n - 1. */
export function clusterings(kinds: readonly Kind[] = Object.keys(coordinates) as Kind[]): fc.Arbitrary<Clustering> {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      n: fc.integer({ min: 3, max: 24 }),
      d: fc.constantFrom(1, 1, 2, 3, 7),
      share: fc.constantFrom(0, 0, 0.3, 1),
    })
    .chain(({ kind, n, d, share }) => {
      const k = 2 + Math.floor(share * (n - 3));
      return fc.record({
        kind: fc.constant(kind),
        points: fc
          .tuple(
            fc.array(fc.array(coordinates[kind], { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
            fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 4 }),
          )
          .map(([rows, copies]) => {
            for (const [from, to] of copies) rows[to] = [...rows[from]!];
            return rows as number[][];
          }),
        labels: labelsOf(n, k),
      });
    });
}
