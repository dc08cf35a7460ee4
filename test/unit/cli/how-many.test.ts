import { describe, expect, it } from 'vitest';
import type { KArguments } from '../../../src/cli/arguments.js';
import { answerOf, type Favoured } from '../../../src/cli/how-many.js';
import { howMany } from '../../../src/cli/run/k.js';
import { Rng } from '../../../src/core/rng.js';
import { messageOf, scratch } from './scratch.js';

const put = scratch();
const given = (more: Partial<KArguments> = {}): KArguments => ({ header: true, quiet: true, ...more });

/** Normal rows around centres, with their centre as label and another division beside it. */
function world(name: string, seed: number, centres: readonly (readonly number[])[], n: number): string {
  const rng = new Rng(seed);
  const rows = Array.from({ length: n }, (_, i) => {
    const c = i % centres.length;
    return [...centres[c]!.map((at) => at + rng.normal()), `g${c}`, `h${i % 2}`].join(',');
  });
  return put(name, `x,y,group,half\n${rows.join('\n')}\n`);
}
const three = world(
  'three.csv',
  1,
  [
    [0, 0],
    [8, 0],
    [0, 8],
  ],
  120,
);
const cloud = world('cloud.csv', 2, [[0, 0]], 160);

const favoured = (
  k: number,
  indices: Favoured['indices'],
  verdict: 'groups' | 'one-cloud' | 'undecided',
): Favoured => ({
  row: k,
  k,
  name: null,
  indices,
  gaps: k === 1 ? null : { verdict, found: 0, pairs: 1 },
});

describe('clusterlens k', () => {
  it('finds three groups: the k, by which index, and that the points leave gaps', async () => {
    const { output, code } = await howMany(three, given({ max: 6 }));
    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const text = output.replace(/\s+/g, ' ');
    expect(text).toContain(
      'k = 3 is favoured by the silhouette, Davies-Bouldin, Calinski-Harabasz, Dunn and the gap statistic, and the points leave gaps between its groups; no index favours another.',
    );
    expect(text).toMatch(/ 3 0\.\d+\* 0\.\d+\* [\d,]+\* 0\.\d+\* [\d.]+\*\+- /);
  });

  it('favours none in one cloud, where the gap statistic answers 1', async () => {
    const { output } = await howMany(cloud, given({ json: true, references: 10 }));
    const { answer, sentence, schema, best, rows, reading } = JSON.parse(output);
    expect([answer, schema, best.gap, rows.length, reading.rows]).toEqual([null, 1, 1, 10, 160]);
    expect(sentence).toMatch(/^None: /);
  });

  it('compares columns of labels, without k-means', async () => {
    const { output } = await howMany(three, given({ label: ['group', 'half'], json: true }));
    const { answer, favoured: found, rows, references } = JSON.parse(output);
    expect(references).toBe(null);
    expect(rows.map(({ name, k }: { name: string; k: number }) => [name, k])).toEqual([
      ['half', 2],
      ['group', 3],
    ]);
    expect(answer).toMatchObject({ k: 3, name: 'group', gaps: { verdict: 'groups' } });
    expect(found).toContainEqual(answer);
  });

  it('takes a sample of many rows, and says so', async () => {
    const { output } = await howMany(three, given({ sampleSize: 60, max: 3, references: 2 }));
    expect(output).toContain('All was computed of a sample of 60 rows, drawn with the seed.');
  });

  it.each<[string, string, Partial<KArguments>, RegExp]>([
    ['two rows', 'x,y\n1,2\n3,4\n', {}, /needs three rows or more to cluster, got 2/],
    ['rows that are all the same', 'x,y\n1,2\n1,2\n1,2\n1,2\n', {}, /needs rows that differ/],
    ['no numbers', 'a,b\nu,v\nw,x\ny,z\n', {}, /needs at least one column of numbers/],
    [
      'distances without labels',
      'a,b\n0,1\n1,0\n',
      { metric: 'precomputed' },
      /k: needs the points to cluster them, got distances/,
    ],
    [
      'a label that is alone in each row',
      'x,g\n1,a\n2,b\n3,c\n',
      { label: ['g'] },
      /needs rows that differ, in two groups or more/,
    ],
  ])('%s: one sentence', async (name, text, more, message) => {
    expect(await messageOf(howMany(put(`${name}.csv`, text), given(more)))).toMatch(message);
  });
});

describe('the answer', () => {
  it('is the k with gaps that the most indices favour, whatever others favour', () => {
    const { answer, sentence } = answerOf([
      favoured(2, ['silhouette', 'daviesBouldin', 'dunn'], 'undecided'),
      favoured(4, ['calinskiHarabasz', 'gap'], 'groups'),
    ]);
    expect(answer).toBe(1);
    expect(sentence).toBe(
      'k = 4 is favoured by Calinski-Harabasz and the gap statistic, and the points leave gaps between its groups; k = 2 (by the silhouette, Davies-Bouldin and Dunn) has none that show.',
    );
  });

  it('of several with gaps is the one with the most votes, of equal votes the one with fewer groups', () => {
    const two = favoured(2, ['gap'], 'groups');
    const five = favoured(5, ['silhouette', 'dunn'], 'groups');
    expect(answerOf([two, five])).toEqual({
      answer: 1,
      sentence:
        'k = 5 is favoured by the silhouette and Dunn, and the points leave gaps between its groups; k = 2 (by the gap statistic) has gaps too.',
    });
    expect(answerOf([two, favoured(3, ['dunn'], 'groups')]).answer).toBe(0);
  });

  it('is none in one cloud, none where the gap statistic favours one, and not clear otherwise', () => {
    const own = favoured(2, ['silhouette'], 'one-cloud');
    expect(answerOf([own]).sentence).toMatch(
      /^None: the points leave no gaps between the groups of k = 2 \(by the silhouette\)\./,
    );
    const open = favoured(2, ['silhouette'], 'undecided');
    expect(answerOf([favoured(1, ['gap'], 'undecided'), open]).sentence).toMatch(
      /^None: the gap statistic favours one/,
    );
    expect(answerOf([open])).toMatchObject({ answer: null, sentence: expect.stringMatching(/^Not clear: /) });
  });
});
