import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Diagnosis } from 'clusterlens';
import { toMarkdown } from 'clusterlens/report';
import { stringify } from 'csv-stringify/sync';
import { version } from '../../package.json';
import type { Configuration } from './configurations.js';
import type { Corpus } from './corpus.js';
import { markdownReport } from './markdown-report.js';
import type { Prepared } from './prepare.js';
import type { Outcome, Report } from './report.js';
import type { Matrix } from './standardize.js';
import type { Trained } from './train-configuration.js';
import { writeWhole } from './write-file.js';

/** Rows of training and held-out points with split, label and term, in full precision. */
function pointsCsv(prepared: Prepared, training: Matrix, heldOut: Matrix): string {
  const lines: (string | number)[][] = [
    ['split', 'label', 'term', ...Array.from({ length: training.columns }, (_, c) => `c${c}`)],
  ];
  const add = (split: string, points: Matrix, labels: readonly string[], terms: readonly string[]) => {
    for (let i = 0; i < points.rows; i++) {
      const values = Array.from(points.data.subarray(i * points.columns, (i + 1) * points.columns));
      lines.push([split, labels[i]!, terms[i]!, ...values]);
    }
  };
  add('training', training, prepared.training.labels, prepared.trainingTerms);
  add('held-out', heldOut, prepared.heldOut.labels, prepared.heldOutTerms);
  return stringify(lines);
}

/** The rows of a corpus in full precision, the label last. */
export function corpusCsv(corpus: Corpus): string {
  const lines = corpus.rows.map((row, i) => [...row, corpus.labels[i]!]);
  return stringify([[...corpus.columns, 'label'], ...lines]);
}

export function writeCorpus(folder: string, csv: string): void {
  writeWhole(join(folder, 'corpus.csv'), csv);
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** One CSV per space of a configuration, and the model. */
export function writeConfiguration(folder: string, name: string, prepared: Prepared, trained: Trained): void {
  const write = (space: string, training: Matrix, heldOut: Matrix) =>
    writeWhole(join(folder, `${name}-${space}.csv`), pointsCsv(prepared, training, heldOut));
  write('input', prepared.training.points, prepared.heldOut.points);
  for (const space of ['latent', 'projection', 'reconstruction'] as const) {
    write(space, trained.training[space], trained.heldOut[space]);
  }
  writeWhole(join(folder, `${name}.safetensors`), trained.weights);
}

/** The diagnosis as JSON, and as a report to read. */
export function writeDiagnosis(
  folder: string,
  { name, title }: Configuration,
  diagnosis: Diagnosis,
  command: string,
): void {
  writeWhole(join(folder, `${name}-diagnosis.json`), `${JSON.stringify(diagnosis)}\n`);
  const versions = { clusterlens: version, node: process.version };
  writeWhole(
    join(folder, `${name}-diagnosis.md`),
    toMarkdown(diagnosis, { title: `${name} (${title})`, command, versions }),
  );
}

export function writeReport(folder: string, report: Report, outcomes: readonly Outcome[]): void {
  writeWhole(join(folder, 'report.md'), markdownReport(report, outcomes));
  writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}
