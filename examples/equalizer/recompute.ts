import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describeCorpus } from './describe-corpus.js';
import { loadCorpus } from './load.js';
import { measure } from './measure.js';
import type { Report } from './report.js';
import { meanSquaredError } from './run-configuration.js';
import type { Matrix } from './standardize.js';
import { SPACES } from './table.js';

interface Side {
  readonly points: Matrix;
  readonly labels: readonly string[];
}

function readSide(path: string, split: string): Side {
  const records = (parse(readFileSync(path)) as string[][]).slice(1).filter(([at]) => at === split);
  const columns = records[0]!.length - 3;
  const data = Float64Array.from(records.flatMap((record) => record.slice(3).map(Number)));
  return { points: { data, rows: records.length, columns }, labels: records.map(([, label]) => label!) };
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

/** Recomputes the numbers of report.json from the CSV files beside it; returns what does not agree. */
export async function recompute(folder: string): Promise<{ checked: number; differences: string[] }> {
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  const found: string[] = [];
  let checked = 0;
  const compare = (path: string, written: unknown, computed: unknown) => {
    checked += JSON.stringify(written).match(/-?\d+(\.\d+)?(e-?\d+)?/g)?.length ?? 0;
    found.push(...differences(path, written, computed));
  };
  const corpus = await loadCorpus(join(folder, 'corpus.csv'));
  const { name, synthetic, ...numbers } = describeCorpus(corpus, report.seed);
  const { name: writtenName, synthetic: writtenSynthetic, ...written } = report.corpus;
  compare('corpus', written, numbers);
  for (const configuration of report.configurations) {
    const side = (space: string, split: string) => readSide(join(folder, `${configuration.name}-${space}.csv`), split);
    for (const space of SPACES) {
      for (const [key, split] of [
        ['training', 'training'],
        ['heldOut', 'held-out'],
      ] as const) {
        const { points, labels } = side(space, split);
        compare(
          `${configuration.name}.${space}.${key}`,
          configuration.spaces[space][key],
          measure(points, labels, report.seed),
        );
      }
    }
    const error = (split: string) =>
      meanSquaredError(side('reconstruction', split).points, side('input', split).points);
    compare(`${configuration.name}.reconstructionError`, configuration.reconstructionError, {
      training: error('training'),
      heldOut: error('held-out'),
    });
  }
  return { checked, differences: found };
}

const folder = process.argv[2];
if (process.argv[1]?.endsWith('recompute.ts') && folder !== undefined) {
  const { checked, differences: found } = await recompute(folder);
  for (const line of found) console.error(line);
  console.log(`${checked} numbers of report.json recomputed from the files, ${found.length} differ`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
