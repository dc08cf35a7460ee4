import { percentText } from '../../../src/core/words.js';
import type { Diagnosis, FindingId } from '../../../src/index.js';

/** Where the sentence of the answer says another number, or another pair, than the findings. */
export function sentenceFaults({ answer, findings }: Diagnosis): string[] {
  const { sentence, weakest } = answer;
  const finding = (id: FindingId) => findings.find((of) => of.id === id)!;
  const evidence = (id: FindingId, name: string) => finding(id).evidence.find((of) => of.name === name);
  const faults: string[] = [];
  const same = (what: string, said: unknown, found: unknown) => {
    if (said !== found) faults.push(`${what}: ${said} is said, ${found} was found`);
  };
  const share = (value: unknown) => (typeof value === 'number' ? percentText(value) : 'no value');

  const agreement = /\(([\d.<>]+%) of rows have a neighbour of their own class; by chance ([\d.<>]+%)/.exec(sentence);
  if (agreement !== null) {
    const found = evidence('chance-level', 'neighborAgreement');
    same('agreement', agreement[1], share(found?.value));
    same('chance', agreement[2], share(found?.chance));
    const overlap = evidence('class-overlap', 'agreement');
    same('agreement of the overlap', overlap?.value, found?.value);
    same('chance of the overlap', overlap?.chance, found?.chance);
  }

  // With a remedy the weak spot is that of the input with it.
  const spot = sentence.startsWith('Partly: not as') ? null : / Weak spot: [^.]+\./.exec(sentence);
  const told = / Weak spot: [^.]+\./.exec(finding('class-overlap').summary);
  const [first] = weakest.pairs;
  if (spot !== null) {
    same('named pair', spot[0].includes(`${first?.labels[0]} and ${first?.labels[1]} `), true);
    if (told !== null) same('weak spot of the overlap', told[0], spot[0]);
    // Of the pairs that are weak, the first in the table of the overlap.
    const { rows } = finding('class-overlap').tables.find(({ name }) => name === 'pairs')!;
    const weak = rows.find(([a, b]) => weakest.pairs.some(({ labels }) => labels.includes(a!) && labels.includes(b!)));
    if (weak !== undefined) same('first pair of the table', `${weak[0]} ${weak[1]}`, first?.labels.join(' '));
  }
  if (told !== null && spot === null && sentence.startsWith('Yes')) faults.push('the answer names no weak spot');

  const wrong = /about ([\d.]+%) of the labels look wrong/.exec(sentence);
  if (wrong !== null) same('wrong labels', wrong[1], share(evidence('label-noise', 'rate')?.value));
  if (finding('label-noise').severity === 'medium' && sentence.startsWith('Yes')) {
    same('wrong labels are named', wrong !== null, true);
  }

  const gaps = /(none|only [\d,]+) of the ([\d,]+) pairs of neighbouring classes/.exec(sentence);
  if (gaps !== null) {
    same('gaps', Number(gaps[1]!.replace('none', '0').replace('only ', '')), evidence('one-cloud', 'gaps')?.value);
    same('pairs', Number(gaps[2]), evidence('one-cloud', 'pairs')?.value);
  }
  const rows = /About ([\d,]+) rows in the same classes would tell\.$/.exec(sentence);
  const needed = evidence('one-cloud', 'rowsToTell')?.value;
  if (rows !== null && answer.because.includes('one-cloud')) same('rows', Number(rows[1]!.replace(',', '')), needed);
  return faults;
}
