import { deedFindings } from './deed-findings.js';
import type { Finding, PathRule, Use } from './inference.js';
import { basename } from './names.js';
import type { Needs, PortNeed } from './needs.js';
import type { Observed } from './observe.js';
import { type KnownOpenings, openingFindings } from './openings.js';
import { severities } from './severity.js';
import { writableProgramFindings } from './writable-programs.js';

/** What no ruleset can allow, and what is worth a second look, in sentences; the worst first. */
export function findingsOf(needs: Needs, risks: readonly Finding[]): readonly Finding[] {
  return findingsInOrder([
    ...needs.topology.map(topology),
    ...needs.crossings.map(crossing),
    ...risks,
    ...needs.ports.flatMap(ephemeralPort),
  ]);
}

/** Findings with the worst first, and each once. */
export function findingsInOrder(findings: readonly Finding[]): readonly Finding[] {
  const told = new Set<string>();
  return [...findings]
    .sort((one, other) => rank(one) - rank(other) || bySentence(one, other))
    .filter(({ sentence }) => !told.has(sentence) && told.add(sentence));
}

/** What may come of the rights that these rules grant. */
export function risksOf(
  { abi, dangers, deeds }: Pick<Observed, 'abi' | 'dangers' | 'deeds'>,
  paths: readonly PathRule[],
  known?: KnownOpenings,
): readonly Finding[] {
  return [
    ...deedFindings(deeds, paths, abi),
    ...openingFindings(paths, dangers, deeds, known),
    ...writableProgramFindings(paths),
  ];
}

function rank({ severity }: Finding): number {
  return ranks.indexOf(severity);
}

const ranks: readonly Finding['severity'][] = ['impossible', ...severities, 'warning'];

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

/** Linux's default net.ipv4.ip_local_port_range begins here. */
const firstEphemeralPort = 32768;

function ephemeralPort({ port, use }: PortNeed): readonly Finding[] {
  if (port < firstEphemeralPort) return [];
  const sentence = `${basename(use.executable)} used port ${port}, which is of the range that the kernel hands out at random: the next run may need another`;
  return [{ severity: 'warning', sentence }];
}

function bySentence(one: Finding, other: Finding): number {
  return one.sentence < other.sentence ? -1 : one.sentence > other.sentence ? 1 : 0;
}
