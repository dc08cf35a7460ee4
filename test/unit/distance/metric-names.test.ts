import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { distancesPage, distancesPath } from '../../../scripts/distances-table.js';
import { allMetricNames, resolveMetric } from '../../../src/distance/metric.js';
import { metricAsText, metricFromText } from '../../../src/distance/metric-text.js';
import { type Metric, type MetricName, metricNames, pairwiseDistances } from '../../../src/index.js';

describe('one table of names', () => {
  it('has every name that metric takes', () => {
    expect(Object.keys(metricNames).sort()).toEqual([...allMetricNames()].sort());
    for (const name of Object.keys(metricNames)) expect(resolveMetric('test', name, true).spec).toBeDefined();
    expectTypeOf<keyof typeof metricNames>().toEqualTypeOf<MetricName>();
  });

  it('is the page of docs; made by npx tsx scripts/distances-table.ts', () => {
    expect(readFileSync(distancesPath, 'utf8')).toBe(distancesPage());
  });

  it('has no similarity: an error says what the name is', () => {
    for (const name of ['motyka', 'fidelity', 'harmonicMean', 'innerProduct', 'kulczynski1', 'russellrao']) {
      expect(Object.keys(metricNames)).not.toContain(name);
      expect(() => pairwiseDistances([[1, 0]], { metric: name as never })).toThrow(/similarity|no distance/);
    }
  });

  it('tells the divergence from its square root', () => {
    expect(() => pairwiseDistances([[1, 0]], { metric: 'jensenShannon' as never })).toThrow(/'jensenDifference'/);
  });

  it('suggests a name', () => {
    expect(() => pairwiseDistances([[1, 0]], { metric: 'mahalonobis' as never })).toThrow(
      "did you mean 'mahalanobis'?",
    );
  });
});

describe('a metric as the text of a command', () => {
  it.each<[string, Metric]>([
    ['cosine', 'cosine'],
    ['minkowski:3', { name: 'minkowski', p: 3 }],
    ['minkowski:Infinity', { name: 'minkowski', p: Infinity }],
  ])('%s, there and back', (text, metric) => {
    expect(metricFromText('--metric', text)).toEqual(metric);
    expect(metricAsText(metric)).toBe(text);
  });

  it.each(['minkowski:inf', 'minkowski:INF', 'minkowski:infinity'])('%s is the largest difference', (text) => {
    expect(metricFromText('--metric', text)).toEqual({ name: 'minkowski', p: Infinity });
  });

  it.each(['minkowski:', 'minkowski:0.5', 'minkowski:x', 'minkowski:3:4', 'cosine:2'])('%s is an error', (text) => {
    expect(() => metricFromText('--metric', text)).toThrow(/^--metric: .*minkowski:3$/);
  });

  it('no text holds a covariance or a function', () => {
    expect(metricAsText({ name: 'mahalanobis', covariance: [[1]] })).toBeUndefined();
    expect(metricAsText({ name: 'mahalanobis' })).toBe('mahalanobis');
    expect(metricAsText(() => 0)).toBeUndefined();
  });
});
