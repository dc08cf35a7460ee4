import { countText, numberText } from '../../core/words.js';
import type { SelectionIndex } from '../../metrics/internal/selection-row.js';
import { sayDropped } from '../../report/say-value.js';
import type { Favoured, HowMany } from '../how-many.js';
import { hanging, printable, table, wrap } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';

const INDENT = '  ';

const VERDICTS = {
  groups: 'gaps between its groups',
  'one-cloud': 'one cloud without gaps',
  mixed: 'gaps between some of its groups',
  undecided: 'too few rows to see gaps, or to see that there are none',
} as const;

function gapLine({ k, name, gaps }: Favoured): string[] {
  if (gaps === null) return [];
  const { verdict, found, pairs } = gaps;
  const seen = `${numberText(found)} of ${countText(pairs, 'pair')} of neighbouring groups`;
  return [`${name === null ? `k = ${k}` : `'${name}'`}: ${VERDICTS[verdict]} (${seen}).`];
}

/** The value, * where the index favours it. */
function cellOf(value: number | null, favoured: boolean): string {
  return value === null ? '-' : `${numberText(value)}${favoured ? '*' : ' '}`;
}

function indexLines({ selection }: HowMany, width: number): string[] {
  const { rows, bestRow, references } = selection;
  const named = rows.some(({ name }) => name !== null);
  const body = rows.map((row, at) => {
    const best = (index: SelectionIndex) => bestRow[index] === at;
    const { gap } = row;
    return [
      ...(named ? [printable(String(row.name))] : []),
      row.k,
      cellOf(row.silhouette, best('silhouette')),
      cellOf(row.daviesBouldin, best('daviesBouldin')),
      cellOf(row.calinskiHarabasz, best('calinskiHarabasz')),
      cellOf(row.dunn, best('dunn')),
      ...(references === null
        ? []
        : [gap === null ? '-' : `${cellOf(gap.gap, best('gap'))}+- ${numberText(gap.standardError)}`]),
    ];
  });
  const heads = [
    ...(named ? ['labels'] : []),
    'k',
    'silhouette',
    'Davies- Bouldin',
    'Calinski- Harabasz',
    'Dunn',
    ...(references === null ? [] : ['gap']),
  ];
  return [
    ...table(heads, body, width - 2).map((line) => INDENT + line),
    ...wrap('* favoured by this index: the highest, of Davies-Bouldin the lowest.', width),
    ...(references === null
      ? []
      : wrap(
          `The gap (${countText(references.count, 'reference set')}) favours the smallest k whose gap is at least that of the next k less its standard error, and may favour 1.`,
          width,
        )),
  ];
}

/** How many clusters, the answer first. */
export function printHowMany(
  found: HowMany,
  { name, points, reading }: Pick<LoadedData, 'name' | 'points' | 'reading'>,
  { width, style }: Terminal,
): string {
  const { selection, favoured, sentence } = found;
  const { n, d, rows, metric, seed } = selection;
  const clustered = rows[0]!.name === null;
  const how = clustered ? `k-means for k = 1 to ${rows[rows.length - 1]!.k}` : countText(rows.length, 'labeling');
  const dropped = sayDropped(reading);
  const lines = [
    style('bold', printable(name)),
    ...wrap(
      `${numberText(points.rows)} x ${numberText(d)}, ${how}, metric ${metric}, seed ${seed}${dropped === undefined ? '' : `; ${dropped}`}`,
      width,
    ),
    ...(n === points.rows
      ? []
      : wrap(`All was computed of a sample of ${numberText(n)} rows, drawn with the seed.`, width)),
    '',
    ...hanging('', sentence, width),
    '',
    style('bold', 'Indices'),
    ...indexLines(found, width),
    ...(favoured.every(({ gaps }) => gaps === null)
      ? []
      : [
          '',
          style('bold', 'Gaps between the groups'),
          ...favoured.flatMap(gapLine).flatMap((text) => hanging(INDENT, text, width)),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
