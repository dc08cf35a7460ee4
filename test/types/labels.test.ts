import {
  calinskiHarabasz,
  classBalance,
  confusability,
  type Dataset,
  dataset,
  daviesBouldin,
  dbcv,
  dunn,
  filterByClassSize,
  type Labels,
  labelHierarchy,
  medoidSilhouette,
  neighborAgreement,
  positivePairAudit,
  signatureDistances,
  signatures,
  significance,
  silhouette,
  simplifiedSilhouette,
  xieBeni,
} from 'clusterlens';
import { silhouette as silhouetteInThreads } from 'clusterlens/parallel';
import { describe, expectTypeOf, it } from 'vitest';

type AB = 'a' | 'b';
declare const points: number[][];
declare const text: Labels<AB>;

describe('the type of a label is that of the labels given (held by the type check)', () => {
  // Never called: only its types count.
  const types = () => {
    expectTypeOf(silhouette(points, ['a', 'b']).neighbors).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(silhouette(points, [0, 1] as const).neighbors).toEqualTypeOf<readonly (0 | 1)[]>();
    expectTypeOf(silhouette(points, ['a', 1, true]).neighbors).toEqualTypeOf<readonly ('a' | 1 | true)[]>();
    expectTypeOf(silhouette(points, [] as string[]).neighbors).toEqualTypeOf<readonly string[]>();
    expectTypeOf(silhouette(points, new Int32Array(2)).neighbors).toEqualTypeOf<readonly number[]>();
    expectTypeOf(silhouette(points, ['a', 'b'], { noiseLabel: -1 }).neighbors).toEqualTypeOf<readonly AB[]>();
    // A bigint that a number holds exactly is that number.
    expectTypeOf(silhouette(points, new BigInt64Array(2)).neighbors).toEqualTypeOf<readonly (bigint | number)[]>();

    const data = dataset(points, ['a', 'b']);
    expectTypeOf(data).toEqualTypeOf<Dataset<AB>>();
    expectTypeOf(silhouette(data).neighbors).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(data).toExtend<Dataset>();

    expectTypeOf(simplifiedSilhouette(data).neighbors).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(medoidSilhouette(data).neighbors).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(medoidSilhouette(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(neighborAgreement(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(daviesBouldin(points, text).coincidentCentroids[0]![0]).toEqualTypeOf<AB>();
    expectTypeOf(daviesBouldin(data).clusters[0]!.worstRival).toEqualTypeOf<AB>();
    expectTypeOf(calinskiHarabasz(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(dunn(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(xieBeni(points, text).closest).toEqualTypeOf<readonly [AB, AB]>();
    expectTypeOf(dbcv(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(significance(points, text).clusters[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(signatures(points, text).classes[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(signatureDistances(points, text).labels).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(confusability(points, text).pairs[0]!.from).toEqualTypeOf<AB>();
    expectTypeOf(labelHierarchy(points, text).labels).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(classBalance(text).classes[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(classBalance(data).classes[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(classBalance(['a', 'b']).classes[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(filterByClassSize(text).labels).toEqualTypeOf<readonly AB[]>();
    expectTypeOf(positivePairAudit(text).classes[0]!.label).toEqualTypeOf<AB>();
    expectTypeOf(silhouetteInThreads(points, text)).resolves.toHaveProperty('neighbors').toEqualTypeOf<readonly AB[]>();
  };

  // Never called either: each of these is an error of the type check.
  const refused = () => {
    // @ts-expect-error a string is no list of labels
    silhouette(points, 'abc');
    // @ts-expect-error a string is no list of labels
    classBalance('abc');
    // @ts-expect-error a string is no list of labels
    dataset(points, 'abc');
    // @ts-expect-error null is no label
    silhouette(points, ['a', null]);
    // @ts-expect-error no row can have it
    const other: 'c' | undefined = silhouette(points, ['a', 'b']).neighbors[0];
    return other;
  };

  it('compiles', () => {
    expectTypeOf(types).toBeFunction();
    expectTypeOf(refused).toBeFunction();
  });
});
