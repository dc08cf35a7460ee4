import type { MlDistanceName } from 'clusterlens';
import type { distance } from 'ml-distance';
import { expectTypeOf, it } from 'vitest';

it('the metric names are those of the installed ml-distance (held by the type check)', () => {
  expectTypeOf<MlDistanceName>().toEqualTypeOf<keyof typeof distance>();
});
