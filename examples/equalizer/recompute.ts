import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWeights, residualAutoencoder } from 'clusterlens/nn';
import { parse } from 'csv-parse/sync';
import { EFFORT } from './configurations.js';
import { describeCorpus } from './describe-corpus.js';
import type { SideSpaces } from './diagnose-configuration.js';
import { lessons } from './lessons.js';
import { loadCorpus } from './load.js';
import { markdownReport } from './markdown-report.js';
import { mergeClasses } from './merge.js';
import { sha256 } from './outputs.js';
import type { ConfigurationReport, Outcome, Report } from './report.js';
import { measureConfiguration } from './run-configuration.js';
import type { Matrix } from './standardize.js';
import { batchesFor, encode } from './train-configuration.js';

interface Side {
  readonly points: Matrix;
  readonly labels: readonly string[];
  readonly terms: readonly string[];
}

function readSide(path: string, split: string): Side {
  const records = (parse(readFileSync(path)) as string[][]).slice(1).filter(([at]) => at === split);
  const columns = records[0]!.length - 3;
  const data = Float64Array.from(records.flatMap((record) => record.slice(3).map(Number)));
  return {
    points: { data, rows: records.length, columns },
    labels: records.map(([, label]) => label!),
    terms: records.map(([, , term]) => term!),
  };
}

/** Every number found at both places, with the path to it; strings and missing values count as differences. */
function differences(path: string, written: unknown, computed: unknown): string[] {
  if (typeof written === 'number' && typeof computed === 'number') {
    const same = Math.abs(written - computed) <= 1e-9 * Math.max(1, Math.abs(written));
    return same ? [] : [`${path}: written ${written}, recomputed ${computed}`];
  }
  if (typeof written === 'object' && typeof computed === 'object' && written !== null && computed !== null) {
    const keys = new Set([...Object.keys(written), ...Object.keys(computed)]);
    return [...keys].flatMap((key) =>
      differences(
        `${path}.${key}`,
        (written as Record<string, unknown>)[key],
        (computed as Record<string, unknown>)[key],
      ),
    );
  }
  return written === computed ? [] : [`${path}: written ${String(written)}, recomputed ${String(computed)}`];
}

/** Share of anchors with a positive in their batch, from the batches themselves. */
function anchorsWithPositive(configuration: ConfigurationReport, labels: readonly string[], seed: number): number {
  const sampler = batchesFor(configuration, labels, seed);
  let anchors = 0;
  let paired = 0;
  for (let epoch = 0; epoch < configuration.epochs; epoch++) {
    for (const batch of sampler.epoch(epoch)) {
      const drawn = Array.from(batch, (i) => labels[i]!);
      anchors += drawn.length;
      paired += drawn.filter((label) => drawn.indexOf(label) !== drawn.lastIndexOf(label)).length;
    }
  }
  return paired / anchors;
}

/** Largest difference between codes in the files and codes that the model in the file gives. */
function modelDifference(path: string, configuration: ConfigurationReport, input: Matrix, latent: Matrix): number {
  const model = residualAutoencoder({ inputSize: input.columns, decoder: configuration.decoder });
  loadWeights(model, readFileSync(path));
  return encode(model, input).latent.data.reduce(
    (largest, value, p) => Math.max(largest, Math.abs(value - latent.data[p]!)),
    0,
  );
}

/** Recomputes report.json and the diagnoses from the CSV files beside them; returns what does not agree. */
export async function recompute(folder: string): Promise<{ checked: number; differences: string[] }> {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const report = json('report.json') as Report;
  const { seed } = report;
  const effort = report.quick ? EFFORT.quick : EFFORT.full;
  const found: string[] = [];
  let checked = 0;
  const compare = (path: string, written: unknown, given: unknown) => {
    // As JSON has it, which knows no Infinity.
    const computed: unknown = JSON.parse(JSON.stringify(given));
    checked += JSON.stringify(written).match(/-?\d+(\.\d+)?(e-?\d+)?/g)?.length ?? 0;
    found.push(...differences(path, written, computed));
  };
  const corpus = await loadCorpus(join(folder, 'corpus.csv'));
  const { name, synthetic, ...numbers } = describeCorpus(corpus, seed);
  const { name: writtenName, synthetic: writtenSynthetic, ...written } = report.corpus;
  compare('corpus', written, numbers);
  compare('corpusSha256', report.corpusSha256, sha256(readFileSync(join(folder, 'corpus.csv'))));
  const outcomes: Outcome[] = [];
  for (const configuration of report.configurations) {
    const side = (space: string, split: string) => readSide(join(folder, `${configuration.name}-${space}.csv`), split);
    const spaces = (split: string): SideSpaces => ({
      input: side('input', split).points,
      latent: side('latent', split).points,
      projection: side('projection', split).points,
      reconstruction: side('reconstruction', split).points,
      labels: side('latent', split).labels,
    });
    const training = spaces('training');
    const { diagnosis, ...measured } = measureConfiguration(
      configuration,
      { training, heldOut: spaces('held-out'), record: configuration.training },
      { ...effort, seed },
    );
    const { spaces: writtenSpaces, allRows, claims, reconstructionError } = configuration;
    compare(configuration.name, { spaces: writtenSpaces, allRows, claims, reconstructionError }, measured);
    compare(`${configuration.name}.diagnosis`, json(`${configuration.name}-diagnosis.json`), diagnosis);
    outcomes.push({ report: { ...configuration, ...measured }, diagnosis });
    compare(
      `${configuration.name}.anchorsWithPositive`,
      configuration.anchorsWithPositive,
      anchorsWithPositive(configuration, training.labels, seed),
    );
    if (configuration.mergeClasses) {
      const { points, terms } = side('input', 'training');
      compare(`${configuration.name}.groups`, configuration.groups, mergeClasses(points, terms, seed)?.groups ?? null);
    }
    const model = join(folder, `${configuration.name}.safetensors`);
    const off = modelDifference(model, configuration, training.input, training.latent);
    checked++;
    // Weights are kept in single precision.
    if (off > 1e-4) found.push(`${configuration.name}: the model gives other latent codes, by up to ${off}`);
  }
  compare('lessons', report.lessons, lessons(outcomes));
  checked++;
  if (readFileSync(join(folder, 'report.md'), 'utf8') !== markdownReport(report, outcomes)) {
    found.push('report.md: tells another story than the numbers');
  }
  return { checked, differences: found };
}

const folder = process.argv[2];
if (process.argv[1]?.endsWith('recompute.ts') && folder !== undefined) {
  const { checked, differences: found } = await recompute(folder);
  for (const line of found) console.error(line);
  console.log(`${checked} numbers of the report and the diagnoses recomputed from the files, ${found.length} differ`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
