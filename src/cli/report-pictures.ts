import type { TrainingRecord } from '../core/training-record.js';
import { percentText } from '../core/words.js';
import type { Diagnosis } from '../diagnose/types.js';
import { diagnosisPictures } from '../plot/diagnosis-pictures.js';
import { latentScatter } from '../plot/latent-scatter.js';
import type { Picture } from '../plot/picture.js';
import { columnAxis } from './column-axis.js';
import type { PictureNumbers } from './picture-numbers.js';

const LOOK = { theme: 'page' } as const;

function scoreOf({ metrics }: Diagnosis, space: string, heldOut: boolean): number | null {
  const row = metrics.find(
    (m) => m.metric === 'silhouette' && m.space === space && (m.rows === 'held-out') === heldOut,
  );
  return row?.score ?? null;
}

function plane({ space, shown, training, heldOut }: PictureNumbers['planes'][number], diagnosis: Diagnosis): Picture {
  return latentScatter(
    {
      method: `First two principal components, ${percentText(shown)} of the variance`,
      training: { ...training, score: scoreOf(diagnosis, space, false) },
      heldOut: heldOut === null ? undefined : { ...heldOut, score: scoreOf(diagnosis, space, true) },
    },
    { ...LOOK, title: space === 'input' ? 'The points in a plane' : `The space '${space}' in a plane` },
  );
}

/** The pictures of a report, for a page; `numbers` is null where there are no coordinates. */
export function reportPictures(
  diagnosis: Diagnosis,
  numbers: PictureNumbers | null,
  { columns, training }: { readonly columns: readonly string[]; readonly training: TrainingRecord | undefined },
): Picture[] {
  if (numbers === null) return diagnosisPictures({ diagnosis, training }, LOOK);
  const { silhouette, silhouetteLabels, planes, ...others } = numbers;
  return [
    ...diagnosisPictures(
      {
        diagnosis,
        silhouette: silhouette === undefined ? undefined : { result: silhouette, labels: silhouetteLabels },
        signatures: others.signatures,
        columns: columnAxis(columns),
        signatureDistances: others.signatureDistances,
        confusability: others.confusability,
        training,
      },
      LOOK,
    ),
    ...planes.map((numbersOf) => plane(numbersOf, diagnosis)),
  ];
}
