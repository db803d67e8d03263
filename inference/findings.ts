import { accessNames } from '../landlock/access-set.js';
import type { Finding, PathRule, Use } from './inference.js';
import { basename } from './names.js';
import type { Needs, PortNeed } from './needs.js';

/** What no ruleset can allow, and what is worth a second look, in sentences. */
export function findingsOf(needs: Needs, paths: readonly PathRule[]): readonly Finding[] {
  return [
    ...needs.topology.map(topology).sort(bySentence),
    ...needs.crossings.map(crossing).sort(bySentence),
    ...paths.flatMap(guardedRule),
    ...needs.ports.flatMap(ephemeralPort).sort(bySentence),
  ].filter(firstOfItsKind);
}

function topology({ executable, call }: Use): Finding {
  const program = basename(executable);
  const sentence = `${program} called ${call}, which no Landlock ruleset can allow: under the profile it fails with EPERM`;
  return { severity: 'impossible', sentence };
}

function crossing({ executable, call }: Use): Finding {
  const program = basename(executable);
  const sentence = `${program} called ${call} from one directory to another, which no ruleset of Landlock's first ABI can allow: under the profile it fails with EXDEV`;
  return { severity: 'impossible', sentence };
}

function guardedRule({ path, access, guarded, uses }: PathRule): readonly Finding[] {
  if (guarded === undefined) return [];
  const rights = accessNames('fs', access).join(', ');
  const users = [...new Set(uses.map(({ executable }) => basename(executable)))].join(', ');
  const sentence = `${path} is ${guarded}, and ${rights} is granted on all of it, since ${users} needs it there`;
  return [{ severity: 'warning', sentence }];
}

/** Linux's default net.ipv4.ip_local_port_range begins here. */
const firstEphemeralPort = 32768;

function ephemeralPort({ port, use }: PortNeed): readonly Finding[] {
  if (port < firstEphemeralPort) return [];
  const sentence = `${basename(use.executable)} used port ${port}, which is of the range that the kernel hands out at random: the next run may need another`;
  return [{ severity: 'warning', sentence }];
}

function firstOfItsKind(finding: Finding, index: number, all: readonly Finding[]): boolean {
  return all.findIndex(({ sentence }) => sentence === finding.sentence) === index;
}

function bySentence(one: Finding, other: Finding): number {
  return one.sentence < other.sentence ? -1 : one.sentence > other.sentence ? 1 : 0;
}
