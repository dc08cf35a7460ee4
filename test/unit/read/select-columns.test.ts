import { describe, expect, it } from 'vitest';
import { load, messageOf, scratch } from '../cli/scratch.js';

const file = scratch();
const path = file('wide.csv', 'id,g_0,g_1,g_10,z_0,z_1,word,label\n7,1,2,3,4,5,u,a\n9,2,3,4,5,6,v,b\n');

const columns = async (features: string) => (await load(path, { features })).columns;

describe('--features', () => {
  it('takes names in the order given, globs, ranges, and what is left after !name', async () => {
    expect(await columns('z_0,g_1')).toEqual(['z_0', 'g_1']);
    expect(await columns('g_*')).toEqual(['g_0', 'g_1', 'g_10']);
    expect(await columns('g_?')).toEqual(['g_0', 'g_1']);
    expect(await columns('g_1..z_0')).toEqual(['g_1', 'g_10', 'z_0']);
    expect(await columns('!id,!z_*')).toEqual(['g_0', 'g_1', 'g_10']);
    expect(await columns('*')).toEqual(['id', 'g_0', 'g_1', 'g_10', 'z_0', 'z_1']);
    expect(await columns('g_*,!g_1,g_0')).toEqual(['g_0', 'g_10']);
  });

  it('tells the nearest name of an unknown column, and what a glob could have matched', async () => {
    expect(await messageOf(columns('g_00'))).toMatch(
      /^unknown-name: .*--features must name a column, got 'g_00'; did you mean 'g_0'/,
    );
    expect(await messageOf(columns('h_*'))).toMatch(
      /'h_\*' must match a column, got no match \(columns are 'id', 'g_0'/,
    );
    expect(await messageOf(columns('z_0..g_0'))).toMatch(/write 'g_0\.\.z_0'/);
    expect(await messageOf(load(path, { label: 'lable' }))).toMatch(
      /--label must name a column, got 'lable'; did you mean 'label'/,
    );
  });

  it('refuses a column of text that is named, and a choice without numbers', async () => {
    expect(await messageOf(columns('g_0,word'))).toMatch(/^wrong-type: .*got text in 'word'/);
    expect(await messageOf(columns('w*'))).toMatch(/at least one column of numbers, got 'w\*'/);
  });
});

describe('--space', () => {
  it('takes its columns out of the points unless these are named', async () => {
    const data = await load(path, { spaces: [{ name: 'latent', columns: 'z_*' }] });
    expect(data.columns).toEqual(['g_0', 'g_1', 'g_10']); // and id is an identifier
    expect(data.spaces.latent).toEqual({ data: Float64Array.of(4, 5, 5, 6), rows: 2, columns: 2 });
    const both = await load(path, { spaces: [{ name: 'latent', columns: 'z_*' }], features: 'z_0' });
    expect(both.columns).toEqual(['z_0']);
    expect(await messageOf(load(path, { spaces: [{ name: 'latent', columns: 'y_0' }] }))).toMatch(
      /--space latent must name a column, got 'y_0'/,
    );
  });
});
