import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has what is not needed any more collected, where there is much. To be asked between two parts of
 * the work: V8 by itself lets the next part grow beside what the last one has left.
 */
export function releaseMemory(): void {
  if (getHeapStatistics().used_heap_size < much) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

/** Bytes: of a hundred thousand paths it is not worth the time. */
const much = 1 << 28;
