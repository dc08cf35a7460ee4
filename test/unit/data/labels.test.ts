import { describe, expect, it } from 'vitest';
import {
  calinskiHarabasz,
  classBalance,
  compareSpaces,
  confusability,
  dataset,
  daviesBouldin,
  dbcv,
  diagnose,
  dunn,
  filterGain,
  InputError,
  type Label,
  type Labels,
  labelHierarchy,
  medoidSilhouette,
  neighborAgreement,
  significance,
  silhouette,
  simplifiedSilhouette,
  verifyClaims,
  xieBeni,
} from '../../../src/index.js';

const POINTS = Array.from({ length: 24 }, (_, i) => [Math.floor(i / 8) * 10 + (i % 8) * 0.37, ((i * 7) % 8) * 0.41]);
const NUMBERS = POINTS.map((_, i) => Math.floor(i / 8) - 1); // -1, 0, 1
const TEXT = NUMBERS.map(String);

const withNoise: Readonly<Record<string, (labels: Labels, noiseLabel: Label) => unknown>> = {
  dataset: (labels, noiseLabel) => dataset(POINTS, labels, { noiseLabel }),
  silhouette: (labels, noiseLabel) => silhouette(POINTS, labels, { noiseLabel }),
  simplifiedSilhouette: (labels, noiseLabel) => simplifiedSilhouette(POINTS, labels, { noiseLabel }),
  medoidSilhouette: (labels, noiseLabel) => medoidSilhouette(POINTS, labels, { noiseLabel }),
  neighborAgreement: (labels, noiseLabel) => neighborAgreement(POINTS, labels, { noiseLabel }),
  daviesBouldin: (labels, noiseLabel) => daviesBouldin(POINTS, labels, { noiseLabel }),
  calinskiHarabasz: (labels, noiseLabel) => calinskiHarabasz(POINTS, labels, { noiseLabel }),
  dunn: (labels, noiseLabel) => dunn(POINTS, labels, { noiseLabel }),
  xieBeni: (labels, noiseLabel) => xieBeni(POINTS, labels, { noiseLabel }),
  dbcv: (labels, noiseLabel) => dbcv(POINTS, labels, { noiseLabel }),
  significance: (labels, noiseLabel) => significance(POINTS, labels, { noiseLabel, permutations: 5 }),
  confusability: (labels, noiseLabel) => confusability(POINTS, labels, { noiseLabel }),
  labelHierarchy: (labels, noiseLabel) => labelHierarchy(POINTS, labels, { noiseLabel, folds: 2, permutations: 5 }),
  verifyClaims: (labels, noiseLabel) => verifyClaims(POINTS, labels, { classes: 3 }, { noiseLabel }),
  compareSpaces: (labels, noiseLabel) =>
    compareSpaces({ a: POINTS, b: POINTS }, labels, { noiseLabel, permutations: 5, resamples: 20 }),
  diagnose: (labels, noiseLabel) => diagnose({ points: POINTS, labels }, { noiseLabel, permutations: 39 }),
};

describe('a noise label', () => {
  it.each(Object.entries(withNoise))('%s: an error where the labels write it otherwise', (_, call) => {
    expect(() => call(NUMBERS, '-1')).toThrow(InputError);
    expect(() => call(NUMBERS, '-1')).toThrow(
      /: noiseLabel must be written as in the labels, got "-1", and the labels have -1; write noiseLabel: -1$/,
    );
    expect(() => call(TEXT, -1)).toThrow(/got -1, and the labels have "-1"/);
    expect(() => call(TEXT, ' -1')).toThrow(/got " -1", and the labels have "-1"/);
    const words = NUMBERS.map((label) => (label === -1 ? 'Noise' : `c${label}`));
    expect(() => call(words, 'noise')).toThrow(/got "noise", and the labels have "Noise"/);
  });

  it.each(Object.entries(withNoise))('%s: no error where no row has it, or rows have it so', (_, call) => {
    call(NUMBERS, -1);
    call(TEXT, '-1');
    call(NUMBERS, -2);
    call(TEXT, 'noise');
  });

  it('is told from a label beside it that differs in its spelling alone', () => {
    const both = [...'aabb'].map((label, i) => (i === 3 ? 'A' : label));
    expect(silhouette(POINTS.slice(0, 4), both, { noiseLabel: 'b' }).noise?.count).toBe(1);
    const labels = POINTS.map((_, i) => (i < 3 ? 'a' : i < 13 ? 'A' : 'b'));
    const { steps } = filterGain(dataset(POINTS, labels, { noiseLabel: 'a' }), {
      evaluate: (part) => ({ score: silhouette(part).score }),
      thresholds: [4],
    });
    expect(steps[0]!.score).toBe(silhouette(POINTS.slice(3), labels.slice(3)).score);
  });

  it('bigint and number are one label', () => {
    expect(silhouette(POINTS, BigInt64Array.from(NUMBERS, BigInt), { noiseLabel: -1 })).toEqual(
      silhouette(POINTS, NUMBERS, { noiseLabel: -1n }),
    );
  });
});

describe('labels of held-out rows', () => {
  it('must be written as those of the training rows', () => {
    const heldOut = { points: POINTS, labels: TEXT };
    expect(() => diagnose({ points: POINTS, labels: NUMBERS, heldOut })).toThrow(
      /diagnose \(heldOut\): labels must be written as in the training rows, got "-1" where those have -1/,
    );
    expect(() => compareSpaces({ a: POINTS }, NUMBERS, { heldOut: { spaces: { a: POINTS }, labels: TEXT } })).toThrow(
      /compareSpaces \(heldOut\): labels must be written/,
    );
  });
});

describe('bigint labels', () => {
  const ids = [1234567890123456701n, 1234567890123456702n, 1234567890123456999n];

  it('are as many classes as they are integers', () => {
    const labels = ids.flatMap((id) => Array<bigint>(8).fill(id));
    expect(classBalance(labels).classes.map(({ label }) => label)).toEqual(ids);
    expect(classBalance(BigInt64Array.from(labels))).toEqual(classBalance(labels));
    expect(classBalance(BigUint64Array.from(labels))).toEqual(classBalance(labels));
    expect(silhouette(POINTS, labels).score).toBe(silhouette(POINTS, NUMBERS).score);
  });

  it('within the exact integers are the numbers', () => {
    expect(classBalance([1n, 1, 2n, -0]).classes).toEqual([
      { label: 1, count: 2, share: 0.5 },
      { label: 0, count: 1, share: 0.25 },
      { label: 2, count: 1, share: 0.25 },
    ]);
    const largest = 2 ** 53 - 1;
    expect(classBalance([BigInt(largest), largest, -BigInt(largest), -largest]).k).toBe(2);
    expect(classBalance([2n ** 53n, 2n ** 53n + 1n, String(2n ** 53n)]).k).toBe(3);
  });

  it('stand among numbers by value, before booleans and text', () => {
    const shuffled = ['b', 2n ** 60n, true, 3, -(2n ** 60n), 0.5, 2n ** 53n, '1', 5n];
    expect(
      dataset(
        shuffled.map((_, i) => [i]),
        shuffled,
      ).classes,
    ).toEqual([-(2n ** 60n), 0.5, 3, 5, 2n ** 53n, 2n ** 60n, true, '1', 'b']);
  });
});

describe('a string', () => {
  it.each([['abc'], [new String('abc')]])('is no list of labels: %o', (text) => {
    expect(() => silhouette([[1], [2], [3]], text as never)).toThrow(
      /silhouette: labels must be an array with one label per row, got .*; for a label per character write \[\.\.\.text\]$/,
    );
    expect(() => classBalance(text as never)).toThrow(InputError);
  });
});
