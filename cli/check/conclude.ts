import { infer } from '../../inference/infer.js';
import { shellWord } from '../../profiles/exporters/shell.js';
import { blindSpots, type Trace } from '../../tracer/trace.js';
import type { BaseProfile } from '../base-profile.js';
import { exitStatus } from '../exit-status.js';
import { tell, tellPlain } from '../output.js';
import { runOf } from '../run-of.js';
import { type Report, reportDocument, reportText } from './report.js';
import type { WouldBeDenial } from './would-be-denials.js';

/** A run that was judged, and how it is to be told. */
export interface Checked {
  /** What the command is called. */
  readonly name: string;
  readonly base: BaseProfile;
  readonly trace: Trace;
  readonly denials: readonly WouldBeDenial[];
  readonly command: readonly string[];
  readonly abi: number;
  readonly json: boolean;
  readonly allowIncomplete: boolean;
}

/**
 * Tells what would have been denied. How the command ended is told and is no finding: that it fails
 * does not concern the profile. What could not be seen is one, since it may have been denied.
 */
export function concludeCheck(checked: Checked): number {
  const { name, base, trace, denials, abi, json, allowIncomplete } = checked;
  const runs = [runOf(trace)];
  const report: Report = {
    name,
    profile: base.placed,
    trace,
    denials,
    lack: base.lack(infer(runs, abi), runs),
    next: `ll-learn --from ${shellWord(base.file)} -- ${checked.command.map(shellWord).join(' ')}`,
  };
  if (json) tellPlain(reportDocument(report));
  else tell(reportText(report));
  const doubtful = blindSpots(trace).length > 0 && !allowIncomplete;
  return denials.length > 0 || doubtful ? exitStatus.finding : exitStatus.clean;
}
