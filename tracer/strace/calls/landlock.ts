import type { Call, Value } from 'strace-parser';
import type { AccessClass } from '../../../landlock/abi.js';
import { type AccessSet, accessSet, isRightOf } from '../../../landlock/access-set.js';
import { newRuleset, unseenRuleset, withRule } from '../../own-layer.js';
import { argument, fieldOf, flagNames, numberOf, returned } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** landlock_create_ruleset(2). What strace cuts of the structure, it does not know itself. */
export function readCreateRuleset(_: Scene, thread: TracedThread, call: Call): void {
  const attributes = argument(call, 0);
  const descriptor = returned(call);
  if (attributes?.kind !== 'struct' || descriptor === undefined) return;
  const own = newRuleset(
    maskOf('fs', fieldOf(attributes, 'handled_access_fs')),
    maskOf('net', fieldOf(attributes, 'handled_access_net')),
    maskOf('scope', fieldOf(attributes, 'scoped')),
  );
  thread.rulesets.set(descriptor, { ...own, complete: !attributes.truncated });
}

/** landlock_add_rule(2). */
export function readAddRule(scene: Scene, thread: TracedThread, call: Call): void {
  const descriptor = rulesetOf(call);
  const own = thread.rulesets.get(descriptor);
  if (own === undefined) return;
  thread.rulesets.set(descriptor, withRule(own, ruleOf(scene, argument(call, 2))));
}

/** landlock_restrict_self(2); the descriptor −1 is for its flags alone. */
export function readRestrictSelf(scene: Scene, thread: TracedThread, call: Call): void {
  const descriptor = rulesetOf(call);
  if (descriptor < 0) return;
  const { executable } = thread.image;
  const { layers } = thread;
  layers.number = layers.executable === executable ? layers.number + 1 : 1;
  layers.executable = executable;
  const own = thread.rulesets.get(descriptor) ?? unseenRuleset;
  const flags = flagBits(argument(call, 1));
  scene.recording.gap('own-domain', executable, { number: layers.number, ...own, flags });
}

function rulesetOf(call: Call): number {
  const descriptor = argument(call, 0);
  if (descriptor?.kind === 'fd') return Number(descriptor.number);
  return numberOf(descriptor) ?? -1;
}

function ruleOf(scene: Scene, attributes: Value | undefined) {
  const allowed = fieldOf(attributes, 'allowed_access');
  const port = numberOf(fieldOf(attributes, 'port'));
  if (port !== undefined) return { port, access: maskOf('net', allowed) };
  const path = scene.pathOfDescriptor(fieldOf(attributes, 'parent_fd'));
  return path === undefined ? undefined : { path, access: maskOf('fs', allowed) };
}

const prefixes = {
  fs: 'LANDLOCK_ACCESS_FS_',
  net: 'LANDLOCK_ACCESS_NET_',
  scope: 'LANDLOCK_SCOPE_',
};

/** strace names the rights of its own time, and gives a number for the others. */
function maskOf<Class extends AccessClass>(
  accessClass: Class,
  value: Value | undefined,
): AccessSet<Class> {
  if (value?.kind !== 'flags') return (numberOf(value) ?? 0) as AccessSet<Class>;
  const names = value.names.map((name) => name.replace(prefixes[accessClass], '').toLowerCase());
  const known = names.filter((name) => isRightOf(accessClass, name));
  return (accessSet(accessClass, known) | Number(value.rest ?? 0)) as AccessSet<Class>;
}

const restrictFlags: readonly string[] = [
  'LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF',
  'LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON',
  'LANDLOCK_RESTRICT_SELF_LOG_SUBDOMAINS_OFF',
  'LANDLOCK_RESTRICT_SELF_TSYNC',
];

function flagBits(value: Value | undefined): number {
  if (value?.kind !== 'flags') return numberOf(value) ?? 0;
  const names = flagNames(value);
  const known = restrictFlags.reduce(
    (bits, name, bit) => bits | (names.has(name) ? 1 << bit : 0),
    0,
  );
  return known | Number(value.rest ?? 0);
}
