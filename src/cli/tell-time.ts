import { numberText } from '../core/words.js';
import { expectedSeconds } from '../diagnose/expected-seconds.js';
import { resolveMetric } from '../distance/metric.js';
import { metricFromText } from '../distance/metric-text.js';
import type { LoadedData } from './load-data.js';
import type { Terminal } from './terminal.js';

/** Seconds from which on it is worth a line that there is a wait. */
const LONG = 5;

/** How long it takes, or null where that is short. */
export function timeText(seconds: number): string | null {
  if (seconds < LONG) return null;
  if (seconds < 100) return `about ${Math.round(seconds)} s of processor time`;
  return `about ${numberText(Math.round(seconds / 60))} min of processor time`;
}

interface Asked {
  readonly metric?: string | undefined;
  readonly sampleSize?: number | undefined;
  readonly permutations?: number | undefined;
}

/** A line on standard error before the work, where it is long. */
export function tellTime(
  { points, labels }: Pick<LoadedData, 'points' | 'labels'>,
  { metric, sampleSize, permutations }: Asked,
  { note }: Pick<Terminal, 'note'>,
  expected: typeof expectedSeconds = expectedSeconds,
): void {
  const square = resolveMetric('--metric', metricFromText('--metric', metric)).kind === 'precomputed';
  const text = timeText(
    expected({
      n: points.rows,
      d: square ? 0 : points.columns,
      k: new Set(labels).size,
      sampleSize,
      permutations,
    }),
  );
  if (text !== null) note(`the diagnosis takes ${text}`);
}
