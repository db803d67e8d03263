import {
  difference,
  type FsAccess,
  fsAccess,
  type NetAccess,
  netAccess,
  union,
} from '../../landlock/access-set.js';
import { hierarchiesOf } from '../../landlock/hierarchy.js';
import type { Profile } from '../profile.js';
import { literalsOf, type Values } from './spelling.js';

/** What a profile allows, by the names of paths. */
export class Granting {
  /** What is restricted at all; crossing directories is, wherever any right on files is. */
  readonly handledFs: FsAccess;
  readonly handledNet: NetAccess;
  readonly #paths = new Map<string, FsAccess>();
  readonly #ports = new Map<number, NetAccess>();

  constructor(profile: Profile, values: Values) {
    const { handledFs, handledNet, paths, ports } = profile;
    this.handledFs = handledFs === 0 ? handledFs : union(handledFs, fsAccess('refer'));
    this.handledNet = handledNet;
    for (const { parents, access } of paths) {
      for (const path of parents.flatMap((parent) => literalsOf(parent, values))) {
        this.#paths.set(path, union(this.#paths.get(path) ?? fsAccess(), access));
      }
    }
    for (const { ports: numbers, access } of ports) {
      for (const port of numbers) {
        this.#ports.set(port, union(this.#ports.get(port) ?? netAccess(), access));
      }
    }
  }

  /** Every place that a rule lies on. */
  get places(): Iterable<string> {
    return this.#paths.keys();
  }

  /** Every port that a rule names. */
  get ports(): Iterable<number> {
    return this.#ports.keys();
  }

  /** The rights of all rules from a path up. */
  at(path: string): FsAccess {
    let granted = fsAccess();
    for (const hierarchy of hierarchiesOf(path)) {
      granted = union(granted, this.#paths.get(hierarchy) ?? fsAccess());
    }
    return granted;
  }

  atPort(port: number): NetAccess {
    return this.#ports.get(port) ?? netAccess();
  }

  /** Restricted, and not allowed again on everything there is. */
  get restrictedFs(): FsAccess {
    return difference(this.handledFs, this.at('/'));
  }
}
