/**
 * How often `clusterlens k` names the right number of clusters, or none, over worlds with a known truth. Writes
 * docs/how-many.md.
 *
 *     npx tsx scripts/how-many-rates.ts [worlds a row]
 */
import { writeFileSync } from 'node:fs';
import { howManyByKMeans } from '../src/cli/how-many.js';
import { Rng } from '../src/core/rng.js';
import type { FlatMatrix } from '../src/core/types.js';

const WORLDS = Number(process.argv[2] ?? 20);
const FIRST = 940_000;
const MAX = 6;
const REFERENCES = 10;

interface World {
  readonly name: string;
  /** Clusters that are there; null: none. */
  readonly k: number | null;
  readonly draw: (rng: Rng) => FlatMatrix;
}

function flat(rows: readonly (readonly number[])[]): FlatMatrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]!.length };
}

const normals = (rng: Rng, d: number) => Array.from({ length: d }, () => rng.normal());

/** Normal groups of standard deviation 1 at the corners of a simplex, each pair `apart` from each other. */
function groups(name: string, sizes: readonly number[], d: number, apart: number): World {
  return {
    name: `${name}: ${sizes.join(' + ')} rows, ${d} columns, ${apart} apart`,
    k: sizes.length,
    draw: (rng) =>
      flat(
        sizes.flatMap((size, c) =>
          Array.from({ length: size }, () => normals(rng, d).map((v, j) => v + (j === c ? apart / Math.SQRT2 : 0))),
        ),
      ),
  };
}

function cloud(name: string, n: number, d: number, shape: (row: number[], rng: Rng) => number[]): World {
  return {
    name: `${name}: ${n} rows, ${d} columns`,
    k: null,
    draw: (rng) => flat(Array.from({ length: n }, () => shape(normals(rng, d), rng))),
  };
}

const uniform = (row: number[], rng: Rng) => row.map(() => rng.uniform());
/** Student's t with 5 degrees of freedom in each direction alike. */
const heavy = (row: number[], rng: Rng) => {
  const scale = Math.sqrt(normals(rng, 5).reduce((sum, v) => sum + v * v, 0) / 5);
  return row.map((v) => v / scale);
};
const bent = (row: number[], rng: Rng) => {
  const turn = Math.PI * rng.uniform();
  return [4 * Math.cos(turn) + 0.5 * row[0]!, 4 * Math.sin(turn) + 0.5 * row[1]!];
};

const WORLD_ROWS: readonly World[] = [
  cloud('normal', 120, 2, (row) => row),
  cloud('normal', 200, 10, (row) => row),
  cloud('uniform', 150, 2, uniform),
  cloud('heavy tails', 150, 4, heavy),
  cloud('half a ring', 150, 2, bent),
  groups('groups', [60, 60], 2, 6),
  groups('groups', [40, 40, 40], 4, 6),
  groups('groups', [100, 40, 20], 4, 6),
  groups('groups', [40, 40, 40, 40], 6, 7),
  groups('groups that overlap a little', [60, 60, 60], 4, 4),
];

const table = WORLD_ROWS.map(({ name, k, draw }, row) => {
  const found = { right: 0, other: 0, none: 0, unclear: 0, gap: 0, silhouette: 0 };
  for (let w = 0; w < WORLDS; w++) {
    const settings = {
      metric: undefined,
      sampleSize: 2000,
      seed: w,
      max: MAX,
      references: REFERENCES,
      onClustering: () => {},
    };
    const { answer, sentence, favoured, selection } = howManyByKMeans(draw(new Rng(FIRST + 100 * row + w)), settings);
    if (answer === null) found[sentence.startsWith('None') ? 'none' : 'unclear']++;
    else found[favoured[answer]!.k === k ? 'right' : 'other']++;
    if (selection.best.gap === (k ?? 1)) found.gap++;
    if (selection.best.silhouette === k) found.silhouette++;
  }
  const share = (count: number) => `${Math.round((100 * count) / WORLDS)}%`;
  const line = `| ${name} | ${k === null ? share(found.none) : share(found.right)} | ${share(found.other)} | ${k === null ? '' : share(found.none)} | ${share(found.unclear)} | ${share(found.gap)} | ${k === null ? '0%' : share(found.silhouette)} |`;
  console.log(line);
  return line;
});

writeFileSync(
  new URL('../docs/how-many.md', import.meta.url),
  `# How many clusters: rates of the answer

Made by \`npx tsx scripts/how-many-rates.ts ${WORLDS}\`: ${WORLDS} worlds a row, seeds from ${FIRST}, k from 1 to ${MAX}, ${REFERENCES} reference sets. Groups are normal
with standard deviation 1, each pair of means as far apart as it says. In a cloud the right answer is none, and
the gap statistic is right with 1; an index such as the silhouette cannot be.

| world | right | another k | none, wrongly | not clear | gap statistic alone | silhouette alone |
|---|---:|---:|---:|---:|---:|---:|
${table.join('\n')}
`,
);
