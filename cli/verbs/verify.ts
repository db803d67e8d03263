import { landlockSupport } from '../../landlock/support.js';
import { shellWord } from '../../profiles/exporters/shell.js';
import { writeToml } from '../../profiles/write-toml.js';
import { BaseProfile } from '../base-profile.js';
import { CommandError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { tell, tellPlain } from '../output.js';
import type { Invocation } from '../verb.js';
import { confirmedNeedless } from '../verify/confirm-needless.js';
import { verificationDocument } from '../verify/document.js';
import type { Denied, EnforcedRun } from '../verify/enforced-run.js';
import { findingsOf } from '../verify/findings.js';
import { type Fixed, runUntilAllowed } from '../verify/fix.js';
import { asExcluded, type ToDeny, toDeny } from '../verify/forbid.js';
import { junitReport } from '../verify/junit.js';
import type { Needless } from '../verify/minimise.js';
import { passedIn } from '../verify/passed.js';
import type { Probe } from '../verify/probes/probe.js';
import { probeAll } from '../verify/probes/probe-all.js';
import { type VerifyRequest, verifyRequest } from '../verify/request.js';
import { sarifLog } from '../verify/sarif.js';
import { verificationText } from '../verify/text.js';
import { triedAgain } from '../verify/try-again.js';
import type { Verification } from '../verify/verification.js';
import { withoutNeedless } from '../verify/without.js';
import { packageVersion } from '../version.js';
import { writeFileWhole } from '../write-file.js';

/** Enforces a profile, reruns its command, and tries what has to be denied. */
export async function verify({ words, descriptors }: Invocation): Promise<number> {
  const request = verifyRequest(words);
  refuseWithoutLandlock();
  const excluded = (base: BaseProfile) => asExcluded(toDeny(request, base), request);
  const fixed = await runUntilAllowed(request, excluded, descriptors);
  const needless = await needlessIn(request, fixed.run, descriptors);
  const trimmed = request.fix ? trim(request, fixed.run.base, needless) : undefined;
  const base = trimmed ?? fixed.run.base;
  const probes = await probed(base, fixed.run.abi, toDeny(request, base));
  const denials = await triedAgain(fixed.run);
  const further = { base, denials, needless, trimmed, probes };
  const verification = verificationOf(request, fixed, further);
  report(request, verification);
  return findingsOf(verification).length === 0 ? exitStatus.clean : exitStatus.finding;
}

function refuseWithoutLandlock(): void {
  const support = landlockSupport();
  if (support.available) return;
  throw new CommandError(`nothing was run: ${support.reason}; ${support.remedy}`);
}

async function needlessIn(
  { minimise, watched, expected }: VerifyRequest,
  run: EnforcedRun,
  descriptors: readonly number[],
): Promise<readonly Needless[] | undefined> {
  if (!minimise) return undefined;
  const { outcome } = run.trace;
  const well = outcome.kind === 'exited' && outcome.status === expected;
  if (run.denials.length > 0 || !well) {
    tell('what is needless is told of a run that was denied nothing, and ended as it should');
    return undefined;
  }
  const needless = await confirmedNeedless(run, watched, descriptors);
  if (needless === undefined) {
    tell('what is needless cannot be told: the command does not end twice alike');
  }
  return needless;
}

/** Takes away what is needless, save from the additions by hand. @returns the profile again. */
function trim(
  { output }: VerifyRequest,
  { alone, file }: BaseProfile,
  needless: readonly Needless[] = [],
): BaseProfile | undefined {
  const own = needless.filter(({ grant }) => grant.source?.file === file);
  if (own.length === 0) return undefined;
  writeFileWhole(output, [writeToml(withoutNeedless(alone, own))], 'the profile');
  return new BaseProfile(output);
}

function probed(
  { placed, given }: BaseProfile,
  abi: number,
  { forbidden, cutShort }: ToDeny,
): Promise<readonly Probe[]> {
  for (const wish of cutShort)
    tell(`--must-deny ${wish} holds more than can be tried: some of it was`);
  return probeAll({ profile: placed, ruleset: given.ruleset, abi }, forbidden);
}

interface Further {
  readonly base: BaseProfile;
  readonly denials: readonly Denied[];
  readonly needless: readonly Needless[] | undefined;
  /** The profile once what is needless was taken away. */
  readonly trimmed: BaseProfile | undefined;
  readonly probes: readonly Probe[];
}

function verificationOf(
  { watched, expected, output, allowIncomplete }: VerifyRequest,
  { run, lack, fixes }: Fixed,
  { base, denials, needless, trimmed, probes }: Further,
): Verification {
  const { abi, trace, audited } = run;
  const isLeft = ({ grant }: Needless) => grant.source?.file !== run.base.file;
  return {
    name: watched.name,
    profile: base.placed,
    abi,
    trace,
    expected,
    denials,
    audited,
    lack,
    probes,
    needless: trimmed === undefined ? needless : needless?.filter(isLeft),
    trimmed: trimmed === undefined ? 0 : (needless ?? []).filter((one) => !isLeft(one)).length,
    fixes,
    written: fixes.length > 0 || trimmed !== undefined ? output : undefined,
    allowIncomplete,
  };
}

function report(request: VerifyRequest, verification: Verification): void {
  const { sarif, junit, json } = request;
  const findings = findingsOf(verification);
  const { file } = verification.profile;
  if (sarif !== undefined) {
    const log = sarifLog({ version: packageVersion(), file, findings });
    writeFileWhole(sarif, [log], 'the SARIF log');
  }
  if (junit !== undefined) {
    const command = verification.trace.header.command.map(shellWord).join(' ');
    const passed = passedIn(verification);
    writeFileWhole(junit, [junitReport({ file, command, findings, passed })], 'the JUnit report');
  }
  if (json) tellPlain(verificationDocument(verification));
  else tell(verificationText(verification));
}
