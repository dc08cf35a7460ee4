import fc from 'fast-check';
import { propertySeed } from './support/property-seed.js';

const seed = propertySeed(process.env.CLUSTERLENS_FC_SEED);
fc.configureGlobal({ verbose: 1, ...(seed === undefined ? {} : { seed }) });
