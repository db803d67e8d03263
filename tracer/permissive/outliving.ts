import { unlessSignalled } from '../signals.js';
import type { Gap } from '../trace.js';
import type { TraceOptions } from '../tracer.js';
import type { Family } from './family.js';
import { end, nameOf } from './left-behind.js';
import { within } from './waiting.js';

/**
 * Gives what the target left behind its time, and ends it then. The supervisor is the one to know
 * when nobody is left: its listener hangs up.
 *
 * @param alone - kept when nobody is left.
 * @returns a gap for each process that had to be ended.
 */
export async function outliving(
  family: Family,
  alone: Promise<void>,
  { patience, onLeftBehind }: TraceOptions,
): Promise<readonly Gap[]> {
  if (await within(Math.min(500, patience * 500), alone)) return [];
  const left = family.left().length;
  // Whoever is told may fail to hear; that must not keep the wait from its end.
  if (left > 0) setImmediate(onLeftBehind, left);
  const wait = Math.max(0, patience * 1000 - 500);
  if (await unlessSignalled((signalled) => within(wait, alone, signalled))) return [];
  const gaps = new Map<number, Gap>();
  do {
    for (const known of family.left()) {
      gaps.set(known.id, { kind: 'outlived', detail: nameOf(known.id) });
      end(known);
    }
  } while (!(await within(pause, alone)));
  return [...gaps.values()];
}

/** Milliseconds between two attempts to end what is left. */
const pause = 20;
