import type { FlatMatrix, Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import { expandCategories } from './categories.js';
import { profileOf } from './column-profile.js';
import { usesOf } from './column-uses.js';
import { Gathered } from './gathered.js';
import { chooseLabel } from './label-column.js';
import { malformed } from './malformed.js';
import { badCells, droppedNote, missingCells } from './missing-values.js';
import { refuseTwoReadings } from './number-signs.js';
import { namesLikeValues, textColumns } from './reading-notes.js';
import { RowLabels } from './row-labels.js';
import { selectColumns, type Wanted } from './select-columns.js';
import type { Row, Table } from './table.js';
import { LabelTwin } from './text-columns.js';

/** Rows from which it is told which column holds the labels, and which columns hold no number at all. */
const PROBED = 1000;

export interface CollectedSpace {
  readonly name: string;
  readonly points: FlatMatrix;
  readonly columns: readonly string[];
}

export interface Collected {
  /** Rows that are used. */
  readonly n: number;
  /** null: from another file. */
  readonly labels: readonly Label[] | null;
  readonly labelName: string | null;
  /** Labels of the further columns of labels. */
  readonly beside: ReadonlyArray<{ readonly name: string; readonly labels: readonly Label[] }>;
  readonly spaces: readonly CollectedSpace[];
  /** What each column of the file is, a list column as one. */
  readonly uses: readonly ColumnUse[];
  readonly features: FeatureColumns;
  /** Line or number in the file of each row that is used. */
  readonly places: readonly number[];
  /** Positions among all rows of those that were dropped. */
  readonly dropped: readonly number[];
  /** Of these, rows that have no label. */
  readonly unlabelled: number;
  /** Cells that are no number in a column of numbers, in rows that were dropped. */
  readonly unreadable: number;
  /** The first word for a missing value that stands where a label should. */
  readonly word: string | undefined;
  /** What the user should know of how the file was read. */
  readonly notes: readonly string[];
}

/** The columns of the file that the points are made of. */
export interface FeatureColumns {
  readonly names: readonly string[];
  /** Of the points, those that are whole columns of the file and no place of a list: their name, '' where they have none. */
  readonly plain: ReadonlyMap<number, string>;
  /** Values of the columns of categories. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Columns of the points that hold one category together. */
  readonly groups: readonly (readonly number[])[];
  /** Whether nobody named them. */
  readonly byDefault: boolean;
}

export interface CollectOptions {
  readonly wanted: Wanted;
  readonly dropMissing: boolean;
  /** NA, None and the like are labels. */
  readonly literalLabels: boolean;
  /** Values of columns of categories, where they are known from other rows. */
  readonly categories?: Readonly<Record<string, readonly string[]>> | undefined;
}

async function firstRows(rows: AsyncIterator<Row>): Promise<Row[]> {
  const probed: Row[] = [];
  while (probed.length < PROBED) {
    const item = await rows.next();
    if (item.done) break;
    probed.push(item.value);
  }
  return probed;
}

/** Reads all rows of a table into matrices of the chosen columns, and labels. */
export async function collect(
  table: Table,
  { wanted, dropMissing, literalLabels, categories }: CollectOptions,
): Promise<Collected> {
  const { name: file, columns, unit, numbers: style = 'plain' } = table;
  const incoming = table.rows[Symbol.asyncIterator]();
  const probed = await firstRows(incoming);
  if (probed.length === 0) throw malformed(file, 'must have rows below the column names, got none');
  const profiles = columns.map((_, j) => profileOf(probed, j, style));
  const choice = chooseLabel(file, wanted, columns, profiles);
  const { label } = choice;
  const isCategory = (j: number) => !profiles[j]!.isNumbers && profiles[j]!.textRole === 'text';
  const select = (isNumbers: (j: number) => boolean) =>
    selectColumns(file, columns, wanted, { ...choice, isNumbers, isCategory });
  // A column with a number may turn out to be one of numbers: what it is all rows say.
  const planned = select((j) => profiles[j]!.mayBeNumbers && !(wanted.categories === true && isCategory(j)));
  const gathered = new Gathered(table, style, planned, categories);
  const labels = new RowLabels(literalLabels);
  const beside = choice.beside.map((j) => ({ j, name: columns[j]!.name, labels: new RowLabels(literalLabels) }));
  const twins = new Map<number, LabelTwin>();
  for (const j of columns.keys()) if (!profiles[j]!.isNumbers && j !== label) twins.set(j, new LabelTwin());
  const places: number[] = [];

  function take(row: Row): Label | undefined {
    gathered.add(row);
    places.push(row.at);
    for (const { j, name, labels: further } of beside) {
      further.add(file, name, row.cells[j], () => `${unit} ${row.at}`);
    }
    if (label === undefined) return undefined;
    return labels.add(file, columns[label]!.name, row.cells[label], () => `${unit} ${row.at}`);
  }

  for (const row of probed) {
    const value = take(row);
    if (value !== undefined) for (const [j, twin] of twins) twin.add(row.cells[j], value);
  }
  const needed = [...gathered.columns, ...(label === undefined ? [] : [label]), ...choice.beside];
  const ignored = [...profiles.keys()].filter((j) => !profiles[j]!.mayBeNumbers && !needed.includes(j));
  const ofText = textColumns(ignored, profiles, table);
  probed.length = 0;
  table.needOnly?.(needed);
  for (let item = await incoming.next(); !item.done; item = await incoming.next()) take(item.value);
  const labelings = [labels, ...beside.map((further) => further.labels)];
  for (const labeling of labelings) labeling.check(file);

  const n = places.length;
  const selection = select((j) => gathered.isNumbers(j) || (!gathered.columns.includes(j) && profiles[j]!.isNumbers));
  const chosen = [...new Set(selection.spaces.flatMap((space) => space.columns))];
  const told = chosen.map((j) => ({ name: columns[j]!.name, tally: gathered.tallies[gathered.at(j)]! }));
  if (style === 'either') {
    refuseTwoReadings(
      file,
      chosen.map((j) => [columns[j]!.name, gathered.signs[gathered.at(j)]!]),
    );
  }
  const withLabel = [
    ...told,
    ...(label === undefined ? [] : [{ name: columns[label]!.name, tally: labels.tally }]),
    ...beside.map(({ name, labels: { tally } }) => ({ name, tally })),
  ];
  const without = new Uint8Array(n);
  gathered.buffer.markMissing(
    chosen.map((j) => gathered.at(j)),
    without,
  );
  for (const { values } of labelings) {
    for (const [i, value] of values.entries()) if (value === undefined) without[i] = 1;
  }
  const dropped = places.flatMap((_, i) => (without[i] === 1 ? [i] : []));
  if (dropped.length > 0 && !dropMissing) {
    const refused = badCells(file, told, n, style);
    throw refused ?? missingCells(file, withLabel, { rows: dropped.length, n, word: labels.word });
  }
  const rows = n - dropped.length;
  const kept = ({ values }: RowLabels) => values.filter((_, i) => without[i] === 0) as Label[];
  if (rows === 0) {
    throw malformed(file, `must have a row without missing values, got none among ${n}; look at ${unit} ${places[0]}`);
  }
  const inFile = selection.spaces.map(({ name, columns: own }, s) => ({
    name,
    columns: own.map((j) => columns[j]!.name),
    points: {
      data: gathered.buffer.take({
        columns: own.map((j) => gathered.at(j)),
        without,
        rows,
        last: s === selection.spaces.length - 1,
      }),
      rows,
      columns: own.length,
    },
  }));
  const [input, ...others] = inFile;
  const own = selection.spaces[0]?.columns ?? [];
  const coded = new Map(
    own.flatMap((j, at) => {
      const found = gathered.categories[gathered.at(j)];
      return found === undefined ? [] : [[at, found] as const];
    }),
  );
  const expanded =
    input === undefined || coded.size === 0 ? undefined : expandCategories(input.points, input.columns, coded);
  const turned = [...profiles.keys()].filter((j) => gathered.columns.includes(j) && !chosen.includes(j));
  const late = turned.flatMap((j) => {
    const { firstBad, bad } = gathered.tallies[gathered.at(j)]!;
    return firstBad === undefined ? [] : [{ name: columns[j]!.name, bad, ...firstBad }];
  });
  const final = profiles.map((profile, j) => (turned.includes(j) ? { ...profile, isNumbers: false } : profile));
  return {
    n: rows,
    labels: label === undefined ? null : kept(labels),
    labelName: label === undefined ? null : columns[label]!.name,
    beside: beside.map(({ name, labels: further }) => ({ name, labels: kept(further) })),
    spaces:
      input === undefined
        ? []
        : [
            { ...input, ...(expanded === undefined ? {} : { points: expanded.points, columns: expanded.names }) },
            ...others,
          ],
    uses: usesOf(table, final, choice, selection, twins),
    features: {
      names: own.map((j) => columns[j]!.name),
      plain: new Map(
        own.flatMap((j) => {
          const { name, unnamed, group } = columns[j]!;
          const at = (expanded?.names ?? input!.columns).indexOf(name);
          return group !== undefined || at === -1 ? [] : [[at, unnamed === true ? '' : name] as const];
        }),
      ),
      categories: Object.fromEntries(
        [...coded].map(([at, { values }]) => [columns[own[at]!]!.name, [...values].sort()]),
      ),
      groups: expanded?.groups ?? [],
      byDefault: selection.byDefault,
    },
    places: dropped.length === 0 ? places : places.filter((_, i) => without[i] === 0),
    dropped,
    unlabelled: labels.tally.missing,
    unreadable: told.reduce((sum, { tally }) => sum + tally.bad, 0),
    word: labels.word,
    notes: [
      ...(dropped.length === 0 ? [] : [droppedNote(withLabel, dropped.length, labels.tally.missing, n)]),
      ...(choice.note === undefined ? [] : [choice.note]),
      ...ofText,
      ...late.map(({ name, bad, cell, place }) => {
        return `left out column '${name}', text in ${bad} of ${n} rows (${JSON.stringify(cell)} in ${place})`;
      }),
      ...namesLikeValues(columns),
    ],
  };
}
