import { checked, libc } from './libc.js';

// The same numbers on every architecture: include/uapi/asm-generic/unistd.h.
const createRulesetNumber = 444;
const addRuleNumber = 445;
const restrictSelfNumber = 446;

const syscallWithPointer = libc<[number, Buffer | null, number, number], number>(
  'long syscall(long number, void *attr, long size, long flags)',
);
const syscallAddRule = libc<[number, number, number, Buffer, number], number>(
  'long syscall(long number, long ruleset, long type, void *attr, long flags)',
);
const syscallRestrict = libc<[number, number, number], number>(
  'long syscall(long number, long ruleset, long flags)',
);

/**
 * landlock_create_ruleset(2). With `attributes`, a ruleset's descriptor; without, what `flags` ask
 * (LANDLOCK_CREATE_RULESET_VERSION = 1, LANDLOCK_CREATE_RULESET_ERRATA = 2).
 *
 * @throws SystemCallError ENOSYS where Landlock is not built, EOPNOTSUPP where it is disabled.
 */
export function landlockCreateRuleset(attributes: Buffer | null, flags: number): number {
  const size = attributes?.length ?? 0;
  return checked(
    'landlock_create_ruleset',
    syscallWithPointer(createRulesetNumber, attributes, size, flags),
  );
}

/** landlock_add_rule(2): `type` is LANDLOCK_RULE_*, `attributes` the packed structure for it. */
export function landlockAddRule(
  ruleset: number,
  type: number,
  attributes: Buffer,
  flags = 0,
): void {
  checked('landlock_add_rule', syscallAddRule(addRuleNumber, ruleset, type, attributes, flags));
}

/** landlock_restrict_self(2): binds the calling thread, and what it forks or executes, for ever. */
export function landlockRestrictSelf(ruleset: number, flags: number): void {
  checked('landlock_restrict_self', syscallRestrict(restrictSelfNumber, ruleset, flags));
}
