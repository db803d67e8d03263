import type { Grounds } from '../inference/decisions/grounds.js';
import type { ToDecide } from '../inference/infer-selected.js';
import type { Inference } from '../inference/inference.js';
import { type Given, lackOf } from '../inference/lack.js';
import type { Run } from '../inference/run.js';
import { accessNames, type FsAccess } from '../landlock/access-set.js';
import type { Denial } from '../landlock/denial.js';
import { grantedAt, type Layer, layerOf } from '../landlock/layer.js';
import { extendProfile } from '../profiles/extend.js';
import { loadAlone, loadProfile } from '../profiles/load.js';
import { objectsOnDisk } from '../profiles/objects.js';
import { type PlacedProfile, placeProfile, rulesetOfPlaced } from '../profiles/placed.js';
import type { Learned, Profile } from '../profiles/profile.js';
import type { AmbientVariables } from '../tracer/ambient-names.js';

/** The profile that `--from` names: what it grants counts, and what is missing is added to it. */
export class BaseProfile {
  readonly file: string;
  readonly placed: PlacedProfile;
  /** Without the additions by hand beside it. */
  readonly alone: Profile;
  /** Its ruleset, and what its paths lead to. */
  readonly given: Given;
  #layer: Layer | undefined;

  /** @throws ProfileError when it cannot be read. */
  constructor(file: string) {
    this.file = file;
    this.alone = loadAlone(file);
    this.placed = placeProfile(loadProfile(file), file);
    const { creations } = this.placed;
    this.given = {
      ruleset: rulesetOfPlaced(this.placed),
      objectOf: objectsOnDisk(creations),
      created: creations.map(({ path }) => path),
    };
    // As the disk is now: what a run makes or replaces is something else afterwards.
    for (const { place } of this.placed.paths) this.given.objectOf(place.path);
  }

  get abi(): number {
    return this.placed.abi;
  }

  /** What its rules grant on a path, all that lies above it included. */
  grantedAt(path: string): FsAccess {
    const { ruleset, objectOf } = this.given;
    this.#layer ??= layerOf(ruleset, objectOf);
    return grantedAt(this.#layer, path, objectOf);
  }

  /** What of an inference it does not grant. */
  lack(inference: Inference, runs: readonly Run[]): Inference {
    return lackOf(inference, this.given, runs);
  }

  /** Denials of what it grants, in sentences. */
  grantedAlready(denials: readonly Denial[]): readonly string[] {
    const sentences = denials
      .filter((denial) => this.#grants(denial))
      .map(({ object, blockers }) => {
        const what = object.kind === 'path' ? object.path : '';
        return `${this.file} grants ${blockers.join(', ')} on ${what} already: the log is older than that rule, or the file is replaced meanwhile and needs a rule on its directory`;
      });
    return [...new Set(sentences)];
  }

  #grants({ object, blockers, move }: Denial): boolean {
    if (object.kind !== 'path' || move !== undefined) return false;
    const rights = blockers.map((blocker) => blocker.replace(/^fs\./, ''));
    const granted = accessNames('fs', this.grantedAt(object.path));
    return rights.every((right) => granted.some((name) => name === right));
  }

  /** The profile with what it lacked. The additions by hand beside it stay where they are. */
  with(lack: Inference, learned: Omit<Learned, 'findings'>, variables: AmbientVariables): Profile {
    return extendProfile(this.alone, lack, learned, variables);
  }
}

/** What is to be decided about: all that was inferred, or where there is a profile, what it lacks. */
export function lacking(
  base: BaseProfile | undefined,
  all: ToDecide,
  runs: readonly Run[],
): ToDecide {
  if (base === undefined) return all;
  const { inference, grounds, sliderBy } = all;
  let exact: Grounds['exact'] | undefined;
  return {
    inference: base.lack(inference, runs),
    ...(sliderBy === undefined
      ? {}
      : {
          sliderBy: (extentsOf) => {
            const slider = sliderBy(extentsOf);
            return { ...slider, at: (dearness) => base.lack(slider.at(dearness), runs) };
          },
        }),
    grounds: {
      guardedAt: grounds.guardedAt,
      risksOf: grounds.risksOf,
      moves: grounds.moves,
      ...(grounds.opensOf === undefined ? {} : { opensOf: grounds.opensOf }),
      grantedBesides: (path) => base.grantedAt(path),
      get exact() {
        exact ??= base.lack({ ...inference, paths: grounds.exact }, runs).paths;
        return exact;
      },
    },
  };
}

/** Whether there is nothing to add. */
export function lacksNothing({ paths, ports, unscoped, creations }: Inference): boolean {
  return paths.length + ports.length + unscoped.length + creations.length === 0;
}
