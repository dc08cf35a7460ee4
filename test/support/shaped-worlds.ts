import type { Rng } from '../../src/core/rng.js';

/** Points and labels with a known truth. */
export interface World {
  readonly points: number[][];
  readonly labels: number[];
}

type Maker = (rng: Rng) => World;

const between = (rng: Rng, low: number, high: number) => low + (high - low) * rng.uniform();
const whole = (rng: Rng, low: number, high: number) => low + rng.integer(high - low + 1);
const normals = (rng: Rng, d: number, sd = 1) => Array.from({ length: d }, () => sd * rng.normal());
const plus = (a: readonly number[], b: readonly number[]) => a.map((v, c) => v + b[c]!);

/** n rows of k classes; `row` makes one of class c. Sizes differ at random up to about twofold. */
function world(rng: Rng, n: number, k: number, row: (c: number, t: number) => number[]): World {
  const weights = Array.from({ length: k }, () => between(rng, 1, 2));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const points: number[][] = [];
  const labels: number[] = [];
  weights.forEach((weight, c) => {
    const size = Math.max(5, Math.round((n * weight) / total));
    for (let t = 0; t < size; t++) {
      points.push(row(c, t));
      labels.push(c);
    }
  });
  return { points, labels };
}

/** Further columns of noise. */
function padded(rng: Rng, { points, labels }: World, columns: number, sd: number): World {
  return { labels, points: points.map((row) => [...row, ...normals(rng, columns, sd)]) };
}

const moons: Maker = (rng) => {
  const noise = between(rng, 0.03, 0.1);
  const made = world(rng, whole(rng, 200, 900), 2, (c) => {
    const angle = Math.PI * rng.uniform();
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return plus(c === 0 ? [x, y] : [1 - x, 0.5 - y], normals(rng, 2, noise));
  });
  return padded(rng, made, rng.integer(4), 0.05);
};

const spirals: Maker = (rng) => {
  const arms = whole(rng, 2, 4);
  const turns = between(rng, 0.7, 1.1);
  return world(rng, whole(rng, 110, 200) * arms, arms, (c) => {
    const t = Math.sqrt(between(rng, 0.05, 1));
    const angle = 2 * Math.PI * (turns * t + c / arms);
    return plus([t * Math.cos(angle), t * Math.sin(angle)], normals(rng, 2, 0.012));
  });
};

const circles: Maker = (rng) => {
  const rings = whole(rng, 2, 3);
  const d = whole(rng, 2, 3);
  return world(rng, whole(rng, 200, 500) * rings, rings, (c) => {
    const direction = normals(rng, d);
    const length = Math.hypot(...direction);
    return plus(
      direction.map((v) => ((c + 1) * v) / length),
      normals(rng, d, 0.07),
    );
  });
};

const strips: Maker = (rng) => {
  const k = whole(rng, 2, 5);
  const length = between(rng, 25, 60);
  const made = world(rng, whole(rng, 80, 250) * k, k, (c) => [length * rng.uniform(), 7 * c + rng.normal()]);
  return padded(rng, made, rng.integer(4), 1);
};

/** Classes of several compact pieces that lie among those of the other classes. */
const pieces: Maker = (rng) => {
  const k = whole(rng, 3, 10);
  const d = whole(rng, 4, 10);
  const each = whole(rng, 5, 12);
  const centers = Array.from({ length: k * each }, () => normals(rng, d));
  const sd = 0.2 / Math.sqrt(d / 4);
  return world(rng, k * each * 8, k, (c) => plus(centers[c * each + rng.integer(each)]!, normals(rng, d, sd)));
};

/** Waves one above the other, each many times as long as it is wide. */
const chains: Maker = (rng) => {
  const k = whole(rng, 2, 6);
  const [length, height] = [between(rng, 12, 25), between(rng, 0.5, 1.2)];
  const made = world(rng, whole(rng, 100, 200) * k, k, (c) => {
    const x = length * rng.uniform();
    return plus([x, height * Math.sin(x) + 2 * c], normals(rng, 2, 0.12));
  });
  return padded(rng, made, rng.integer(3), 0.12);
};

/** Spheres around one centre, one inside the other, with rows in proportion to their surface. */
const shells: Maker = (rng) => {
  const [k, d] = rng.integer(2) === 0 ? [whole(rng, 2, 3), 3] : [2, 4];
  const surfaces = Array.from({ length: k }, (_, c) => (1 + 1.5 * c) ** (d - 1));
  const total = surfaces.reduce((sum, v) => sum + v, 0);
  const labels = surfaces.flatMap((v, c) => new Array<number>(Math.round(20 + (900 * v) / total)).fill(c));
  return {
    labels,
    points: labels.map((c) => {
      const direction = normals(rng, d);
      const length = Math.hypot(...direction);
      return direction.map((v) => ((1 + 1.5 * c + 0.06 * rng.normal()) * v) / length);
    }),
  };
};

/** Letters as strokes from corner to corner, in a frame of width 2 and height 4, drawn twice as high. */
const STROKES: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>> = {
  C: [
    [2, 4, 0, 4],
    [0, 4, 0, 0],
    [0, 0, 2, 0],
  ],
  L: [
    [0, 4, 0, 0],
    [0, 0, 2, 0],
  ],
  T: [
    [0, 4, 2, 4],
    [1, 4, 1, 0],
  ],
  U: [
    [0, 4, 0, 0],
    [0, 0, 2, 0],
    [2, 0, 2, 4],
  ],
  H: [
    [0, 4, 0, 0],
    [0, 2, 2, 2],
    [2, 4, 2, 0],
  ],
  V: [
    [0, 4, 1, 0],
    [1, 0, 2, 4],
  ],
};

/** A word: narrow letters side by side, each nearer to its neighbours than it is high. */
const letters: Maker = (rng) => {
  const k = whole(rng, 3, 6);
  const word = rng.shuffle(Object.keys(STROKES).map((_, at) => at));
  const shapes = Object.values(STROKES);
  return world(rng, whole(rng, 80, 200) * k, k, (c) => {
    const strokes = shapes[word[c]!]!;
    const lengths = strokes.map(([a, b, x, y]) => Math.hypot(x - a, 2 * (y - b)));
    let left = rng.uniform() * lengths.reduce((sum, v) => sum + v, 0);
    let s = 0;
    while (s < strokes.length - 1 && left > lengths[s]!) left -= lengths[s++]!;
    const [a, b, x, y] = strokes[s]!;
    const t = left / lengths[s]!;
    return plus([2.6 * c + a + t * (x - a), 2 * (b + t * (y - b))], normals(rng, 2, 0.06));
  });
};

/** Centres at least `gap` apart. */
function spread(rng: Rng, k: number, d: number, gap: number): number[][] {
  const centers: number[][] = [];
  let side = gap;
  while (centers.length < k) {
    const center = Array.from({ length: d }, () => side * (rng.uniform() - 0.5) * 2);
    if (centers.every((other) => Math.hypot(...center.map((v, c) => v - other[c]!)) >= gap)) centers.push(center);
    else side *= 1.02;
  }
  return centers;
}

/** Round groups whose nearest centres are `gap` standard deviations apart. */
const round =
  (low: number, high: number, most = 20): Maker =>
  (rng) => {
    const d = whole(rng, 2, most);
    const k = whole(rng, 2, 8);
    const centers = spread(rng, k, d, between(rng, low, high));
    return world(rng, whole(rng, 30, 120) * k, k, (c) => plus(centers[c]!, normals(rng, d)));
  };

const unequal: Maker = (rng) => {
  const d = whole(rng, 2, 12);
  const k = whole(rng, 2, 6);
  const centers = spread(rng, k, d, 12);
  const sds = centers.map(() => between(rng, 0.5, 1.8));
  return world(rng, whole(rng, 30, 120) * k, k, (c) => plus(centers[c]!, normals(rng, d, sds[c]!)));
};

const dealt: Maker = (rng) => {
  const { points, labels } = round(5, 8)(rng);
  return { points, labels: rng.shuffle(labels.slice()) };
};

/** Overlapping round groups of which each row comes with near copies. */
const copies: Maker = (rng) => {
  const { points, labels } = round(0.5, 2)(rng);
  const times = whole(rng, 2, 4);
  const sd = 10 ** between(rng, -6, -2);
  return {
    points: points.flatMap((row) => Array.from({ length: times }, () => plus(row, normals(rng, row.length, sd)))),
    labels: labels.flatMap((c) => Array.from({ length: times }, () => c)),
  };
};

/** A cloud without groups, cut into cells by the nearest of k of its rows after some rounds of k-means. */
const cells: Maker = (rng) => {
  const d = whole(rng, 2, 10);
  const n = whole(rng, 200, 900);
  const uniform = rng.uniform() < 0.5;
  const points = Array.from({ length: n }, () =>
    uniform ? Array.from({ length: d }, () => rng.uniform()) : normals(rng, d),
  );
  let centers = Array.from({ length: whole(rng, 2, 10) }, () => points[rng.integer(n)]!);
  let labels: number[] = [];
  for (let t = 0; t < 20; t++) {
    labels = points.map((row) => {
      const gaps = centers.map((center) => center.reduce((sum, v, c) => sum + (v - row[c]!) ** 2, 0));
      return gaps.indexOf(Math.min(...gaps));
    });
    centers = centers.map((center, c) => {
      const own = points.filter((_, i) => labels[i] === c);
      return own.length === 0 ? center : center.map((_, j) => own.reduce((sum, row) => sum + row[j]!, 0) / own.length);
    });
  }
  return { points, labels };
};

/** Worlds whose groups are no balls although neighbours agree. */
export const SHAPED: Readonly<Record<string, Maker>> = {
  moons,
  spirals,
  circles,
  strips,
  pieces,
  chains,
  shells,
  letters,
};

/** Worlds in which the silhouette says what neighbours say. */
export const PLAIN: Readonly<Record<string, Maker>> = {
  'round, 5 to 8 sd apart': round(5, 8),
  'round, 3 to 5 sd apart': round(3, 5),
  'round, up to 60 columns': round(6, 9, 60),
  'round, unequal spread': unequal,
  'overlap, 0.5 to 2.5 sd apart': round(0.5, 2.5),
  'random labels': dealt,
  'overlap with near copies': copies,
  'cells of a cloud': cells,
};

/** Directions with lengths that say nothing, log-normal, where every other metric sees the lengths. */
const directions: Maker = (rng) => {
  const d = whole(rng, 3, 20);
  const k = whole(rng, 2, 6);
  const axes = spread(rng, k, d, 1).map((row) => row.map((v) => v / Math.hypot(...row)));
  const spreadOf = between(rng, 0.1, 0.3) / Math.sqrt(d);
  const sd = between(rng, 0.6, 1.2);
  return world(rng, whole(rng, 40, 120) * k, k, (c) => {
    const length = Math.exp(sd * rng.normal());
    return plus(axes[c]!, normals(rng, d, spreadOf)).map((v) => length * v);
  });
};

/** Profiles: a shape of the row beside an offset and an amplitude that say nothing. */
const profiles: Maker = (rng) => {
  const d = whole(rng, 6, 24);
  const k = whole(rng, 2, 5);
  const shapes = Array.from({ length: k }, () => normals(rng, d));
  const offset = between(rng, 2, 5);
  return world(rng, whole(rng, 40, 120) * k, k, (c) => {
    const amplitude = Math.exp(0.5 * rng.normal());
    const level = offset * rng.normal();
    return plus(shapes[c]!, normals(rng, d, 0.4)).map((v) => amplitude * v + level);
  });
};

/** One column of noise in a unit that drowns the others. */
const drowned: Maker = (rng) => {
  const { points, labels } = round(6, 9, 10)(rng);
  const unit = 10 ** between(rng, 1.5, 3);
  return { labels, points: points.map((row) => [...row, unit * rng.normal()]) };
};

/** Groups that all columns tell together, of which one is in a smaller unit than the others. */
const otherUnit: Maker = (rng) => {
  const d = whole(rng, 3, 10);
  const k = whole(rng, 4, 8);
  const centers = spread(rng, k, d, between(rng, 6, 9));
  const unit = 10 ** between(rng, 1.5, 3);
  return world(rng, whole(rng, 30, 120) * k, k, (c) =>
    plus(centers[c]!, normals(rng, d)).map((v, column) => (column === 0 ? unit * v : v)),
  );
};

/** Worlds in which an angle shows the groups. */
export const ANGLES: Readonly<Record<string, Maker>> = { directions, profiles };
/** Worlds in which scaling the columns shows the groups. */
export const DROWNED: Readonly<Record<string, Maker>> = { drowned, otherUnit };
