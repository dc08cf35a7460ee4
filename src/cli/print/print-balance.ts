import { countText, numberText, percentText } from '../../core/words.js';
import type { ClassBalance } from '../../imbalance/class-balance.js';
import { sayDropped } from '../../report/say-value.js';
import { clipped, padEnd, padStart, printable, table, widthOf } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';

const CLASSES = 20;
const BAR = 30;

/** Class sizes as bars, small classes, and the measures of imbalance. */
export function printBalance(
  balance: ClassBalance,
  { name, labelsFrom, reading }: Pick<LoadedData, 'name' | 'labelsFrom' | 'reading'>,
  { width, style }: Terminal,
  verbose: boolean,
): string {
  const { n, k, classes, smallClasses } = balance;
  const shown = verbose ? classes : classes.slice(0, CLASSES);
  const room = Math.min(24, Math.max(...shown.map(({ label }) => widthOf(printable(String(label))))));
  const largest = classes[0]!.count;
  const bars = shown.map(({ label, count: size, share }) => {
    const text = clipped(printable(String(label)), room);
    const bar = '#'.repeat(Math.max(1, Math.round((BAR * size) / largest)));
    return `  ${padEnd(text, room)}  ${padStart(numberText(size), numberText(largest).length)}  ${padStart(percentText(share), 6)}  ${bar}`;
  });
  const rest = classes.slice(shown.length);
  const inRest = rest.reduce((sum, { count: size }) => sum + size, 0);
  const measures: [string, number, string][] = [
    ['imbalance ratio', balance.imbalanceRatio, 'largest over smallest class; 1 is balanced'],
    ['effective classes', balance.effectiveClasses, `as many classes of equal size; ${numberText(k)} is balanced`],
    ['evenness', balance.evenness, 'entropy over its largest value; 1 is balanced'],
    ['entropy', balance.entropy, `nats; ${numberText(Math.log(k))} is balanced`],
    ['Gini', balance.gini, '0 is balanced'],
    ['imbalance degree', balance.imbalanceDegree, `0 is balanced, at most ${numberText(k - 1)}`],
    ['LRID', balance.lrid, 'likelihood ratio; 0 is balanced'],
    ['median class size', balance.median, 'rows'],
    ['mean class size', balance.mean, 'rows'],
  ];
  const lines = [
    style('bold', printable(name)),
    `${countText(n, 'row')} in ${countText(k, 'class', 'classes')} (${labelsFrom})`,
    ...(sayDropped(reading) === undefined ? [] : [sayDropped(reading)!]),
    '',
    style('bold', 'Class sizes'),
    ...bars,
    ...(rest.length === 0
      ? []
      : [
          `  and ${countText(rest.length, 'class', 'classes')} with ${countText(inRest, 'row')} together (all with --verbose)`,
        ]),
    '',
    style('bold', 'Small classes'),
    ...table(
      ['fewer than', 'classes', 'of classes', 'rows', 'of rows'],
      smallClasses.map(({ threshold, classes: few, share, examples }) => [
        `${threshold} rows`,
        few,
        percentText(share),
        examples,
        percentText(examples / n),
      ]),
      width - 2,
    ).map((line) => `  ${line}`),
    '',
    style('bold', 'Measures'),
    ...table(['', 'value', ''], measures, width - 2)
      .slice(1)
      .map((line) => `  ${line}`),
    '',
  ];
  return `${lines.join('\n')}`;
}
