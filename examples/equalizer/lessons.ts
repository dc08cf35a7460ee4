import { fixed } from './fixed.js';
import type { Measures } from './measure.js';
import type { ConfigurationReport } from './report.js';

/** The published silhouette of the case, which was never calculated. */
const PUBLISHED = 0.68;

type Value = Extract<Measures, { silhouette: number }>;

function measured(measures: Measures): Value | null {
  return 'reason' in measures ? null : measures;
}

/** Level of the permutation test on held-out rows. */
const LEVEL = 0.05;

/** What the run shows, each sentence chosen by the numbers in it. */
export function lessons(reports: readonly ConfigurationReport[]): string[] {
  const found: string[] = [];
  const of = (name: string) => reports.find((report) => report.name === name);
  const number = (value: number) => fixed(value, 3);

  for (const { name, spaces } of reports) {
    const training = measured(spaces.latent.training);
    const heldOut = measured(spaces.latent.heldOut);
    if (training === null || heldOut === null) continue;
    const gap = training.silhouette - heldOut.silhouette;
    const p = `p = ${heldOut.chance.p.toFixed(3)}`;
    const verdict =
      heldOut.chance.p <= LEVEL ? `more than random labels give (${p})` : `no more than random labels give (${p})`;
    found.push(
      `${name}: the latent scores ${number(training.silhouette)} on training rows and ` +
        `${number(heldOut.silhouette)} on held-out rows (chance ${number(heldOut.chance.mean)}), ${verdict}` +
        `${gap > 0.2 ? `; ${number(gap)} of the training score is memory` : ''}.`,
    );
  }
  const original = of('original');
  // The published figure was for all rows at once.
  const latent = original && measured(original.allRows);
  if (original !== undefined && latent) {
    found.push(
      `The published silhouette ${PUBLISHED} is ${Math.abs(latent.silhouette - PUBLISHED) < 0.05 ? 'reproduced' : 'not reproduced'}: ` +
        `the same recipe gives ${number(latent.silhouette)} here, on all rows at once.`,
    );
    const skipped = 1 - original.anchorsWithPositive;
    if (skipped > 0.5) {
      found.push(
        `In shuffled batches of ${original.batches.size}, ${(100 * skipped).toFixed(1)}% of the anchors had no positive: ` +
          'for them the contrastive loss does not exist, whatever its weight.',
      );
    }
  }
  const repaired = of('repaired');
  if (original !== undefined && repaired !== undefined) {
    const [bounded, linear] = [original.reconstructionError.training, repaired.reconstructionError.training];
    if (bounded > 2 * linear) {
      found.push(
        `The bounded decoder leaves a reconstruction error of ${bounded.toFixed(3)}, the linear one ${linear.toFixed(3)}.`,
      );
    }
  }
  const control = of('control');
  const controlHeld = control && measured(control.spaces.latent.heldOut);
  const controlInput = control && measured(control.spaces.input.heldOut);
  const repairedHeld = repaired && measured(repaired.spaces.latent.heldOut);
  if (controlHeld && controlInput && repairedHeld) {
    const trainingWorks = controlHeld.silhouette > controlInput.silhouette + 0.2;
    const corpusFails = repairedHeld.silhouette < controlHeld.silhouette / 2;
    if (trainingWorks && corpusFails) {
      found.push(
        `The same recipe takes held-out digits from ${number(controlInput.silhouette)} to ${number(controlHeld.silhouette)}, ` +
          `and held-out terms only to ${number(repairedHeld.silhouette)}: the training works, ` +
          `the labels of the corpus are ${repairedHeld.chance.p <= LEVEL ? 'only faintly' : 'not'} in its curves.`,
      );
    } else if (trainingWorks) {
      found.push(
        `The same recipe takes held-out digits to ${number(controlHeld.silhouette)} and held-out terms to ` +
          `${number(repairedHeld.silhouette)}: the labels of the corpus are in its curves.`,
      );
    } else {
      found.push(
        `The control did not cluster on held-out rows (${number(controlHeld.silhouette)} from ${number(controlInput.silhouette)}): ` +
          'this run is too short to say where the fault lies.',
      );
    }
  }
  return found;
}
