import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { readDataset } from '../../../src/data/dataset.js';
import { columnRoles } from '../../../src/studies/columns/column-roles.js';
import { NO_FEATURES, ORDINARY, roleOf } from './role-worlds.js';

// The smaller version of scripts/role-rates.ts, whose table is docs/roles.md.
describe('the role of a column', () => {
  it.each(Object.entries(ORDINARY))('is feature: %s', (_, make) => {
    for (let t = 0; t < 8; t++) {
      for (const n of [40, 300]) expect(roleOf(make, 'price', n, 2 + (t % 4), 600 + t), `${n} rows`).toBe('feature');
    }
  });

  it.each(Object.entries(NO_FEATURES))('is found: %s', (_, [name, role, make]) => {
    for (let t = 0; t < 8; t++) expect(roleOf(make, name, 40, 2 + (t % 4), 700 + t)).toBe(role);
  });

  it.each([
    // A name decides nothing of numbers that look like measurements.
    ['id', (_: number, rng: Rng) => rng.normal(), 'feature'],
    ['index', (_: number, rng: Rng) => 100 + rng.normal(), 'feature'],
    ['timestamp', (_: number, rng: Rng) => rng.integer(500), 'feature'],
    ['zip', (_: number, rng: Rng) => rng.integer(60), 'feature'],
    ['weight', (_: number, rng: Rng) => 60 + rng.integer(50), 'feature'],
    ['sample_weight', (_: number, rng: Rng) => rng.normal(), 'feature'],
    ['fixed acid', (_: number, rng: Rng) => 40 + rng.integer(90), 'feature'],
    ['grid', (i: number) => 7 * ((i * 13) % 60), 'feature'],
    // Whole numbers in even steps are a measurement, unless they are called otherwise.
    ['wavelength', (i: number) => 400 + i, 'feature'],
    ['row', (i: number) => 400 + i, 'row-number'],
    ['order_id', (i: number) => 400 + 3 * ((i * 7) % 60) + (i % 2), 'identifier'],
    ['date', (i: number) => 20_240_100 + (i % 28) + 1, 'date'],
  ] as const)('%s', (name, make, role) => {
    expect(roleOf((rng, labels) => labels.map((_, i) => make(i, rng)), name, 60, 3, 11)).toBe(role);
  });

  it('keeps ranks of several measurements', () => {
    const rng = new Rng(5);
    const ranks = Array.from({ length: 3 }, () => [...rng.shuffle(Int32Array.from({ length: 50 }, (_, i) => i + 1))]);
    const points = ranks[0]!.map((_, i) => ranks.map((rank) => rank[i]!));
    const data = readDataset(
      'roles',
      points,
      points.map((_, i) => i % 2),
    );
    expect(columnRoles(data, ['a', 'b', 'c']).map(({ role }) => role)).toEqual(['feature', 'feature', 'feature']);
  });

  it('uses all where none would be left, or where that is asked for, and says what they are', () => {
    const points = Array.from({ length: 20 }, (_, i) => [i, 5]);
    const data = readDataset(
      'roles',
      points,
      points.map((_, i) => i % 2),
    );
    expect(columnRoles(data, ['n', 'five'])).toEqual([
      { name: 'n', role: 'row-number', used: true, reason: 'counts the rows; used, since no other column is left' },
      { name: 'five', role: 'constant', used: true, reason: '5 in every row; used, since no other column is left' },
    ]);
    const more = readDataset(
      'roles',
      points.map(([i]) => [i!, Math.sin(i!)]),
      points.map((_, i) => i % 2),
    );
    expect(columnRoles(more, ['n', 'sine'], { keep: true })[0]).toEqual({
      name: 'n',
      role: 'row-number',
      used: true,
      reason: 'counts the rows',
    });
  });
});
