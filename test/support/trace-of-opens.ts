import type { Trace } from '../../tracer/trace.js';
import { opening } from './opening.js';

/** The trace of a run in a directory, that opened these paths for reading, once each. */
export function traceOfOpens(directory: string, paths: readonly string[]): Trace {
  return {
    header: {
      ...{ tool: 'll-learn', tracer: 'permissive', command: ['program'], directory },
      ...{ kernel: '', abi: 7, environment: { HOME: '/home/a' } },
      variables: { HOME: '/home/a', WORKDIR: directory },
    },
    operations: paths.map((path) => ({
      operation: opening(path),
      ...{ executable: '/usr/bin/program', call: 'openat', result: 'ok', count: 1 },
    })),
    objects: paths.map((path) => ({
      ...{ path, before: 'regular', after: 'regular', changed: false, mode: 0o644 },
    })),
    outcome: { kind: 'exited', status: 0 },
    integrity: [],
  };
}
