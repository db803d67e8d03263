import type { Inference } from '../../inference/inference.js';
import { accessNames } from '../../landlock/access-set.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { formatDenial } from '../../tracer/audit/format.js';
import { nearestRule, remedyFor } from './remedy.js';
import type { WouldBeDenial } from './would-be-denials.js';

/** A denial as the documents of `--json` have it. See docs/json.md. */
export function denialDocument(
  { denial, count }: WouldBeDenial,
  profile: PlacedProfile,
  lack: Inference,
) {
  const nearest = nearestRule(denial, profile);
  return {
    record: formatDenial(denial),
    blockers: denial.blockers,
    object: denial.object,
    executable: denial.asker.executable,
    call: denial.asker.call,
    errno: denial.asker.result,
    count,
    nearest:
      nearest === undefined
        ? null
        : {
            path: nearest.rule.named,
            access: accessNames('fs', nearest.rule.access),
            source: nearest.rule.source ?? null,
          },
    remedy: remedyFor(denial, lack),
  };
}
