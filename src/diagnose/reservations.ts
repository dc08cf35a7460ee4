import { countText, numberText, percentText } from '../core/words.js';
import type { Finding, FindingId } from './finding-types.js';
import type { Context } from './findings/context.js';
import { listLabels, sayLabel } from './findings/label-words.js';

type Clause = (value: (name: string) => number | null, context: Context, finding: Finding) => string;

const rowsAre = (n: number | null, one: string, many: string) => `${countText(n ?? 0, 'row')} ${n === 1 ? one : many}`;

/** What stands against clusters that are real, in half a sentence, by the evidence of the finding. */
const CLAUSES: Partial<Readonly<Record<FindingId, Clause>>> = {
  'placeholder-values': () => 'a value that stands for missing ones is taken for a measurement',
  'identifier-columns': (value) =>
    value('identifierColumns') === 1 ? 'one column is no measurement' : 'some columns are no measurements',
  duplicates: (value) => {
    const [copies, leaked] = [value('copies') ?? 0, value('leaked') ?? 0];
    return [
      ...(copies === 0 ? [] : [rowsAre(copies, 'copies another', 'copy others')]),
      ...(leaked === 0
        ? []
        : [`${countText(leaked, 'held-out row')} ${leaked === 1 ? 'is a training row' : 'are training rows'}`]),
    ].join(' and ');
  },
  outliers: (value) =>
    `${rowsAre(value('farRows'), 'lies so far out that it moves', 'lie so far out that they move')} the scores`,
  scale: () => 'one column decides the distances',
  'noise-label': (_value, _context, { evidence }) => {
    const label = evidence.find(({ name }) => name === 'label')?.value;
    return label === undefined || label === null ? 'one label marks noise' : `${sayLabel(label)} looks like noise`;
  },
  'uninformative-columns': (value) => `${countText(value('uninformative') ?? 0, 'column')} tell nothing of them`,
  'metric-choice': () => 'another metric shows them better',
  'label-noise': (value) => `about ${percentText(value('rate') ?? 0)} of the labels look wrong`,
  granularity: () => 'the labels are finer than the points support',
  'hidden-groups': (_value, context) => {
    const hidden = context.hiddenGroups();
    if ('reason' in hidden) return 'one label covers several groups';
    const { found } = hidden;
    return `${listLabels(found)} ${found.length === 1 ? 'covers' : 'cover'} several groups${found.length === 1 ? '' : ' each'}`;
  },
  'other-groups': (value) =>
    `the points also fall into ${numberText(value('groups') ?? 0)} groups that the labels run across`,
  'class-imbalance': () => 'they are of very different sizes',
  'signature-separation': () => 'they do not differ in their means',
};

/** Half sentences on these findings, joined; empty without any. */
export function reservationsOf(context: Context, findings: readonly Finding[]): string {
  const told = findings.map((finding) => {
    const value = (name: string) => {
      const found = finding.evidence.find((of) => of.name === name)?.value;
      return typeof found === 'number' ? found : null;
    };
    const clause = CLAUSES[finding.id];
    return clause === undefined ? finding.title.toLowerCase() : clause(value, context, finding);
  });
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told[told.length - 1]}`;
}
