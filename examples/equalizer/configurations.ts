/** One way to train, with what it changes and why. */
export interface Configuration {
  readonly name: 'original' | 'remedy' | 'repaired' | 'control';
  /** One line for the table. */
  readonly title: string;
  /** Terms with fewer rows are left out. */
  readonly minimumExamples: number;
  /** Replace the terms by groups of terms that the training rows support. */
  readonly mergeClasses: boolean;
  /** Weight of the contrastive loss; the reconstruction loss has weight 1. */
  readonly lambda: number;
  readonly epochs: number;
  readonly contrastOn: 'latent' | 'projection';
  readonly decoder: 'linear' | 'bounded-heads';
  /** Whether numbers of it were published, of this very corpus: they are claims to check, with a post-mortem to test. */
  readonly published: boolean;
  /** Rows drawn by shuffling, or P classes of K rows; classes 'all' takes every class there is. */
  readonly batches:
    | { readonly kind: 'shuffled'; readonly size: number }
    | { readonly kind: 'balanced'; readonly size: number; readonly classes: 'all' | number };
}

export const LEARNING_RATE = 0.001;
export const TEMPERATURE = 0.1;
/** Share of rows that no training sees. */
export const HELD_OUT = 0.25;

const ORIGINAL: Configuration = {
  name: 'original',
  title: 'all terms, lambda 0.1, as published',
  minimumExamples: 1,
  mergeClasses: false,
  lambda: 0.1,
  epochs: 50,
  contrastOn: 'projection',
  decoder: 'bounded-heads',
  published: true,
  batches: { kind: 'shuffled', size: 16 },
};

const REMEDY: Configuration = {
  ...ORIGINAL,
  published: false,
  name: 'remedy',
  title: 'terms with 10 or more, lambda 0.5, as the post-mortem advised',
  minimumExamples: 10,
  lambda: 0.5,
  epochs: 100,
};

const REPAIRED: Configuration = {
  name: 'repaired',
  title: 'merged terms, balanced batches, contrast on the latent',
  minimumExamples: 10,
  mergeClasses: true,
  lambda: 2,
  epochs: 30,
  contrastOn: 'latent',
  decoder: 'linear',
  published: false,
  batches: { kind: 'balanced', size: 64, classes: 'all' },
};

/** The repaired recipe on data whose labels are known to be in the data. */
const CONTROL: Configuration = {
  ...REPAIRED,
  name: 'control',
  title: 'the repaired recipe on handwritten digits',
  minimumExamples: 1,
  mergeClasses: false,
  lambda: 1,
  batches: { kind: 'balanced', size: 40, classes: 'all' },
};

/** A quick run trains this share of the epochs, at least two. */
const QUICK = { original: 0.06, remedy: 0.15, repaired: 1, control: 0.2 } as const;

/** What is spent on tests and pictures beside the training. */
export interface Effort {
  /** Permutations of every null; 39 is the least with which two indices can reach the 5% level. */
  readonly permutations: number;
  /** Subsamples for the intervals of claims. */
  readonly resamples: number;
  /** A multiple of 3: umap-js spends a third on placing new rows, and never ends unless that is a whole number. */
  readonly umapEpochs: number;
}

export const EFFORT = {
  full: { permutations: 100, resamples: 100, umapEpochs: 150 },
  quick: { permutations: 39, resamples: 20, umapEpochs: 60 },
} as const satisfies Record<string, Effort>;

/** What was published of the original; the silhouette and the Davies-Bouldin index had never been calculated. */
export const PUBLISHED = { silhouette: 0.68, daviesBouldin: 0.82 } as const;

/** Rows and terms of the corpus of the case, whose story is told of no other data. */
const CASE = { rows: 1595, terms: 765 };

export function isCase({ labels }: { readonly labels: readonly string[] }): boolean {
  return labels.length === CASE.rows && new Set(labels).size === CASE.terms;
}

/** The settings; `ofCase`: the rows are those of the case, or made after them. */
export function configurations(quick: boolean, ofCase = true): { corpus: Configuration[]; control: Configuration } {
  const shorten = (configuration: Configuration): Configuration =>
    quick
      ? { ...configuration, epochs: Math.max(2, Math.round(configuration.epochs * QUICK[configuration.name])) }
      : configuration;
  const own = { ...ORIGINAL, published: false, title: 'all terms, lambda 0.1' };
  const filtered = { ...REMEDY, title: 'terms with 10 or more, lambda 0.5' };
  return {
    corpus: [...(ofCase ? [ORIGINAL, REMEDY] : [own, filtered]), REPAIRED].map(shorten),
    control: shorten(CONTROL),
  };
}
