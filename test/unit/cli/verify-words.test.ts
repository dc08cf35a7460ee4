import { expect, test } from 'vitest';
import { verify } from '../../../src/cli/run/verify.js';
import { scratch } from './scratch.js';

const put = scratch();

test('what was not used is said in 80 columns', async () => {
  const lines = Array.from(
    { length: 40 },
    (_, i) => `${5000 - 7 * i},${(i % 2) * 5 + Math.sin(i)},${i % 2 ? 'a' : 'b'}`,
  );
  const file = put('people.csv', `customer_id,x,label\n${lines.join('\n')}\n`);
  const given = { header: true, quiet: true, metric: 'euclidean', seed: 0, threads: 1, claim: { silhouette: '0.5' } };
  const { output } = await verify(file, given as never);
  expect(output).toMatch(/^Not used: customer_id \(identifier/);
  expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
