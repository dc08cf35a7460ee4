import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Corpus } from './corpus.js';
import type { Prepared } from './prepare.js';
import type { Report } from './report.js';
import type { Matrix } from './standardize.js';
import { table } from './table.js';
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

export function writeCorpus(folder: string, corpus: Corpus): void {
  const lines = corpus.rows.map((row, i) => [...row, corpus.labels[i]!]);
  writeWhole(join(folder, 'corpus.csv'), stringify([[...corpus.columns, 'label'], ...lines]));
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

export function writeReport(folder: string, report: Report, corpusText: string): void {
  writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const code = (text: string) => `\`\`\`\n${text}\n\`\`\`\n`;
  const markdown = [
    '# Before and after',
    `Made by \`${report.command}\` with seed ${report.seed} on Node ${report.node}.${report.quick ? ' A quick run: too few epochs to judge by.' : ''}`,
    '## The corpus',
    code(corpusText),
    '## Training rows beside held-out rows',
    ...report.configurations.flatMap((configuration) => [
      code(table(configuration)),
      ...(configuration.groups === null
        ? []
        : [configuration.groups.map((terms, g) => `- group ${g + 1}: ${terms.join(', ')}`).join('\n')]),
      `![Latent space of ${configuration.name}](${configuration.name}.svg)`,
    ]),
    '`chance` is the mean silhouette when labels are permuted, `agree` the share of rows whose nearest neighbour has the same label.',
    '## What it shows',
    report.lessons.map((lesson) => `- ${lesson}`).join('\n'),
  ];
  writeWhole(join(folder, 'report.md'), `${markdown.join('\n\n')}\n`);
}
