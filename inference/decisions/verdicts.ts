import type { AccessClass } from '../../landlock/abi.js';
import {
  type AccessSet,
  accessSet,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { PathRule, PortRule, Unscoped, Use } from '../inference.js';
import { everyFsRight, everyNetRight, type Verdict, verdictNames } from './decision.js';
import type { Decisions } from './decisions.js';

/** What of some rights is granted, and what is not. The three have no right in common. */
export interface Parted<Class extends AccessClass = 'fs'> {
  readonly allowed: AccessSet<Class>;
  readonly denied: AccessSet<Class>;
  readonly ignored: AccessSet<Class>;
  /** Whether a decision on this very thing, or on a hierarchy that holds it, speaks of it. */
  readonly decided: boolean;
}

/**
 * What decisions say of rules. Of several that speak of the same right, the one on the very path
 * counts before one on a hierarchy, a hierarchy before those that hold it, and any path before a
 * program.
 */
export class Verdicts {
  readonly #at = new Map<string, Said>();
  readonly #beneath = new Map<string, Said>();
  readonly #programs = new Map<string, Said>();
  readonly #ports = new Map<number, Said<'net'>>();
  readonly #scopes = new Map<string, Verdict>();
  readonly #inherited = new Map<string, Said>();

  constructor(decisions: Decisions) {
    for (const { action, subject } of decisions.values()) {
      const verdict = verdictNames.find((name) => name === action);
      if (verdict === undefined) continue;
      switch (subject.kind) {
        case 'path':
          note(
            subject.beneath ? this.#beneath : this.#at,
            subject.path,
            verdict,
            subject.access,
            'fs',
          );
          break;
        case 'program':
          note(this.#programs, subject.program, verdict, subject.access, 'fs');
          break;
        case 'port':
          note(this.#ports, subject.port, verdict, subject.access, 'net');
          break;
        case 'scope':
          this.#scopes.set(subject.scope, verdict);
          break;
      }
    }
  }

  /** Whether nothing was said of a rule: not of its path, nor of what holds it, nor of programs. */
  saysNothingOf({ path }: Pick<PathRule, 'path'>): boolean {
    return this.#beneath.size === 0 && this.#programs.size === 0 && !this.#at.has(path);
  }

  /** What of a rule's rights is granted, when only decisions on paths count. */
  onPath(path: string, access: FsAccess): Parted {
    const at = this.#at.get(path);
    const said = at === undefined ? this.#held(path) : completed(at, this.#held(path));
    return parted(said, access);
  }

  /** What of a rule's rights is granted. */
  onRule(rule: Pick<PathRule, 'path' | 'access' | 'uses' | 'offered'>): Parted {
    const { path, access, uses } = rule;
    if (rule.offered === true) return this.#onOffer(path, access);
    const own = this.onPath(path, access);
    if (this.#programs.size === 0 || uses.length === 0) return own;
    const open = this.#open(own, path, access);
    if (open === 0) return own;
    const refused = this.#refusedOf(uses, open);
    return {
      allowed: difference(own.allowed, union(refused.denied, refused.ignored)),
      denied: union(own.denied, refused.denied),
      ignored: union(own.ignored, refused.ignored),
      decided: own.decided || refused.denied !== 0 || refused.ignored !== 0,
    };
  }

  /** What nobody has allowed on the very path is not granted, whatever is said of all above it. */
  #onOffer(path: string, access: FsAccess): Parted {
    const at = this.#at.get(path) ?? nothingSaid;
    const said = completed(at, this.#beneath.get(path) ?? nothingSaid);
    const { allow, deny, ignore } = said;
    const allowed = intersection(access, allow);
    const denied = intersection(access, deny);
    return {
      ...{ allowed, denied, ignored: difference(access, union(allowed, denied)) },
      decided: intersection(access, union(allow, union(deny, ignore))) !== 0,
    };
  }

  onPort({ port, access, uses }: PortRule): Parted<'net'> {
    const said = this.#ports.get(port);
    if (said !== undefined) return parted(said, access);
    const verdict = this.#verdictOnAll(uses);
    if (verdict === undefined) return parted(sayingNothing('net'), access);
    return parted({ ...sayingNothing('net'), [verdict]: everyNetRight }, access);
  }

  onScope({ scope, uses }: Unscoped): Verdict | undefined {
    return this.#scopes.get(scope) ?? this.#verdictOnAll(uses);
  }

  /** The rights of a rule that no decision on a path speaks of. */
  #open({ denied, ignored }: Parted, path: string, access: FsAccess): FsAccess {
    const at = this.#at.get(path);
    const held = this.#held(path);
    const allowed = at === undefined ? held.allow : union(at.allow, held.allow);
    return difference(access, union(allowed, union(denied, ignored)));
  }

  /** Those rights that every program that used them was refused. */
  #refusedOf(
    uses: PathRule['uses'],
    open: FsAccess,
  ): { readonly denied: FsAccess; readonly ignored: FsAccess } {
    let kept = fsAccess();
    let denied = fsAccess();
    let ignored = fsAccess();
    for (const { executable, access } of uses) {
      const used = intersection(access, open);
      const said = this.#programs.get(executable) ?? nothingSaid;
      denied = union(denied, intersection(used, said.deny));
      ignored = union(ignored, intersection(used, said.ignore));
      kept = union(kept, difference(used, union(said.deny, said.ignore)));
    }
    denied = difference(denied, kept);
    return { denied, ignored: difference(ignored, union(kept, denied)) };
  }

  /** What is said of every program that used something. */
  #verdictOnAll(uses: readonly Use[]): Verdict | undefined {
    const [first, ...others] = uses.map(({ executable }) => this.#programVerdict(executable));
    return others.every((verdict) => verdict === first) ? first : undefined;
  }

  #programVerdict(program: string): Verdict | undefined {
    const said = this.#programs.get(program);
    return said === undefined
      ? undefined
      : verdictNames.find((name) => said[name] === everyFsRight);
  }

  /** What is said of hierarchies that hold a path, the path itself among them. */
  #held(path: string): Said {
    if (this.#beneath.size === 0) return nothingSaid;
    const known = this.#inherited.get(path);
    if (known !== undefined) return known;
    const above = path === '/' ? nothingSaid : this.#held(parentOf(path));
    const own = this.#beneath.get(path);
    const held = own === undefined ? above : completed(own, above);
    this.#inherited.set(path, held);
    return held;
  }
}

/** The rights that decisions on one thing are about, by what they say. */
type Said<Class extends AccessClass = 'fs'> = Readonly<Record<Verdict, AccessSet<Class>>>;

function sayingNothing<Class extends AccessClass>(accessClass: Class): Said<Class> {
  const none = accessSet(accessClass, []);
  return { allow: none, deny: none, ignore: none };
}

const nothingSaid: Said = sayingNothing('fs');

function note<Key, Class extends AccessClass>(
  said: Map<Key, Said<Class>>,
  key: Key,
  verdict: Verdict,
  access: AccessSet<Class>,
  accessClass: Class,
): void {
  const known = said.get(key) ?? sayingNothing(accessClass);
  said.set(key, { ...known, [verdict]: union(known[verdict], access) });
}

/** What is said closer by, and of other rights what is said further off. */
function completed(near: Said, far: Said): Said {
  const spoken = union(near.allow, union(near.deny, near.ignore));
  return {
    allow: union(near.allow, difference(far.allow, spoken)),
    deny: union(near.deny, difference(far.deny, spoken)),
    ignore: union(near.ignore, difference(far.ignore, spoken)),
  };
}

function parted<Class extends AccessClass>(
  { allow, deny, ignore }: Said<Class>,
  access: AccessSet<Class>,
): Parted<Class> {
  const denied = intersection(access, deny);
  const ignored = intersection(access, ignore);
  return {
    allowed: difference(access, union(denied, ignored)),
    denied,
    ignored,
    decided: intersection(access, union(allow, union(deny, ignore))) !== 0,
  };
}
