import { expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { gatherRows } from '../../../src/kernels/cluster-order.js';
import { cutTree } from '../../../src/statistics/ward.js';
import { WIDEST } from '../../../src/statistics/whitened.js';
import { byCoordinates, byProducts, type Folded } from '../../../src/studies/hierarchy/fold-ways.js';
import { scoreCuts } from '../../../src/studies/hierarchy/grouping-scores.js';

const [n, k, folds] = [60, 5, 3];
const rng = new Rng(9);

function world(d: number): Folded & { readonly labels: Int32Array } {
  const labels = Int32Array.from({ length: n }, (_, i) => i % k);
  const rows = Float64Array.from(
    { length: n * d },
    (_, p) => (labels[Math.floor(p / d)]! * ((p % d) % 7)) / 7 + rng.normal(),
  );
  const members = Array.from({ length: folds }, (_, f) =>
    labels.map((_c, i) => i).filter((i) => Math.floor(i / k) % folds === f),
  );
  return { rows, n, d, k, members, labels };
}

/** Sums over the training rows of each class of the numbers that a way asks for. */
function trainingSums(way: ReturnType<typeof byProducts>, { members, labels }: ReturnType<typeof world>, f: number) {
  const sums = new Float64Array(k * way.width);
  members.forEach((held, g) => {
    if (g === f) return;
    const numbers = way.numbers(g);
    held.forEach((i, p) => {
      for (let c = 0; c < way.width; c++) sums[labels[i]! * way.width + c]! += numbers[p * way.width + c]!;
    });
  });
  return sums;
}

it('products of rows lead to the same tree and the same nearest centroids as coordinates', () => {
  const folded = world(WIDEST + 3);
  const [one, other] = [byCoordinates(folded), byProducts(folded)];
  for (let f = 0; f < folds; f++) {
    const sizes = new Float64Array(k).fill(n / k - n / k / folds);
    const made = [one, other].map((way) => way.products(f, trainingSums(way, folded, f), sizes.slice(), folded.labels));
    const [a, b] = [made[0]!, made[1]!];
    expect(b.tree.left).toStrictEqual(a.tree.left);
    b.tree.height.forEach((height, m) => {
      expect(height).toBeCloseTo(a.tree.height[m]!, 9);
    });
    // Squared distances of held-out rows to centroids, of which both leave out the square of the row.
    const gaps = ({ products, grams }: (typeof made)[number]) =>
      Array.from({ length: products.length }, (_, p) => {
        const [c, i] = [p % k, Math.floor(p / k)];
        const square = (g: number) =>
          grams[g * k + g]! / sizes[g]! ** 2 - (2 * products[(g * products.length) / k + i]!) / sizes[g]!;
        return square(c) - square(0);
      });
    gaps(b).forEach((gap, p) => {
      expect(gap).toBeCloseTo(gaps(a)[p]!, 8);
    });
  }
});

it('cuts are scored as groups of the definition, whichever were scored before', () => {
  const folded = world(4);
  const { rows, d, members, labels } = folded;
  const way = byCoordinates(folded);
  const held = members[0]!;
  const m = held.length;
  const own = Int32Array.from(held, (i) => labels[i]!);
  const block = gatherRows(rows, d, held);
  const distance = (i: number, j: number) =>
    Math.hypot(...Array.from({ length: d }, (_, c) => block[i * d + c]! - block[j * d + c]!));
  const sums = () => {
    const distances = new Float64Array(m * k);
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) distances[own[j]! * m + i]! += distance(i, j);
    const counts = new Float64Array(k).fill(m / k);
    const sizes = new Float64Array(k).fill((n - m) / k);
    const { tree, ...products } = way.products(0, trainingSums(way, folded, 0), sizes, labels);
    return { tree, sums: { held: own, distances, counts, sizes, ...products } };
  };
  const all = [2, 3, 4, 5];
  const [silhouettes, accuracies] = [new Float64Array(4), new Float64Array(4)];
  const first = sums();
  scoreCuts(first.tree, k, all, first.sums, silhouettes, accuracies);
  all.forEach((groups, position) => {
    const groupOf = cutTree(first.tree, k, groups);
    const width = (i: number) => {
      const mean = (g: number) => {
        const others = own.map((_c, j) => j).filter((j) => j !== i && groupOf[own[j]!] === g);
        return others.reduce((sum, j) => sum + distance(i, j), 0) / others.length;
      };
      const mine = groupOf[own[i]!]!;
      const b = Math.min(...Array.from({ length: groups }, (_, g) => (g === mine ? Infinity : mean(g))));
      return (b - mean(mine)) / Math.max(b, mean(mine));
    };
    expect(silhouettes[position]).toBeCloseTo(own.reduce((sum, _c, i) => sum + width(i), 0) / m, 12);
    const alone = sums();
    const { products, grams, sizes } = sums().sums;
    const nearest = (i: number) => {
      const distances = Array.from({ length: groups }, (_, g) => {
        const classes = [0, 1, 2, 3, 4].filter((c) => groupOf[c] === g);
        const weight = classes.reduce((sum, c) => sum + sizes[c]!, 0);
        const product = classes.reduce((sum, c) => sum + products[c * m + i]!, 0);
        const square = classes.reduce((sum, a) => classes.reduce((part, b) => part + grams[a * k + b]!, sum), 0);
        return square / weight ** 2 - (2 * product) / weight;
      });
      return distances.indexOf(Math.min(...distances));
    };
    const shares = Array.from({ length: groups }, (_, g) => {
      const of = own.map((_c, i) => i).filter((i) => groupOf[own[i]!] === g);
      return of.filter((i) => nearest(i) === g).length / of.length;
    });
    expect(accuracies[position]).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / groups, 12);
    const [silhouette, accuracy] = [new Float64Array(1), new Float64Array(1)];
    scoreCuts(alone.tree, k, [groups], alone.sums, silhouette, accuracy);
    expect(silhouette[0]).toBeCloseTo(silhouettes[position]!, 12);
    expect(accuracy[0]).toBe(accuracies[position]);
  });
});
