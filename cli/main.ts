#!/usr/bin/env node
import { isatty } from 'node:tty';
import { noteBlockingStreams } from '../kernel/blocking-streams.js';
import { inheritedIgnored, takeInherited } from '../kernel/inherited.js';
import { inheritedDescriptors } from '../kernel/inherited-descriptors.js';
import { disbandCrew, gatherCrew } from '../tracer/permissive/crew.js';
import { watchesPermissively } from './watches.js';

takeInherited();
noteBlockingStreams();
// What nohup(1) keeps off may come at any time.
if (inheritedIgnored().length > 0) (await import('../kernel/ignore-signals.js')).ignoreInherited();
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
const descriptors = inheritedDescriptors();
const words = process.argv.slice(2);
// Before the rest of us is loaded: that and the threads' own beginning go on side by side.
if (watchesPermissively(words)) gatherCrew();
const { dispatch } = await import('./dispatch.js');
await leave(await dispatch(words, descriptors));

/** Everything was written by now; a terminal that is still open for reading must not keep us. */
async function leave(status: number): Promise<never> {
  await disbandCrew();
  if (terminals.every((descriptor) => isatty(descriptor))) process.exit(status);
  const { exitWithoutFarewell } = await import('../kernel/process-state.js');
  return exitWithoutFarewell(status);
}
