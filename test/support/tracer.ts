import { permissiveAvailability } from '../../tracer/permissive/availability.js';
import { type Lack, lacksStrace } from './requirements.js';

/** The tracer that the end-to-end suites learn with: each is run through all of them. */
export const testedTracer =
  process.env['LL_LEARN_TEST_TRACER'] === 'strace' ? 'strace' : 'permissive';

/** Why that one cannot be used here; undefined when it can. */
export function lacksTracer(): Lack {
  if (testedTracer === 'strace') return lacksStrace();
  const availability = permissiveAvailability();
  return availability.usable ? undefined : availability.reason;
}
