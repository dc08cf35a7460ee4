import { verifyClaims } from 'clusterlens';
import { type Configuration, type Effort, PUBLISHED } from './configurations.js';
import type { Corpus } from './corpus.js';
import { diagnoseConfiguration, type SideSpaces } from './diagnose-configuration.js';
import { diagnosedMeasures, measure } from './measures.js';
import { writeConfiguration, writeDiagnosis } from './outputs.js';
import { latentPicture } from './pictures.js';
import { prepare } from './prepare.js';
import { progress } from './progress.js';
import type { ConfigurationReport, Outcome } from './report.js';
import type { Matrix } from './standardize.js';
import { type Codes, type Part, trainConfiguration } from './train-configuration.js';

export function meanSquaredError(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let p = 0; p < a.data.length; p++) sum += (a.data[p]! - b.data[p]!) ** 2;
  return sum / a.data.length;
}

/** Rows of both sides in one matrix, training rows first. */
function together(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, rows: a.rows + b.rows, columns: a.columns };
}

/** Everything about the spaces of a configuration that its files determine. */
export function measureConfiguration(
  configuration: Configuration,
  sides: Parameters<typeof diagnoseConfiguration>[1],
  options: Effort & { seed: number },
): { diagnosis: Outcome['diagnosis'] } & Pick<
  ConfigurationReport,
  'spaces' | 'allRows' | 'claims' | 'reconstructionError'
> {
  const { training, heldOut } = sides;
  const { seed, permutations, resamples } = options;
  const diagnosis = diagnoseConfiguration(configuration, sides, options);
  const space = (name: string) => ({
    training: diagnosedMeasures(diagnosis, { space: name, rows: 'training', labels: training.labels }),
    heldOut: diagnosedMeasures(diagnosis, { space: name, rows: 'held-out', labels: heldOut.labels }),
  });
  const latent = together(training.latent, heldOut.latent);
  const labels = [...training.labels, ...heldOut.labels];
  return {
    diagnosis,
    spaces: { input: space('input'), latent: space('latent'), projection: space('projection') },
    allRows: measure(latent, labels, { permutations, seed }),
    claims: configuration.published ? verifyClaims(latent, labels, PUBLISHED, { resamples, seed }) : null,
    reconstructionError: {
      training: meanSquaredError(training.reconstruction, training.input),
      heldOut: meanSquaredError(heldOut.reconstruction, heldOut.input),
    },
  };
}

/** Trains one configuration, measures and diagnoses all its spaces and writes its files. */
export async function runConfiguration(
  corpus: Corpus,
  configuration: Configuration,
  options: { folder: string; seed: number; effort: Effort; command: string },
): Promise<Outcome> {
  const { folder, seed, effort } = options;
  const prepared = prepare(corpus, configuration, seed);
  const bar = progress(configuration.name, configuration.epochs);
  const trained = await trainConfiguration(configuration, prepared.training, prepared.heldOut, seed, bar.update);
  bar.stop();
  writeConfiguration(folder, configuration.name, prepared, trained);
  const side = ({ points, labels }: Part, codes: Codes): SideSpaces => ({ ...codes, input: points, labels });
  const { diagnosis, ...measured } = measureConfiguration(
    configuration,
    {
      training: side(prepared.training, trained.training),
      heldOut: side(prepared.heldOut, trained.heldOut),
      record: trained.record,
    },
    { ...effort, seed },
  );
  const anchors = trained.record.epochs.map((epoch) => epoch.anchors ?? { valid: 0, skipped: 0 });
  const valid = anchors.reduce((sum, count) => sum + count.valid, 0);
  const all = anchors.reduce((sum, count) => sum + count.valid + count.skipped, 0);
  const report: ConfigurationReport = {
    ...configuration,
    parameters: trained.parameters,
    groups: prepared.groups,
    ...measured,
    anchorsWithPositive: valid / all,
    seconds: trained.seconds,
    training: trained.record,
  };
  writeDiagnosis(folder, configuration, diagnosis, options.command);
  await latentPicture(folder, report, prepared, trained, { seed, umapEpochs: effort.umapEpochs });
  return { report, diagnosis };
}
