import { classBalance, dataset, filterByClassSize, signatureDistances } from 'clusterlens';
import type { Corpus } from './corpus.js';
import type { CorpusReport } from './report.js';

const TOP = 10;
/** Pairs that the post-mortem of the case quotes. */
const QUOTED = [
  ['warm', 'cold'],
  ['soft', 'loud'],
] as const;

/** Class balance and signature distances of a corpus: the numbers that the post-mortem got right. */
export function describeCorpus(corpus: Corpus, seed: number): CorpusReport {
  const balance = classBalance(corpus.labels);
  const kept = filterByClassSize(corpus.labels, { min: 10 });
  const data = dataset(corpus.rows, corpus.labels);
  const signatures = signatureDistances(data, { top: TOP, standardize: true, permutations: 200, seed });
  const pairs: Record<string, number> = {};
  for (const [a, b] of QUOTED) {
    const [i, j] = [signatures.labels.indexOf(a), signatures.labels.indexOf(b)];
    if (i >= 0 && j >= 0) pairs[`${a}-${b}`] = signatures.matrix[i]![j]!;
  }
  const named = ({ a, b, distance }: { a: unknown; b: unknown; distance: number }) =>
    `${a}-${b} ${distance.toFixed(2)}`;
  return {
    name: corpus.name,
    synthetic: corpus.synthetic,
    rows: balance.n,
    terms: balance.k,
    balance: {
      median: balance.median,
      singletons: balance.singletons,
      below5: balance.below(5),
      below5Share: balance.below(5) / balance.k,
      atLeast5: balance.k - balance.below(5),
      atLeast10: balance.k - balance.below(10),
      rowsAtLeast10: kept.indices.length,
      shareAtLeast10: kept.indices.length / balance.n,
      meanAtLeast10: kept.indices.length / (balance.k - balance.below(10)),
    },
    signatures: {
      terms: signatures.labels.map(String),
      mean: signatures.mean,
      std: signatures.std,
      closest: named(signatures.closest),
      farthest: named(signatures.farthest),
      pairs,
      chanceMean: signatures.null!.mean,
      chanceSd: signatures.null!.sd,
      p: signatures.null!.p,
      separation: signatures.separation.overall ?? 0,
    },
  };
}

/** The same as text, at most 79 columns. */
export function corpusText({ name, rows, terms, balance, signatures }: CorpusReport): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const quoted = Object.entries(signatures.pairs).map(([pair, distance]) => `${pair} ${distance.toFixed(2)}`);
  return [
    name,
    `  ${rows} rows, ${terms} terms, median ${balance.median} per term, ${balance.singletons} terms occur once`,
    `  fewer than 5: ${balance.below5} terms (${percent(balance.below5Share)}); 5 or more: ${balance.atLeast5}`,
    `  10 or more: ${balance.atLeast10} terms, ${balance.rowsAtLeast10} rows (${percent(balance.shareAtLeast10)}), ${balance.meanAtLeast10.toFixed(1)} per term`,
    `  signature distances, ${signatures.terms.length} largest terms, columns z-scored:`,
    `    mean ${signatures.mean.toFixed(3)}, population sd ${signatures.std.toFixed(3)}${quoted.map((text) => `, ${text}`).join('')}`,
    `    labels permuted: mean ${signatures.chanceMean.toFixed(2)}, sd ${signatures.chanceSd.toFixed(2)}, p = ${signatures.p.toFixed(4)}`,
    `    distance over within-class spread: ${signatures.separation.toFixed(2)}`,
  ].join('\n');
}
