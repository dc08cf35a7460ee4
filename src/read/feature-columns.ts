import type { Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import { readDataset } from '../data/dataset.js';
import { columnRoles } from '../studies/columns/column-roles.js';
import type { FeatureColumns } from './collect.js';
import type { LabelledRows, Space } from './labelled-rows.js';

/** The columns of the file that the points are made of, to read other rows by. */
export interface FeatureSources {
  readonly names: readonly string[];
  readonly categories: FeatureColumns['categories'];
  /** Columns of the points that hold one category together. */
  readonly groups: readonly (readonly number[])[];
}

/** The features that are left, and what each column of the file is. */
interface Looked {
  readonly space: Space | undefined;
  readonly uses: readonly ColumnUse[];
  readonly sources: FeatureSources;
  readonly notes: readonly string[];
}

function withColumns({ name, points, columns }: Space, kept: readonly number[]): Space {
  const { data, rows, columns: d } = points;
  const out = new Float64Array(rows * kept.length);
  for (let i = 0, to = 0; i < rows; i++) for (const j of kept) out[to++] = data[i * d + j]!;
  return {
    name,
    points: { data: out, rows, columns: kept.length },
    columns: kept.map((j) => columns[j]!),
  };
}

function sourcesOf({ names, categories }: FeatureColumns, groups: FeatureSources['groups']): FeatureSources {
  return { names, categories, groups };
}

/** What is said of columns of numbers that are no features; of text the reader says it. */
function notesOf(uses: readonly ColumnUse[], before: readonly ColumnUse[]): string[] {
  const away = uses.filter(({ used, role }, j) => !used && (before[j]!.used || role === 'label'));
  if (away.length === 0) return [];
  const said = away.map(({ name, role, reason }) => `'${name}' (${role}: ${reason})`);
  return [
    `not used as features: ${said.join(', ')}; --features names the columns to use, --keep-identifiers takes all`,
  ];
}

/**
 * Leaves out the features that are identifiers, row numbers, constants or copies of the label, unless they were named;
 * places of a list column and categories stay as they are.
 */
export function lookedAt(
  { uses, features }: Pick<LabelledRows, 'uses' | 'features'>,
  { kept, space }: { readonly kept: readonly Label[]; readonly space: Space | undefined },
  {
    keepIdentifiers = false,
    keepConstants = false,
    distances = false,
  }: {
    readonly keepIdentifiers?: boolean | undefined;
    readonly keepConstants?: boolean | undefined;
    /** The columns are distances, all of which are needed. */
    readonly distances?: boolean | undefined;
  },
): Looked {
  const asRead: Looked = { space, uses, sources: sourcesOf(features, features.groups), notes: notesOf(uses, uses) };
  const { plain, groups } = features;
  if (space === undefined || plain.size === 0 || distances || space.points.rows === 0) return asRead;
  const places = [...plain.keys()];
  const keep = keepIdentifiers || !features.byDefault;
  const own = withColumns(space, places);
  const roles = columnRoles(readDataset('columns', own.points, kept, undefined, 'borrow'), [...plain.values()], {
    keep,
    constants: keepConstants,
    beside: space.columns.length > places.length,
  });
  const roleOf = new Map(roles.map((one, at) => [space.columns[places[at]!]!, one]));
  const away = new Set(places.filter((_, at) => !roles[at]!.used));
  const said = uses.map((use) => {
    const role = use.role === 'feature' && use.used ? roleOf.get(use.name) : undefined;
    return role === undefined ? use : { ...role, name: use.name };
  });
  if (away.size === 0) return { ...asRead, uses: said, notes: notesOf(said, uses) };
  const left = space.columns.flatMap((_, j) => (away.has(j) ? [] : [j]));
  const moved = groups.map((group) => group.map((j) => left.indexOf(j)));
  const names = features.names.filter((name) => roleOf.get(name)?.used !== false);
  return {
    space: withColumns(space, left),
    uses: said,
    sources: sourcesOf({ ...features, names }, moved),
    notes: notesOf(said, uses),
  };
}
