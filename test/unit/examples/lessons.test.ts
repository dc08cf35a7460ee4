import { diagnose, verifyClaims } from 'clusterlens';
import { Rng } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';
import { configurations, PUBLISHED } from '../../../examples/equalizer/configurations.js';
import { afterText, findingText, verdictTable, whyText } from '../../../examples/equalizer/findings-text.js';
import { lessons } from '../../../examples/equalizer/lessons.js';
import type { Measures } from '../../../examples/equalizer/measures.js';
import type { Outcome } from '../../../examples/equalizer/report.js';

const rng = new Rng(2);
const labels = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 'warm' : 'cold'));
const blobs = (gap: number) => labels.map((label) => [label === 'warm' ? gap : 0, 0].map((at) => at + rng.normal()));
const mixed = blobs(0);
const apart = blobs(9);
const diagnosis = diagnose({ points: mixed, labels }, { permutations: 39 });
const clear = diagnose({ points: apart, labels }, { permutations: 39 });

function measures(silhouette: number, p = 0.01): Measures {
  return {
    n: 100,
    k: 4,
    silhouette,
    chance: { mean: -0.05, sd: 0.01, p },
    daviesBouldin: 1,
    neighborAgreement: 0.5,
    reasons: [],
  };
}

const plan = configurations(false);
const settings = [...plan.corpus, plan.control];

/** An outcome with the diagnosis given, and these scores of the latent on training and held-out rows. */
function outcome(
  name: 'original' | 'remedy' | 'repaired' | 'control',
  scores: { training?: number; heldOut?: number; p?: number; input?: number },
  found = diagnosis,
): Outcome {
  const { training = 0, heldOut = 0, p = 0.01, input = 0 } = scores;
  const configuration = settings.find((one) => one.name === name)!;
  const latent = { training: measures(training), heldOut: measures(heldOut, p) };
  return {
    diagnosis: found,
    report: {
      ...configuration,
      parameters: 1,
      groups: [['warm'], ['cold']],
      spaces: { input: { training: measures(input), heldOut: measures(input) }, latent, projection: latent },
      allRows: measures(training),
      reconstructionError: { training: 0.1, heldOut: 0.2 },
      anchorsWithPositive: 1,
      claims: null,
      seconds: 1,
      training: {} as Outcome['report']['training'],
    },
  };
}
const told = (...outcomes: Outcome[]) => lessons(outcomes).join('\n');

/** The diagnosis with some verdicts and numbers exchanged. */
function withFinding(id: string, verdict: 'confirmed' | 'rejected', values: Record<string, number> = {}) {
  const like = diagnosis.findings[0]!;
  const evidence = Object.entries(values).map(([name, value]) => ({ name, text: name, value, test: 'given' }));
  const made = { ...like, id: id as typeof like.id, verdict, severity: 'high' as const, evidence };
  return { ...diagnosis, findings: [...diagnosis.findings.filter((finding) => finding.id !== id), made] };
}

describe('lessons', () => {
  it('says whether the published figures come out again', () => {
    const original = outcome('original', {});
    const check = (points: number[][], claims: Readonly<Record<string, number>>) =>
      told({ ...original, report: { ...original.report, claims: verifyClaims(points, labels, claims) } });
    expect(check(mixed, PUBLISHED)).toMatch(
      /^Report only what was calculated: silhouette 0\.68 was published, -?0\.0\d+ is computed \(refuted: none of \d+ conventions gives 0\.68\)/,
    );
    const { recomputed } = verifyClaims(apart, labels, PUBLISHED)[0]!;
    const text = check(apart, { silhouette: Number(recomputed!.toFixed(2)) });
    expect(text).toMatch(/^silhouette 0\.\d+ was published, .*\(reproduced/);
    expect(text).not.toContain('Report only');
  });

  it('counts the verdicts of the post-mortem that the evidence upholds', () => {
    // It had rejected that the terms are too vague.
    expect(told(outcome('original', {}))).toMatch(/contradicts [^;]*class-overlap/);
    expect(told(outcome('original', {}, clear))).toMatch(/upholds [^;]*class-overlap[^;]* and contradicts/);
  });

  it('names as missed what was confirmed and not looked at', () => {
    expect(told(outcome('original', {}, withFinding('output-reach', 'confirmed')))).toMatch(/missed .*output-reach/);
    expect(told(outcome('original', {}, withFinding('output-reach', 'rejected')))).not.toMatch(/missed .*output-reach/);
  });

  it('speaks of pairs and of outputs only when these were confirmed', () => {
    const pairs = (verdict: 'confirmed' | 'rejected') =>
      told(outcome('original', {}, withFinding('positive-pairs', verdict, { observed: 0.058 })));
    expect(pairs('confirmed')).toContain('94.2% of the anchors had no positive');
    expect(pairs('rejected')).not.toContain('anchors');
    const reach = (verdict: 'confirmed' | 'rejected') =>
      told(
        outcome('original', {}, withFinding('output-reach', verdict, { errorFloor: 0.43, columnsMostlyOutside: 27 })),
      );
    expect(reach('confirmed')).toMatch(/27 outputs .* cannot fall below 0\.430\./);
    expect(reach('rejected')).not.toContain('27 outputs');
  });

  it('repeats what the diagnosis answers', () => {
    expect(told(outcome('remedy', {}))).toContain(`'remedy' the diagnosis says: ${diagnosis.answer.sentence}`);
    expect(told(outcome('remedy', {}, clear))).toContain(clear.answer.sentence);
  });

  it('says whether filtering helps by the p of held-out rows', () => {
    expect(told(outcome('remedy', { heldOut: -0.3, p: 0.6 }))).toMatch(/Filtering alone does not help/);
    expect(told(outcome('remedy', { heldOut: -0.3, p: 0.01 }))).toMatch(/Filtering leaves more than chance/);
  });

  it('calls memory only what rows dealt anew do not give', () => {
    const gap = (p: number) => {
      const found = withFinding('generalisation-gap', 'confirmed');
      const last = found.findings.at(-1)!;
      const evidence = [{ name: 'latent.silhouette', text: 'gap', value: 0.4, chance: 0.1, p, test: 'given' }];
      return { ...found, findings: [...found.findings.slice(0, -1), { ...last, evidence }] };
    };
    const scores = { training: 0.5, heldOut: 0.1 };
    expect(told(outcome('repaired', scores, gap(0.01)))).toMatch(/0\.300 of the difference is memory/);
    expect(told(outcome('repaired', scores, gap(0.4)))).not.toMatch(/memory/);
  });

  it('blames the corpus only when the control works', () => {
    const control = outcome('control', { heldOut: 0.6 }, clear);
    expect(told(outcome('repaired', { heldOut: 0.1, p: 0.6 }), control)).toMatch(/are not in its curves/);
    expect(told(outcome('repaired', { heldOut: 0.1 }), control)).toMatch(/are only faintly in its curves/);
    expect(told(outcome('repaired', { heldOut: 0.5 }), control)).toMatch(/are in its curves/);
    expect(told(outcome('repaired', { heldOut: 0.1 }), outcome('control', { heldOut: 0.1 }))).toMatch(/too short/);
  });

  it('says so where nothing can be merged', () => {
    const none = outcome('repaired', {});
    expect(told({ ...none, report: { ...none.report, groups: null } })).toMatch(/no number of groups/);
  });
});

describe('the findings as text', () => {
  const before = outcome('original', {});
  const after = outcome('repaired', {}, clear);
  it('shows the number, and what the post-mortem had said', () => {
    const overlap = diagnosis.findings.find(({ id }) => id === 'class-overlap')!;
    const text = findingText(overlap).replace(/\s+/g, ' ');
    expect(text).toContain(overlap.summary);
    expect(text).toContain('Post-mortem: "the terms are too vague", rejected.');
    expect(whyText(before).replace(/\s+/g, ' ')).toContain(text);
  });

  it('marks a severe confirmed finding, and puts it before what was rejected', () => {
    expect(verdictTable([before, after])).toMatch(/^chance-level +confirmed !! +rejected$/m);
    const text = whyText(before);
    expect(text.indexOf('chance-level: confirmed !!')).toBeLessThan(text.indexOf(': rejected'));
  });

  it('tells what became of what was confirmed, and what is new', () => {
    expect(afterText(before, after)).toContain('class-overlap: was confirmed, now rejected');
    expect(afterText(after, before)).toContain('class-overlap: new');
    expect(afterText(before, before)).toContain('class-overlap: remains');
  });
});
