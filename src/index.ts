export {
  ClusterlensError,
  type ErrorCode,
  GradientError,
  InputError,
  ShapeError,
  UndefinedMetricError,
} from './core/errors.js';
export { fromPlain, type JsonValue, toPlain } from './core/plain.js';
export type { FlatMatrix, Label, Labels, MatrixLike, Points } from './core/types.js';
export type { ColumnRole, ColumnUse } from './data/column-use.js';
export { type Dataset, type DatasetOptions, dataset } from './data/dataset.js';
export type { Answer, AnswerVerdict, WeakClass, WeakPair } from './diagnose/answer-types.js';
export { diagnose } from './diagnose/diagnose.js';
export type {
  DataFindingId,
  Evidence,
  EvidenceTable,
  Finding,
  FindingId,
  Recommendation,
  Severity,
  TrainingFindingId,
  Verdict,
} from './diagnose/finding-types.js';
export type { DiagnoseInput, DiagnoseOptions, DiagnoseProgress, TrainingInput } from './diagnose/input-types.js';
export type { BalanceSummary, Diagnosis, DiagnosisSchema, MetricRow } from './diagnose/types.js';
export type { Domain as MetricDomain } from './distance/domain.js';
export type {
  DistanceFunction,
  FastMetricName,
  Metric,
  MetricName,
  MetricWithParameters,
} from './distance/metric.js';
export { type MetricDescription, metricNames } from './distance/metric-names.js';
export {
  type PairwiseDistances,
  type PairwiseDistancesOptions,
  pairwiseDistances,
} from './distance/pairwise-distances.js';
export {
  type ClassBalance,
  type ClassBalanceOptions,
  classBalance,
  classesBelow,
  type SmallClasses,
} from './imbalance/class-balance.js';
export type { ClassCount } from './imbalance/class-count.js';
export type { Evaluation } from './imbalance/evaluation.js';
export {
  type FilterByClassSizeOptions,
  type FilterByClassSizeResult,
  type FilterSummary,
  filterByClassSize,
} from './imbalance/filter-by-class-size.js';
export { type FilterCurveOptions, type FilterStep, filterCurve } from './imbalance/filter-curve.js';
export {
  type FilterGainOptions,
  type FilterGainResult,
  type FilterGainStep,
  filterGain,
  type Gain,
} from './imbalance/filter-gain.js';
export type { BalanceDistance } from './imbalance/imbalance-degree.js';
export { adjustedMutualInformation } from './metrics/external/adjusted-mutual-information.js';
export { adjustedRandIndex } from './metrics/external/adjusted-rand-index.js';
export type { Average, AverageOptions } from './metrics/external/average.js';
export { type BCubed, bCubed } from './metrics/external/b-cubed.js';
export { fowlkesMallows } from './metrics/external/fowlkes-mallows.js';
export { matchingAccuracy } from './metrics/external/matching-accuracy.js';
export { mutualInformation } from './metrics/external/mutual-information.js';
export { normalizedMutualInformation } from './metrics/external/normalized-mutual-information.js';
export { pairConfusion } from './metrics/external/pair-confusion.js';
export { purity } from './metrics/external/purity.js';
export { randIndex } from './metrics/external/rand-index.js';
export { type VMeasure, type VMeasureOptions, vMeasure } from './metrics/external/v-measure.js';
export { variationOfInformation } from './metrics/external/variation-of-information.js';
export {
  type CalinskiHarabaszOptions,
  type CalinskiHarabaszResult,
  calinskiHarabasz,
} from './metrics/internal/calinski-harabasz.js';
export {
  type DaviesBouldinOptions,
  type DaviesBouldinResult,
  daviesBouldin,
} from './metrics/internal/davies-bouldin.js';
export { type DbcvOptions, type DbcvResult, dbcv } from './metrics/internal/dbcv.js';
export type { DensitySilhouette } from './metrics/internal/density-silhouette.js';
export { type DunnOptions, type DunnResult, dunn } from './metrics/internal/dunn.js';
export type { GapValue } from './metrics/internal/gap-statistic.js';
export {
  type KSelectionOptions,
  type KSelectionResult,
  kSelection,
  type LabelingSelectionOptions,
} from './metrics/internal/k-selection.js';
export type { Clusterer } from './metrics/internal/labeling-candidates.js';
export {
  type MedoidSilhouetteOptions,
  type MedoidSilhouetteResult,
  medoidSilhouette,
} from './metrics/internal/medoid-silhouette.js';
export {
  type NeighborAgreementOptions,
  type NeighborAgreementResult,
  neighborAgreement,
} from './metrics/internal/neighbor-agreement.js';
export type { Labeling, Labelings } from './metrics/internal/read-labelings.js';
export type { ReferenceBox } from './metrics/internal/reference-box.js';
export type { NoiseOptions, NoiseReport, NoiseTreatment } from './metrics/internal/scope.js';
export type { KSelectionRow, SelectionIndex } from './metrics/internal/selection-row.js';
export {
  type SilhouetteOptions,
  type SilhouetteResult,
  type SilhouetteSample,
  silhouette,
} from './metrics/internal/silhouette.js';
export type { ClusterScore, SingletonTreatment } from './metrics/internal/silhouette-widths.js';
export {
  type CentreSilhouetteResult,
  type SimplifiedSilhouetteOptions,
  simplifiedSilhouette,
} from './metrics/internal/simplified-silhouette.js';
export { type SoftSilhouetteOptions, softSilhouette } from './metrics/internal/soft-silhouette.js';
export type { BetweenTwo, SoftCluster, SoftSilhouetteResult } from './metrics/internal/soft-silhouette-result.js';
export { type XieBeniOptions, type XieBeniResult, xieBeni } from './metrics/internal/xie-beni.js';
export { type InternalMetric, internalMetrics } from './metrics/registry.js';
export { type ConfusabilityOptions, confusability } from './signatures/confusability.js';
export type { Confusability, ConfusionPair, MergeCandidate } from './signatures/confusability-types.js';
export { confusionMatrix } from './signatures/confusion-matrix.js';
export type { Center } from './signatures/options.js';
export type { SignatureSeparation } from './signatures/separation.js';
export {
  type SignatureDistancesOptions,
  type SignatureDistancesResult,
  type SignaturePair,
  signatureDistances,
} from './signatures/signature-distances.js';
export type { SignatureNull } from './signatures/signature-null.js';
export { type Signature, type SignaturesOptions, type SignaturesResult, signatures } from './signatures/signatures.js';
export type { NullComparison } from './statistics/permutation-null.js';
export type { Interval, SampleError } from './statistics/stratified-interval.js';
export type {
  AgreementCell,
  AgreementIndex,
  LabelComparison,
  LabelDifference,
} from './studies/agreement/agreement-types.js';
export { type CompareLabelsOptions, compareLabels } from './studies/agreement/compare-labels.js';
export {
  type SilhouetteCeilingOptions,
  type SilhouetteCeilingResult,
  silhouetteCeiling,
} from './studies/ceiling/silhouette-ceiling.js';
export type { ClaimCheck, ClaimVerdict, Convention } from './studies/claims/claim-types.js';
export { type Claims, type VerifyClaimsOptions, verifyClaims } from './studies/claims/verify-claims.js';
export type { ColumnScores } from './studies/columns/column-scores.js';
export {
  type IdentifierColumn,
  type IdentifierColumnsOptions,
  type IdentifierColumnsResult,
  type IdentifierKind,
  identifierColumns,
} from './studies/columns/identifier-columns.js';
export {
  type PlaceholderValue,
  type PlaceholderValuesOptions,
  type PlaceholderValuesResult,
  placeholderValues,
} from './studies/columns/placeholder-values.js';
export {
  type HeldOutChange,
  type UninformativeColumnsOptions,
  type UninformativeColumnsResult,
  uninformativeColumns,
} from './studies/columns/uninformative-columns.js';
export {
  type FilterSensitivityOptions,
  type FilterSensitivityResult,
  filterSensitivity,
} from './studies/filters/filter-sensitivity.js';
export {
  type ClusterGaps,
  type ClusterGapsOptions,
  clusterGaps,
  type GapLine,
  type GapPair,
} from './studies/gaps/cluster-gaps.js';
export { type GroupsOptions, hiddenGroups } from './studies/groups/hidden-groups.js';
export type { ClassGroups, HiddenGroups } from './studies/groups/hidden-types.js';
export { otherGroups } from './studies/groups/other-groups.js';
export type { OtherGroups } from './studies/groups/other-types.js';
export type { GroupingScore, HeldOutScore, LabelHierarchy, Merge } from './studies/hierarchy/hierarchy-types.js';
export { type LabelHierarchyOptions, labelHierarchy } from './studies/hierarchy/label-hierarchy.js';
export { type MetricChoiceOptions, metricChoice } from './studies/metric-choice/metric-choice.js';
export type {
  MetricCandidate,
  MetricChoiceResult,
  MetricView,
} from './studies/metric-choice/metric-choice-types.js';
export type { ClassPositives, ObservedPositives, PositivePairAudit } from './studies/positives/pair-audit-types.js';
export { type PositivePairAuditOptions, positivePairAudit } from './studies/positives/positive-pair-audit.js';
export { type LabelNoise, labelNoise, type MislabelledRow } from './studies/rows/label-noise.js';
export type { ClassReach } from './studies/rows/noise-class.js';
export {
  type FarRow,
  type Outliers,
  type OutliersOptions,
  outliers,
  type WithAndWithout,
} from './studies/rows/outliers.js';
export type { RowsOptions } from './studies/rows/read-rows.js';
export { type ScatteredClasses, scatteredClasses } from './studies/rows/scattered-classes.js';
export {
  type SuspicionReason,
  type SuspiciousRow,
  type SuspiciousRows,
  suspiciousRows,
} from './studies/rows/suspicious-rows.js';
export { type ClusterShapeOptions, clusterShape } from './studies/shape/cluster-shape.js';
export type { ClusterShapeResult, LabelingView } from './studies/shape/shape-types.js';
export { adjustForDiscoveries } from './studies/significance/adjust-for-discoveries.js';
export { type SignificanceOptions, significance } from './studies/significance/significance.js';
export type { SignificanceResult } from './studies/significance/significance-types.js';
export { type CompareSpacesOptions, compareSpaces, type Spaces } from './studies/spaces/compare-spaces.js';
export type {
  SpaceComparison,
  SpaceDifference,
  SpaceGap,
  SpaceScore,
  SpaceScores,
} from './studies/spaces/space-types.js';
