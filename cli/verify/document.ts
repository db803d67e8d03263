import { accessNames, type FsAccess, type NetAccess } from '../../landlock/access-set.js';
import { describeGap } from '../../tracer/trace.js';
import { denialDocument } from '../check/denial-document.js';
import { findingsOf } from './findings.js';
import type { Needless } from './minimise.js';
import type { Probe } from './probes/probe.js';
import type { Verification } from './verification.js';

/** What `verify --json` gives. See docs/json.md. */
export function verificationDocument(verification: Verification): string {
  const { profile, abi, trace, expected, denials, audited, lack, probes } = verification;
  const findings = findingsOf(verification);
  const document = {
    profile: profile.file,
    verified: findings.length === 0,
    abi,
    command: trace.header.command,
    outcome: trace.outcome,
    expected,
    audit: audited,
    gaps: trace.integrity.map((gap) => ({ ...gap, sentence: describeGap(gap) })),
    denials: denials.map((one) => ({ ...denialDocument(one, profile, lack), told: one.told })),
    probes: probes.map(probeDocument),
    needless: verification.needless?.map(needlessDocument) ?? null,
    fixes: verification.fixes,
    written: verification.written ?? null,
    findings: findings.map(({ rule, severity, sentence, details, source }) => ({
      rule,
      severity,
      sentence,
      details,
      source: source ?? null,
    })),
  };
  return `${JSON.stringify(document)}\n`;
}

function probeDocument({ forbidden, tried, allowed, proven, there }: Probe) {
  const { by, ...thing } = forbidden;
  return {
    ...(thing.kind === 'path'
      ? { kind: thing.kind, path: thing.path }
      : { kind: thing.kind, port: thing.port, protocol: thing.protocol }),
    by,
    there,
    denied: allowed.length === 0,
    proven,
    tried: tried.map(({ attempt, outcome }) => ({ how: attempt.how, outcome })),
    allowed: allowed.map(({ right, rule, seen }) => ({
      right,
      seen,
      source: rule?.source ?? null,
    })),
  };
}

function needlessDocument({ grant, access }: Needless) {
  const { source } = grant;
  return grant.kind === 'path'
    ? { path: grant.spelt, access: accessNames('fs', access as FsAccess), source: source ?? null }
    : { port: grant.port, access: accessNames('net', access as NetAccess), source: source ?? null };
}
