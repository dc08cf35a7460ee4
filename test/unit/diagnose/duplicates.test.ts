import { expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/index.js';

const rng = new Rng(11);
const row = (label: number) => [4 * label + rng.normal(), rng.normal()];
const own = Array.from({ length: 60 }, (_, i) => row(i % 2));
// Rows 60 to 64 copy the first five.
const points = [...own, ...own.slice(0, 5)];
const labels = points.map((_, i) => (i % 60) % 2);
const fresh = Array.from({ length: 20 }, (_, i) => row(i % 2));
// Held-out rows 3 and 7 to 12 are training rows; the last two are equal, and new.
const heldOutPoints = fresh.map((of, i) => (i === 3 || (i >= 7 && i <= 12) ? own[i]! : i === 19 ? fresh[18]! : of));
const heldOutLabels = heldOutPoints.map((_, i) => i % 2);

const duplicatesOf = (input: Parameters<typeof diagnose>[0]) =>
  diagnose(input, { permutations: 39 }).findings.find(({ id }) => id === 'duplicates')!;

/** What the advised call gives for these rows. */
const runCall = (call: string) => new Function('points', 'heldOutPoints', `return ${call};`)(points, heldOutPoints);

test('the remedy keeps one training row of each kind, and the held-out rows that are no training rows', () => {
  const found = duplicatesOf({ points, labels, heldOut: { points: heldOutPoints, labels: heldOutLabels } });
  expect(found).toMatchObject({ verdict: 'confirmed', severity: 'high' });
  expect(found.evidence.find(({ name }) => name === 'leaked')?.value).toBe(7);
  const kept = runCall(found.recommendation!.call!) as { rows: number[]; heldOutRows: number[] };
  // The side that was trained on loses its copies only, and none that leaked.
  expect(kept.rows).toEqual(own.map((_, i) => i));
  expect(kept.heldOutRows).toEqual([0, 1, 2, 4, 5, 6, 13, 14, 15, 16, 17, 18, 19]);
  const again = duplicatesOf({
    points: kept.rows.map((i) => points[i]!),
    labels: kept.rows.map((i) => labels[i]!),
    heldOut: {
      points: kept.heldOutRows.map((i) => heldOutPoints[i]!),
      labels: kept.heldOutRows.map((i) => heldOutLabels[i]!),
    },
  });
  expect(again.verdict).toBe('rejected');
  expect(again.evidence.map(({ name, value }) => [name, value])).toEqual(
    expect.arrayContaining([
      ['copies', 0],
      ['leaked', 0],
    ]),
  );
});

test('without held-out rows, and without leaks, the remedy is a list of rows', () => {
  const alone = duplicatesOf({ points, labels });
  expect(runCall(alone.recommendation!.call!)).toEqual(own.map((_, i) => i));
  const apart = duplicatesOf({ points, labels, heldOut: { points: fresh, labels: heldOutLabels } });
  expect(apart.evidence.find(({ name }) => name === 'leaked')?.value).toBe(0);
  expect(runCall(apart.recommendation!.call!)).toEqual(own.map((_, i) => i));
});

test('held-out rows that are training rows are told where no training row copies another', () => {
  const heldOut = { points: heldOutPoints, labels: heldOutLabels };
  const { answer, findings } = diagnose({ points: own, labels: labels.slice(0, 60), heldOut }, { permutations: 39 });
  expect(answer.sentence).toContain('7 held-out rows are training rows');
  expect(answer.sentence).not.toContain('0 rows');
  const { recommendation } = findings.find(({ id }) => id === 'duplicates')!;
  expect(recommendation?.text).toMatch(/^Keep of the held-out rows only those that are not training rows/);
});
