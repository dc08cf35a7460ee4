import type { PlaceNames } from '../../core/place.js';
import type { Part } from '../../data/row-sample.js';
import { type Metric, resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import type { Claimable, IndexSettings } from './claim-conventions.js';
import { noiseCandidate } from './noise-candidate.js';

/** Metrics that are tried when the first one does not give the number. */
const OTHER_METRICS = ['euclidean', 'sqeuclidean', 'cosine', 'correlation', 'manhattan'] as const;

/** One set of conventions under which an index is computed; the name says what differs from the default. */
export interface Trial {
  readonly name: string;
  readonly part: Part;
  readonly settings: IndexSettings;
}

/** What is given, and how it is computed first. */
export interface Ground {
  readonly raw: Part;
  readonly scaled: () => Part;
  readonly first: IndexSettings & { readonly standardize: boolean; readonly square: boolean };
  readonly resamples: number;
  readonly exactRows: number;
  readonly sampleOnly: boolean;
  /** Only the first convention decides. */
  readonly strict: boolean;
  /** Rows that are scored above `exactRows`; undefined: as many as are affordable. */
  readonly scored?: number | undefined;
  /** How reasons call rows and columns. */
  readonly names?: PlaceNames | undefined;
}

/** The default first, then one thing changed at a time, and scaling together with the metric. */
export function trialsOf(ground: Ground, claimable: Claimable): Trial[] {
  const { raw, scaled, first } = ground;
  const { metric, noiseLabel, seed, scored } = first;
  const own = first.standardize ? scaled() : raw;
  const trials: Trial[] = [{ name: '', part: own, settings: first }];
  const candidate = noiseLabel ?? raw.classes[noiseCandidate(raw.classes)];
  const noise = (part: Part, words: string, m: Metric) => {
    if (candidate === undefined || !claimable.points) return;
    const base = { metric: m, seed, scored };
    const named = noiseLabel === undefined ? `label ${candidate}` : 'noise';
    trials.push(
      noiseLabel === undefined
        ? { name: `${words}${named} left out as noise`, part, settings: { ...base, noiseLabel: candidate } }
        : { name: `${words}${named} as a cluster`, part, settings: { ...base, noiseLabel: undefined } },
    );
    for (const treatment of claimable.noise) {
      const how = treatment === 'singletons' ? 'as clusters of one row' : 'left out, score times the share of the rest';
      trials.push({
        name: `${words}${named} ${how}`,
        part,
        settings: { ...base, noiseLabel: candidate, noise: treatment },
      });
    }
  };
  if (!claimable.points || first.square) {
    noise(own, '', metric);
    return trials;
  }
  const other = first.standardize ? raw : scaled();
  const words = first.standardize ? 'raw columns' : 'standardised columns';
  noise(own, '', metric);
  if (takesAnyNumbers(resolveMetric('verifyClaims', metric))) {
    trials.push({ name: words, part: other, settings: first });
    noise(other, `${words}, `, metric);
  }
  if (!claimable.metrics) return trials;
  for (const [part, prefix] of [
    [own, ''],
    [other, `${words}, `],
  ] as const) {
    for (const m of OTHER_METRICS) {
      if (m !== metric)
        trials.push({ name: `${prefix}metric ${m}`, part, settings: { metric: m, noiseLabel, seed, scored } });
    }
  }
  return trials;
}
