import { columnText } from '../core/place.js';
import { withJson } from '../core/plain.js';
import { nothingMore } from '../data/options.js';
import { rowNameOf } from '../data/row-name.js';
import { checkClaims } from '../studies/claims/verify-claims.js';
import { spaceScores } from '../studies/spaces/space-scores.js';
import type { SpaceScores } from '../studies/spaces/space-types.js';
import { answerOf } from './answer.js';
import { readContext } from './diagnose-context.js';
import type { Context, MadeFinding } from './findings/context.js';
import { FINDINGS } from './findings/table.js';
import type { DiagnoseInput, DiagnoseOptions } from './input-types.js';
import { settle } from './settle.js';
import type { BalanceSummary, Diagnosis, MetricRow } from './types.js';

function metricRows(space: string, rows: MetricRow['rows'], scores: SpaceScores): MetricRow[] {
  const better = { silhouette: 'higher', daviesBouldin: 'lower', neighborAgreement: 'higher' } as const;
  return (['silhouette', 'daviesBouldin', 'neighborAgreement'] as const).map((metric): MetricRow => {
    const { score, reason, chance, adjusted, p, interval } = scores[metric];
    return {
      metric,
      space,
      rows,
      score,
      ...(reason === undefined ? {} : { reason }),
      better: better[metric],
      chance,
      p,
      adjusted,
      ...(interval === undefined ? {} : { interval }),
      // Davies-Bouldin needs no pairs of rows, and is always that of all.
      ...(scores.sample === undefined || metric === 'daviesBouldin' ? {} : { sample: scores.sample }),
    };
  });
}

function metricsOf(context: Context): MetricRow[] {
  const comparison = context.comparison();
  const { metric, permutations, seed, data } = context;
  if (comparison === null) {
    const found = context.significance();
    const setup = { metric, permutations, seed, sampleSize: context.sampleSize };
    return metricRows('input', 'all', spaceScores(data, setup, found));
  }
  return comparison.spaces.flatMap(({ name, training, heldOut }) => [
    ...metricRows(name, 'training', training),
    ...(heldOut === null ? [] : metricRows(name, 'held-out', heldOut)),
  ]);
}

function balanceSummary({ balance }: Context): BalanceSummary {
  const {
    classes,
    median,
    mean,
    singletons,
    imbalanceRatio,
    entropy,
    evenness,
    effectiveClasses,
    gini,
    imbalanceDegree,
    lrid,
  } = balance;
  return {
    classes,
    median,
    mean,
    singletons,
    imbalanceRatio,
    entropy,
    evenness,
    effectiveClasses,
    gini,
    imbalanceDegree,
    lrid,
  };
}

/**
 * Are these clusters real? If not, why not, and what do you do? The result has one answer and the findings behind
 * it. A finding tests one hypothesis. It has a verdict, the numbers that led to the verdict, what would change it,
 * and what to do. Points and labels are enough. Spaces, a training record, held-out rows and claims bring further
 * findings.
 *
 * A verdict is 'confirmed', 'rejected' or 'inconclusive'. 'inconclusive' means that the test could not be made, or
 * that the data are too few to tell. `Severity` defines the severities. Every test holds the level `alpha`. It is
 * corrected for the number of indices, classes, thresholds or groups that the finding looks at. A finding that
 * rests on a threshold and not on a test gives the threshold in `changesIf`.
 * @returns plain data, the same for the same input, options and seed. `JSON.stringify` writes it in the
 *   spelling of `toPlain`, of which `diagnosis.schema.json` is the JSON Schema.
 * @throws InputError and ShapeError for bad input. What is undefined on these data is a finding
 *   'inconclusive' with the reason, not an error. The reason of `signal` when it is aborted.
 *
 * Cost O(n d) and, on at most `sampleSize` rows m, O(m^2 (d + permutations)); no n x n matrix, and one of m x m
 * where there are 100 columns or more and m is at most 2,048.
 * Above `sampleSize` rows the sampled paths are taken by themselves, and each number that comes from
 * a sample says so.
 *
 * @example
 * import { diagnose } from 'clusterlens';
 * const points = Array.from({ length: 60 }, (_, i) => [(i % 3) * 4 + Math.sin(i), Math.cos(7 * i)]);
 * const labels = points.map((_, i) => ['low', 'middle', 'high'][i % 3]!);
 * const { answer, metrics } = diagnose({ points, labels });
 * console.log(answer.verdict); // real
 * console.log(metrics[0]!.metric, metrics[0]!.score!.toFixed(3), metrics[0]!.p!.toFixed(3)); // silhouette 0.654 0.005
 */
export function diagnose(input: DiagnoseInput, options?: DiagnoseOptions, ...more: []): Diagnosis {
  nothingMore('diagnose', more, [input, options]);
  return diagnosisOf(readContext(input, options));
}

/** `diagnose` for what has been read; parts of the context may have been computed elsewhere. */
export function diagnosisOf({ context, claims, signal, onProgress }: ReturnType<typeof readContext>): Diagnosis {
  const total = FINDINGS.length + (claims === null ? 3 : 4);
  let done = 0;
  const step = <T>(name: string, compute: () => T): T => {
    signal?.throwIfAborted();
    (onProgress as DiagnoseOptions['onProgress'])?.({ step: name, done: done++, total });
    return compute();
  };
  const made = FINDINGS.map(({ id, make }) => step(id, () => make(context))).filter(
    (found): found is MadeFinding => found !== null,
  );
  const settled = step('remedies', () => settle(context, made));
  const { findings } = settled;
  const metrics = step('metrics', () => metricsOf(context));
  const rows = step('rows', () => context.suspicious());
  const { metric, standardized, seed, raw, whole, alpha, permutations, columns } = context;
  const checked =
    claims === null
      ? null
      : step('claims', () =>
          checkClaims(raw, claims, {
            metric,
            standardize: standardized,
            noiseLabel: undefined,
            resamples: 100,
            exactRows: 10_000,
            sampleOnly: true,
            // As the scores: one quantity has one number.
            scored: context.scored,
            seed,
            names: {
              row: (i) => `row ${rowNameOf(raw)(i)}`,
              column: (j) => (columns === null ? `column ${j}` : columnText(columns[j]!)),
            },
          }),
        );
  const hierarchy = context.hierarchy();
  const sampled = context.note.sample;
  const audit = context.positivePairs();
  const noiseCode = context.noiseLabel === undefined ? -1 : whole.classes.indexOf(context.noiseLabel);
  return withJson<Diagnosis>({
    schema: 2,
    input: {
      n: raw.n,
      d: raw.d,
      k: raw.k,
      metric: context.metricName,
      standardized,
      noise:
        context.noiseLabel === undefined
          ? null
          : { label: context.noiseLabel, rows: noiseCode === -1 ? 0 : whole.counts[noiseCode]! },
      heldOutRows: context.heldOut === null ? null : context.heldOut.raw.n,
      spaces: ['input', ...context.spaces.map(({ name }) => name)],
      columns: context.uses,
      seed,
      permutations,
      alpha,
      sample: sampled === undefined ? null : { rows: sampled.rows, of: sampled.of },
    },
    answer: answerOf(context, settled, checked),
    findings,
    metrics,
    balance: balanceSummary(context),
    rows,
    hierarchy: 'reason' in hierarchy ? null : hierarchy,
    spaces: context.comparison(),
    positivePairs: audit === null || 'reason' in audit ? null : audit,
    claims: checked,
  });
}
