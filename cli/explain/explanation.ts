import type { FsRight, NetRight } from '../../landlock/abi.js';
import { netAccess } from '../../landlock/access-set.js';
import { countBeneath, type Population } from '../../profiles/count-beneath.js';
import { packagesOf } from '../../profiles/debian-packages.js';
import {
  explainPath,
  explainPort,
  type PathAnswer,
  type PathGrant,
  type PortAnswer,
  rulesOnTheWay,
} from '../../profiles/explain.js';
import { holderOf, type Place, placeAt } from '../../profiles/place.js';
import type { PlacedPath, PlacedProfile } from '../../profiles/placed.js';
import { directoryRights, type Question, usualPortRights, usualRights } from './question.js';

/** What a question comes to, ready to be told. */
export type Explanation = PathExplanation | PortExplanation;

export interface PathExplanation {
  readonly kind: 'path';
  readonly asked: string;
  readonly place: Place;
  /** The Debian package that it came with, where it is one's. */
  readonly package: string | undefined;
  readonly answers: readonly PlacedAnswer[];
  /** How much each rule that grants something opens, where it lies on a directory. */
  readonly populations: ReadonlyMap<PlacedPath, Population>;
}

/** An answer, with the place that the kernel asks it of: the thing itself, or its directory. */
export interface PlacedAnswer extends PathAnswer {
  readonly at: Place;
  /** All rules on the way up from there, whatever they grant. */
  readonly met: readonly PathGrant[];
  /** Rules on that way that are left out since nothing is where they lie. */
  readonly leftOut: readonly PlacedPath[];
}

export interface PortExplanation {
  readonly kind: 'port';
  readonly port: number;
  readonly answers: readonly PortAnswer[];
}

/** Answers a question by profiles that are enforced one inside the other, the outermost first. */
export function explain(layers: readonly PlacedProfile[], question: Question): Explanation {
  if (question.kind === 'path') return explainThing(layers, question.path, question.rights);
  const { port, protocol } = question;
  const udp = netAccess('bind_udp', 'connect_send_udp');
  const usual = usualPortRights(
    protocol,
    layers.some(({ handledNet }) => (handledNet & udp) !== 0),
  );
  const rights: readonly NetRight[] = question.rights.length > 0 ? question.rights : usual;
  return {
    kind: 'port',
    port,
    answers: rights.map((right) => explainPort(layers, port, right)),
  };
}

function explainThing(
  layers: readonly PlacedProfile[],
  asked: string,
  rights: readonly FsRight[],
): PathExplanation {
  const creations = layers.flatMap((layer) => layer.creations);
  const place = placeAt(asked, creations);
  const about = rights.length > 0 ? rights : usualRights(place.type);
  const answers = about.map((right) => answerAt(layers, askedAt(place, right), right));
  return {
    ...{ kind: 'path', asked, place, answers },
    package: packagesOf([place.path]).get(place.path),
    populations: populationsOf(answers),
  };
}

/** Rights to make, remove and list are asked of a directory: that of a file, for a file. */
function askedAt(place: Place, right: FsRight): Place {
  const ofDirectory = directoryRights.includes(right) && right !== 'read_dir';
  return ofDirectory && place.type !== 'directory' ? holderOf(place) : place;
}

function answerAt(layers: readonly PlacedProfile[], at: Place, right: FsRight): PlacedAnswer {
  const way = new Set(at.hierarchies.map(({ path }) => path));
  return {
    ...explainPath(layers, at, right),
    at,
    met: layers.flatMap((layer) => rulesOnTheWay(layer, at)),
    leftOut: layers
      .flatMap(({ paths }) => paths)
      .filter(({ identity, place }) => identity === undefined && way.has(place.path)),
  };
}

/** Milliseconds that counting may take, in all. */
const countingTime = 1000;

function populationsOf(answers: readonly PlacedAnswer[]): ReadonlyMap<PlacedPath, Population> {
  const until = performance.now() + countingTime;
  const populations = new Map<PlacedPath, Population>();
  for (const { layers } of answers) {
    for (const { rule } of layers.flatMap(({ grants }) => grants)) {
      if (rule.place.type !== 'directory' || populations.has(rule)) continue;
      populations.set(rule, countBeneath(rule.place.path, until));
    }
  }
  return populations;
}
