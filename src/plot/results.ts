import {
  type Check,
  count,
  fields,
  finite,
  label,
  list,
  named,
  optional,
  orNull,
  positive,
  requireShape,
  shared,
  text,
} from '../core/shape-check.js';

/** The fields of a result that its picture reads: a wrong result is an error that says what is missing. */
const pair = fields({ a: label, b: label, distance: finite });
const mean = fields({ mean: finite });

const silhouette = fields(
  {
    score: finite,
    samples: list(finite, 1),
    indices: list(count),
    clusters: list(fields({ label, size: positive, score: finite }), 1),
    metric: text,
  },
  ({ samples, indices }: { samples: ArrayLike<number>; indices: ArrayLike<number> }) =>
    samples.length === indices.length
      ? undefined
      : `indices must be as many as samples, got ${indices.length} and ${samples.length}`,
);

const balance = fields({ classes: list(fields({ label, count: positive, share: finite }), 1) });

const confusability = fields({
  classes: list(fields({ label, size: positive, own: finite, ownExpected: finite }), 1),
  pairs: list(fields({ from: label, to: label, count: shared })),
  mergeCandidates: list(fields({ labels: list(label, 2), count: shared, expected: finite })),
  neighbors: positive,
});

const signatures = fields(
  {
    d: positive,
    center: text,
    classes: list(fields({ label, size: positive, spread: finite, vector: list(finite) }), 1),
  },
  ({ d, classes }: { d: number; classes: { vector: ArrayLike<number> }[] }) => {
    const odd = classes.find(({ vector }) => vector.length !== d);
    return odd === undefined ? undefined : `every vector must have d = ${d} numbers, got ${odd.vector.length}`;
  },
);

const signatureDistances = fields(
  {
    labels: list(label, 2),
    matrix: list(list(finite)),
    mean: finite,
    closest: pair,
    farthest: pair,
    metric: text,
    null: orNull(mean),
  },
  ({ labels, matrix }: { labels: unknown[]; matrix: unknown[][] }) => {
    const k = labels.length;
    const square = matrix.length === k && matrix.every((row) => row.length === k);
    return square ? undefined : `matrix must have ${k} rows of ${k} numbers, got ${matrix.length} rows`;
  },
);

const filter = fields({
  steps: list(
    fields({
      threshold: finite,
      classes: count,
      classShare: finite,
      exampleShare: finite,
      score: orNull(finite),
      chance: orNull(finite),
      gain: orNull(
        fields({
          total: finite,
          droppedClasses: orNull(finite),
          betterRest: orNull(finite),
          chance: orNull(finite),
        }),
      ),
    }),
  ),
});

/** A tree over k leaves: k - 1 merges, each of two nodes that are there and stand under no other. */
function aboutTree(k: number, merges: readonly { left: number; right: number }[]): string | undefined {
  if (merges.length !== k - 1) return `merges must be ${k - 1} for ${k} labels, got ${merges.length}`;
  const used = new Set<number>();
  for (const [m, { left, right }] of merges.entries()) {
    for (const node of [left, right]) {
      if (node >= k + m || used.has(node))
        return `merges[${m}] must join two nodes of the tree, got ${left} and ${right}`;
      used.add(node);
    }
  }
  return undefined;
}

const heldOut = fields({ mean: finite, chance: mean });
const hierarchy = fields(
  {
    labels: list(label, 1),
    sizes: list(count),
    leftOut: list(label),
    merges: list(fields({ left: count, right: count, height: finite })),
    scores: list(fields({ groups: positive, silhouette: heldOut, balancedAccuracy: heldOut })),
    best: orNull(fields({ groups: positive, p: finite, alsoSupported: list(count) })),
    gain: orNull(fields({ over: positive, difference: finite })),
    p: finite,
    minClassSize: count,
  },
  (tree: {
    labels: unknown[];
    sizes: unknown[];
    merges: { left: number; right: number }[];
    scores: { groups: number }[];
    best: { groups: number } | null;
  }) => {
    const { labels, sizes, merges, scores, best } = tree;
    if (sizes.length !== labels.length) return `sizes must be ${labels.length}, one per label, got ${sizes.length}`;
    if (best !== null && (best.groups > labels.length || scores.every(({ groups }) => groups !== best.groups))) {
      return `best must be one of scores, got groups = ${best.groups}`;
    }
    return aboutTree(labels.length, merges);
  },
);

const planeRows = (least: number) =>
  fields({ points: list(list(finite, 2), least), labels: list(label), score: optional(orNull(finite)) });
const plane = fields({ method: text, training: planeRows(1), heldOut: optional(planeRows(0)) });

const scores = list(
  fields({
    name: text,
    training: orNull(finite),
    heldOut: optional(orNull(finite)),
    chance: optional(orNull(finite)),
  }),
  1,
);

const losses = fields({
  total: orNull(finite),
  byName: named(orNull(finite)),
  bounds: named(orNull(fields({ floor: finite, ceiling: finite }))),
});
const training = fields({
  objective: list(fields({ name: text })),
  epochs: list(
    fields({
      epoch: finite,
      losses,
      heldOut: orNull(losses),
      anchors: orNull(fields({ valid: count, skipped: count })),
      gradient: orNull(
        fields({
          norms: named(orNull(finite)),
          cosines: list(fields({ between: list(text, 2), cosine: orNull(finite) })),
        }),
      ),
    }),
  ),
});

const table = fields({ name: text, columns: list(text), rows: list(list(() => undefined)) });
const diagnosis = fields({
  findings: list(fields({ id: text, tables: list(table) })),
  balance,
  hierarchy: orNull(hierarchy),
  metrics: list(fields({ metric: text, space: text, rows: text, score: orNull(finite), chance: orNull(mean) })),
});
const pictures = fields({
  diagnosis,
  silhouette: optional(fields({ result: silhouette, labels: list(label, 1) })),
  signatures: optional(signatures),
  signatureDistances: optional(signatureDistances),
  confusability: optional(confusability),
  filter: optional(filter),
  planes: optional(list(plane)),
  training: optional(training),
});

const RESULTS = {
  silhouette: ['what silhouette returns', silhouette],
  balance: ['what classBalance returns', balance],
  confusability: ['what confusability returns', confusability],
  signatures: ['what signatures returns', signatures],
  signatureDistances: ['what signatureDistances returns', signatureDistances],
  filter: ['what filterSensitivity returns', filter],
  hierarchy: ['what labelHierarchy returns', hierarchy],
  plane: ['a plane { method, training, heldOut }', plane],
  training: ['the record that train returns', training],
  pictures: ['results { diagnosis, ... }', pictures],
} as const satisfies Readonly<Record<string, readonly [made: string, check: Check]>>;

/** @throws InputError wrong-type, with the field that is not as the picture needs it. */
export function requireResult(where: string, kind: keyof typeof RESULTS, value: unknown): void {
  const [made, check] = RESULTS[kind];
  requireShape(where, made, check, value);
}

/**
 * The scores of `beforeAfter`, which has no result of its own.
 *
 * @throws InputError wrong-type.
 */
export function requireScores(where: string, value: unknown): void {
  requireShape(where, 'an array of { name, training, heldOut, chance }', (given) => scores(given, 'rows'), value);
}
