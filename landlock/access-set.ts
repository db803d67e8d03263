import { type AccessClass, accessRights, type FsRight, type NetRight, type Scope } from './abi.js';

/**
 * A set of access rights of one class, as the kernel's own bit mask. Sets are values: every
 * operation returns a new one.
 */
export type AccessSet<Class extends AccessClass> = number & { readonly [accessClass]: Class };
export type FsAccess = AccessSet<'fs'>;
export type NetAccess = AccessSet<'net'>;
export type Scopes = AccessSet<'scope'>;

export type RightOf<Class extends AccessClass> = {
  fs: FsRight;
  net: NetRight;
  scope: Scope;
}[Class];

const bits: Readonly<Record<AccessClass, ReadonlyMap<string, number>>> = {
  fs: bitsOf('fs'),
  net: bitsOf('net'),
  scope: bitsOf('scope'),
};

/** The set of these file-system rights. */
export function fsAccess(...rights: readonly FsRight[]): FsAccess {
  return accessSet('fs', rights);
}

/** The set of these network rights. */
export function netAccess(...rights: readonly NetRight[]): NetAccess {
  return accessSet('net', rights);
}

/** The set of these scopes. */
export function scopeSet(...scopes: readonly Scope[]): Scopes {
  return accessSet('scope', scopes);
}

/** The set of the named rights of a class. */
export function accessSet<Class extends AccessClass>(
  accessClass: Class,
  rights: readonly RightOf<Class>[],
): AccessSet<Class> {
  let mask = 0;
  for (const right of rights) mask |= 1 << bitOf(accessClass, right);
  return mask as AccessSet<Class>;
}

/** Everything that a version of the ABI knows of a class. */
export function allAccess<Class extends AccessClass>(
  accessClass: Class,
  abi: number,
): AccessSet<Class> {
  const known = knownBy[accessClass];
  const access = known.get(abi) ?? accessSince(accessClass, abi);
  known.set(abi, access);
  return access as AccessSet<Class>;
}

/** Of ABIs that were asked for: it is asked of every operation, of which there may be a million. */
const knownBy: Readonly<Record<AccessClass, Map<number, number>>> = {
  fs: new Map(),
  net: new Map(),
  scope: new Map(),
};

function accessSince(accessClass: AccessClass, abi: number): number {
  let mask = 0;
  for (const right of accessRights) {
    if (right.class === accessClass && right.since <= abi) mask |= 1 << right.bit;
  }
  return mask;
}

/** The rights that a rule on something other than a directory may carry. */
export const fileAccess: FsAccess = fsAccess(
  ...accessRights.flatMap((right) => (right.class === 'fs' && right.onFiles ? [right.name] : [])),
);

/** The names of a set's rights, in the kernel's order. */
export function accessNames<Class extends AccessClass>(
  accessClass: Class,
  set: AccessSet<Class>,
): readonly RightOf<Class>[] {
  return accessRights
    .filter((right) => right.class === accessClass && (set & (1 << right.bit)) !== 0)
    .map((right) => right.name as RightOf<Class>);
}

/** The rights in either set. */
export function union<Class extends AccessClass>(
  one: AccessSet<Class>,
  other: AccessSet<Class>,
): AccessSet<Class> {
  return (one | other) as AccessSet<Class>;
}

/** The rights in both sets. */
export function intersection<Class extends AccessClass>(
  one: AccessSet<Class>,
  other: AccessSet<Class>,
): AccessSet<Class> {
  return (one & other) as AccessSet<Class>;
}

/** The rights of the first set that the second lacks. */
export function difference<Class extends AccessClass>(
  one: AccessSet<Class>,
  other: AccessSet<Class>,
): AccessSet<Class> {
  return (one & ~other) as AccessSet<Class>;
}

/** Whether every right of the first set is in the second. */
export function isSubset<Class extends AccessClass>(
  one: AccessSet<Class>,
  other: AccessSet<Class>,
): boolean {
  return (one & ~other) === 0;
}

/** A set for people: `{read_file,read_dir}`, or `∅`. */
export function formatAccess<Class extends AccessClass>(
  accessClass: Class,
  set: AccessSet<Class>,
): string {
  return set === 0 ? '∅' : `{${accessNames(accessClass, set).join(',')}}`;
}

/** Whether a name is a right of the class. */
export function isRightOf<Class extends AccessClass>(
  accessClass: Class,
  name: string,
): name is RightOf<Class> {
  return accessRights.some((right) => right.class === accessClass && right.name === name);
}

/** The version of the ABI that brought a right. */
export function abiOfRight(accessClass: AccessClass, name: string): number | undefined {
  return accessRights.find((right) => right.class === accessClass && right.name === name)?.since;
}

declare const accessClass: unique symbol;

function bitOf(accessClass: AccessClass, name: string): number {
  const bit = bits[accessClass].get(name);
  if (bit === undefined) throw new RangeError(`${accessClass}.${name} is no access right`);
  return bit;
}

function bitsOf(accessClass: AccessClass): ReadonlyMap<string, number> {
  const own = accessRights.filter((right) => right.class === accessClass);
  return new Map(own.map((right) => [right.name, right.bit]));
}
