import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/cli/run/diagnose.js';
import { verify } from '../../../src/cli/run/verify.js';
import { messageOf, scratch } from './scratch.js';

const file = scratch();

type Options = Record<string, unknown>;
const SETTINGS = { quiet: true, header: true, dropMissing: true };
const verified = (path: string, options: Options) =>
  verify(path, { ...SETTINGS, claim: { silhouette: '0.5' }, ...options } as never);
const diagnosed = (path: string, options: Options) => diagnose(path, { ...SETTINGS, ...options } as never);

/** Line 3 is dropped, line 5 is noise, line 7 is out of the domain; size is the second column of the file. */
const shares = () =>
  file(
    'shares.csv',
    'id,size,rest,kind\na,0.5,0.5,x\nb,,0.5,x\nc,0.4,0.6,x\nd,0.3,0.7,noise\ne,0.4,0.6,y\nf,-0.5,1.5,y\ng,0.2,0.8,y\n',
  );
const sound = () =>
  file('sound.csv', 'size,rest,kind\n0.5,0.5,x\n,0.5,x\n0.45,0.55,x\n0.4,0.6,y\n0.1,0.9,y\n0.3,0.7,x\n');

describe('errors of rows and columns call them as the file does', () => {
  it.each([
    ['verify', verified],
    ['diagnose', diagnosed],
  ])('%s: the domain of a distance, behind dropped rows and noise', async (_, run) => {
    const options = { label: 'kind', features: 'size,rest', metric: 'hellinger', noiseLabel: 'noise' };
    const message = await messageOf(run(shares(), options));
    expect(message).toMatch(/^out-of-range: .*got -0\.5 at line 7, column 'size'; divide/);
    const ofText = file('odd.csv', 'size,rest,kind\n0.5,0.5,x\n,1,y\n0.5,0.5,x\n0.5,0.6,y\n0.5,0.5,y\n');
    expect(await messageOf(run(ofText, { metric: 'hellinger' }))).toMatch(/got the sum 1\.1 in line 5;/);
  });

  it('rows that --min-class-size leaves out, and columns in the order of --features', async () => {
    const rare = file('rare.csv', 'a,b,kind\n1,1,z\n1,1,x\n1,2,x\n1,1,y\n-3,1,y\n');
    const options = { metric: 'clark', features: 'b,a', minClassSize: 2 };
    expect(await messageOf(verified(rare, options))).toContain("got -3 at line 6, column 'a'");
  });

  it('held-out rows stand in their own file, spaces in their own columns', async () => {
    const other = file('other.csv', 'size,rest,kind\n0.5,0.5,x\n,0.5,x\n0.4,0.6,y\n-0.1,1.1,y\n0.3,0.7,x\n');
    expect(await messageOf(diagnosed(sound(), { metric: 'hellinger', heldOut: other }))).toContain(
      `got -0.1 at line 5 of ${other}, column 'size'`,
    );
    const spaces = file('z.csv', 'p,q,z1,z2,kind\n,1,0,1,x\n.5,.5,0,1,x\n.4,.6,0,1,x\n.1,.9,2,-1,y\n.2,.8,0,1,y\n');
    const options = { metric: 'hellinger', features: 'p,q', space: { latent: 'z2,z1' } };
    expect(await messageOf(diagnosed(spaces, options))).toContain("got -1 at line 5, column 'z2'");
    const large = file('large.csv', 'p,q,z1,z2,kind\n.5,.5,0,1,x\n.4,.6,0,1e200,x\n.1,.9,2,1,y\n');
    expect(await messageOf(diagnosed(large, { ...options, metric: 'euclidean' }))).toContain(
      "got 1e+200 at line 3, column 'z2'",
    );
  });

  it('distances between rows: the row by its line, the column by its name', async () => {
    const square = file('square.csv', 'a,b,c,kind\n0,1,2,x\n1,0,3,x\n2,4,0,y\n');
    expect(await messageOf(verified(square, { metric: 'precomputed' }))).toContain(
      "symmetric, got 3 at line 3, column 'c' and 4 at line 4, column 'b'",
    );
  });

  it('JSON rows and a column that is constant, as an error and as a reason', async () => {
    const rows = [null, 1, 2, 4, 5].map((x, i) => ({ x, same: 1, kind: i < 3 ? 'a' : 'b' }));
    const json = file('rows.json', JSON.stringify(rows));
    const options = { metric: 'seuclidean', features: 'x,same' };
    expect(await messageOf(diagnosed(json, options))).toContain("got 0 in column 'same'; leave the column out");
    const { output } = await verified(json, options);
    expect(output.replace(/\s+/g, ' ')).toContain("got 0 in column 'same'");
    const [check] = JSON.parse((await verified(json, { ...options, json: true })).output).claims;
    expect(check.reason).toContain("got 0 in column 'same'");
  });

  it('rows that coincide, in a reason', async () => {
    const same = file('same.csv', 'x,kind\n,a\n1,a\n1,a\n1,b\n');
    const { output } = await verified(same, { claim: { dunn: '1' } });
    expect(output.replace(/\s+/g, ' ')).toContain('got 0 for both: line 3 and line 5 coincide');
  });
});

describe('labels that are numbers beyond 2^53', () => {
  it('are refused with their place, since several integers are one of them', async () => {
    const lines = file('labels.jsonl', '{"x":1,"k":1}\n{"x":2,"k":1e20}\n{"x":3,"k":1}\n');
    expect(await messageOf(verified(lines, { label: 'k' }))).toMatch(
      /within 2\^53, above which integers become one, got 100000000000000000000 at line 2, column 'k'; save them as text/,
    );
  });

  it('are kept apart as text and as integers of 64 bits', async () => {
    const text = file('text.csv', 'x,k\n1,9007199254740992\n2,9007199254740993\n3,9007199254740992\n');
    const { output } = await verified(text, { label: 'k', claim: { classes: '2' } });
    expect(output).toContain('REPRODUCED');
  });
});
