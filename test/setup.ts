import fc from 'fast-check';

// CLUSTERLENS_FC_SEED replays a failure with the seed that fast-check printed.
const seed = process.env.CLUSTERLENS_FC_SEED;
fc.configureGlobal({ verbose: 1, ...(seed === undefined ? {} : { seed: Number(seed) }) });
