import type { Rng } from '../../../src/core/rng.js';
import { identifierColumns, placeholderValues, uninformativeColumns } from '../../../src/index.js';
import { KINDS, type World, type WorldKind, withColumn } from './worlds.js';

interface Planted {
  readonly world: World;
  readonly columns: readonly number[];
}

/** One cause, planted in a good world, and how it is found. */
export interface Plant {
  readonly kinds: readonly WorldKind[];
  readonly plant: (world: World, rng: Rng) => Planted;
  readonly found: (world: World, columns: readonly number[]) => boolean;
}

function spreadOf({ points }: World, column: number): number {
  const n = points.length;
  const mean = points.reduce((sum, row) => sum + row[column]!, 0) / n;
  return Math.sqrt(points.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0) / n);
}

const widthOf = ({ points }: World) => points[0]!.length;
const largestSpread = (world: World) => Math.max(...world.points[0]!.map((_, c) => spreadOf(world, c)));

const isIdentifier = ({ points, labels }: World, [column]: readonly number[]) =>
  identifierColumns(points, labels).columns.some((of) => of.column === column);

/** A column more, which is the one to find. */
function identifier(make: (world: World, rng: Rng) => (i: number) => number): Plant {
  return {
    kinds: KINDS,
    plant: (world, rng) => ({ world: withColumn(world, make(world, rng)), columns: [widthOf(world)] }),
    found: isIdentifier,
  };
}

const order = (n: number, rng: Rng) => rng.shuffle(Array.from({ length: n }, (_, i) => i));

/** A twentieth of the rows, at least 3, hold a value in one column of measurements. */
function placeholder(value: number, make: (rng: Rng) => number | null = () => null): Plant {
  return {
    kinds: ['real', 'skewed', 'integer', 'counts'],
    plant: (world, rng) => {
      const extended = make(rng) === null ? world : withColumn(world, () => make(rng)!);
      const width = widthOf(extended);
      const column = make(rng) === null ? rng.integer(width) : width - 1;
      const n = extended.points.length;
      const chosen = new Set(order(n, rng).slice(0, Math.max(3, Math.round(n / 20))));
      const points = extended.points.map((row, i) =>
        chosen.has(i) ? row.map((own, c) => (c === column ? value : own)) : row,
      );
      return { world: { ...extended, points }, columns: [column] };
    },
    found: ({ points }, [column]) =>
      placeholderValues(points).values.some((of) => of.column === column && of.value === value),
  };
}

export const PLANTS: Readonly<Record<string, Plant>> = {
  'a row number': identifier(() => (i) => 1 + i),
  'a shuffled row number': identifier((world, rng) => {
    const ids = order(world.points.length, rng);
    return (i) => 1000 + ids[i]!;
  }),
  'one in four numbers, dealt': identifier((world, rng) => {
    const ids = order(4 * world.points.length, rng);
    return (i) => 5000 + 3 * ids[i]!;
  }),
  'times that rise': identifier((_, rng) => {
    let time = 1.6e9;
    return () => {
      time += 1 + rng.integer(900);
      return time;
    };
  }),
  'numbers of eight digits, dealt': identifier((_, rng) => () => 10_000_000 + rng.integer(90_000_000)),
  // Of three classes and more: of two, among columns of two values, it may be a good measurement.
  'a copy of the label': {
    ...identifier((world) => {
      const names = [...new Set(world.labels)];
      return (i) => 3 * names.indexOf(world.labels[i]!) + 1;
    }),
    kinds: ['real', 'skewed', 'integer', 'counts'],
  },
  '-999 for missing': placeholder(-999),
  '9999 for missing': placeholder(9999),
  '0 in a column of 120 ± 15': placeholder(0, (rng) => 120 + 15 * rng.normal()),
  '-1 in a positive column': placeholder(-1, (rng) => Math.exp(rng.normal())),
  'columns of noise, three for each of the others': {
    kinds: KINDS,
    plant: (world, rng) => {
      const width = widthOf(world);
      const spread = largestSpread(world);
      const added = 3 * width;
      const points = world.points.map((row) => [...row, ...Array.from({ length: added }, () => spread * rng.normal())]);
      return { world: { ...world, points }, columns: Array.from({ length: added }, (_, c) => width + c) };
    },
    found: ({ points, labels }, planted) => {
      const { verdict, columns } = uninformativeColumns(points, labels);
      return verdict === 'harmful' && planted.filter((c) => columns.includes(c)).length >= 0.8 * planted.length;
    },
  },
};
