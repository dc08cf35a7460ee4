import type { Configuration } from './configurations.js';
import type { Corpus } from './corpus.js';
import { measure } from './measure.js';
import { writeConfiguration } from './outputs.js';
import { latentPicture } from './pictures.js';
import { prepare } from './prepare.js';
import { progress } from './progress.js';
import type { ConfigurationReport } from './report.js';
import type { Matrix } from './standardize.js';
import { trainConfiguration } from './train-configuration.js';

export function meanSquaredError(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let p = 0; p < a.data.length; p++) sum += (a.data[p]! - b.data[p]!) ** 2;
  return sum / a.data.length;
}

/** Rows of both sides in one matrix, training rows first. */
export function together(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, rows: a.rows + b.rows, columns: a.columns };
}

/** Trains one configuration, measures all its spaces and writes its files. */
export async function runConfiguration(
  corpus: Corpus,
  configuration: Configuration,
  folder: string,
  seed: number,
): Promise<ConfigurationReport> {
  const prepared = prepare(corpus, configuration, seed);
  const { training, heldOut } = prepared;
  const bar = progress(configuration.name, configuration.epochs);
  const trained = await trainConfiguration(configuration, training, heldOut, seed, bar.update);
  bar.stop();
  writeConfiguration(folder, configuration.name, prepared, trained);
  const space = (trainingPoints: Matrix, heldOutPoints: Matrix) => ({
    training: measure(trainingPoints, training.labels, seed),
    heldOut: measure(heldOutPoints, heldOut.labels, seed),
  });
  const anchors = trained.record.epochs.map((epoch) => epoch.anchors ?? { valid: 0, skipped: 0 });
  const valid = anchors.reduce((sum, count) => sum + count.valid, 0);
  const all = anchors.reduce((sum, count) => sum + count.valid + count.skipped, 0);
  const report: ConfigurationReport = {
    ...configuration,
    parameters: trained.parameters,
    groups: prepared.groups,
    spaces: {
      input: space(training.points, heldOut.points),
      latent: space(trained.training.latent, trained.heldOut.latent),
      projection: space(trained.training.projection, trained.heldOut.projection),
    },
    allRows: measure(
      together(trained.training.latent, trained.heldOut.latent),
      [...training.labels, ...heldOut.labels],
      seed,
    ),
    reconstructionError: {
      training: meanSquaredError(trained.training.reconstruction, training.points),
      heldOut: meanSquaredError(trained.heldOut.reconstruction, heldOut.points),
    },
    anchorsWithPositive: valid / all,
    seconds: trained.seconds,
    training: trained.record,
  };
  await latentPicture(folder, report, prepared, trained, seed);
  return report;
}
