import type { Label } from '../../core/types.js';
import { countText, numberText, percentText } from '../../core/words.js';
import type { SoftSilhouetteResult } from '../../metrics/internal/soft-silhouette-result.js';
import { printable, table, wrap } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';

const INDENT = '  ';
/** Rows between two clusters that are listed. */
const SHOWN = 10;

function betweenLines({ between, n }: SoftSilhouetteResult, fileRows: readonly number[], width: number): string[] {
  const told = `${numberText(between.length)} of ${countText(n, 'row')} between two clusters: the largest membership is at most 3 times the second, which is more than 3 times the third.`;
  if (between.length === 0) return wrap(told, width);
  const rows = between.slice(0, SHOWN).map(({ row, labels: [a, b], memberships: [u1, u2] }) => {
    const name = (label: Label) => printable(String(label));
    return [fileRows[row]! + 1, name(a), u1, name(b), u2];
  });
  const more = between.length > SHOWN ? [`${INDENT}and ${numberText(between.length - SHOWN)} more: --json`] : [];
  return [
    ...wrap(told, width),
    ...table(['row', 'first', 'membership', 'second', 'membership'], rows, width - 2).map((line) => INDENT + line),
    ...more,
  ];
}

/** A reason that counts rows from 0 with the row of the file, which counts from 1. */
function inFileRows(reason: string, fileRows: readonly number[]): string {
  return reason.replace(/^row (\d+)/, (_, row: string) => `row ${fileRows[Number(row)]! + 1}`);
}

/** Silhouettes of memberships. */
export function printSoft(
  result: SoftSilhouetteResult,
  { name, fileRows }: Pick<LoadedData, 'name' | 'fileRows'>,
  { width, style }: Terminal,
): string {
  const { score, alpha, crisp, entropy, clusters, amongSeveral, tiedCount, density, densityReason } = result;
  const exponent = alpha === 1 ? '' : `^${numberText(alpha)}`;
  const lines = [
    style('bold', printable(name)),
    ...wrap(
      `${numberText(result.n)} x ${numberText(result.d)}, memberships in ${countText(result.k, 'cluster')}, metric ${result.metric}`,
      width,
    ),
    '',
    ...wrap(
      `Fuzzy silhouette ${numberText(score)}: widths weighted by (u1 - u2)${exponent} (Campello and Hruschka 2006). Without weights ${numberText(crisp.score)}.`,
      width,
    ),
    ...wrap(
      density === null
        ? `No density-based silhouette: ${inFileRows(densityReason!, fileRows)}.`
        : `Density-based silhouette: mean ${numberText(density.score)}, median ${numberText(density.median)} (Menardi 2011).`,
      width,
    ),
    ...wrap(
      `Entropy of the memberships ${numberText(entropy.mean)} nats, ${percentText(entropy.share)} of the most there can be.`,
      width,
    ),
    '',
    ...table(
      ['cluster', 'rows', 'memberships', 'silhouette', 'without weights'],
      clusters.map((cluster) => [
        printable(String(cluster.label)),
        cluster.size,
        cluster.membership,
        cluster.score,
        cluster.crispScore,
      ]),
      width - 2,
    ).map((line) => INDENT + line),
    '',
    ...betweenLines(result, fileRows, width),
    ...wrap(
      `${numberText(amongSeveral.length)} among three clusters or more, ${numberText(tiedCount)} with two largest memberships that are equal.`,
      width,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
