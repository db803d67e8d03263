import { fileAccess, fsAccess, intersection } from '../../../landlock/access-set.js';
import { type Domain, domainOn, judge, type Verdict } from '../../../landlock/domain.js';
import { byName } from '../../../landlock/layer.js';
import type { Operation } from '../../../landlock/operation.js';
import type { Requirement } from '../../../landlock/requirement.js';
import type { Judge } from '../laboratory/predict.js';

/**
 * The model with one thing wrong in each: what it would be if a fact of the kernel's had been
 * missed. A fuzz that does not find each of them out would be worth little.
 */
export const mutants: Readonly<Record<string, Judge>> = {
  'refer is not denied where it is not handled': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    const implicit = (layer: number) =>
      (domain.layers[layer]?.ruleset.handledFs ?? 0) & fsAccess('refer');
    return denied(verdict) && verdict.errno === 'EXDEV' && implicit(verdict.layer) === 0
      ? allowed
      : verdict;
  },
  'a layer without file rights does not deny refer': (domain, operation, of) => {
    const layers = domain.layers.filter(({ ruleset }) => ruleset.handledFs !== 0);
    const crosses = operation.kind === 'rename' || operation.kind === 'link';
    return judge(crosses ? { ...domain, layers } : domain, operation, of);
  },
  'EXDEV wins over EACCES': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    if (!denied(verdict) || verdict.errno !== 'EACCES') return verdict;
    const crossing = verdict.blockers.includes('fs.refer');
    return crossing ? { ...verdict, errno: 'EXDEV' } : verdict;
  },
  'gaining rights is allowed': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    const gains = denied(verdict) && verdict.requirements.every(({ kind }) => kind === 'no-gain');
    return gains ? allowed : verdict;
  },
  'a directory gains only the rights of files': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    const harmless = (one: Requirement) =>
      one.kind === 'no-gain' && intersection(one.among, fileAccess) === 0;
    return denied(verdict) && verdict.requirements.every(harmless) ? allowed : verdict;
  },
  'an exchange is compared in one direction': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    if (!denied(verdict) || operation.kind !== 'rename' || !operation.exchange) return verdict;
    const back = verdict.requirements.every(
      (one) => one.kind === 'no-gain' && one.from === operation.to,
    );
    return back ? allowed : verdict;
  },
  'an exchange makes one object': (domain, operation, of) =>
    judge(domain, operation.kind === 'rename' ? { ...operation, exchange: false } : operation, of),
  'rules hold for names': ({ abi, errata, layers }, operation, of) => {
    const rulesets = layers.map(({ ruleset }) => ruleset);
    const named = domainOn(byName, abi, rulesets, errata);
    return judge(named, operation, { ...of, objectOf: byName });
  },
  'the youngest layer decides': (domain, operation, of) =>
    judge({ ...domain, layers: domain.layers.slice(-1) }, operation, of),
  'the oldest layer decides': (domain, operation, of) =>
    judge({ ...domain, layers: domain.layers.slice(0, 1) }, operation, of),
  'a new file is truncated': (domain, operation, of) =>
    operation.kind === 'open' && operation.create === 'new' && operation.truncate
      ? firstDenied(domain, of, operation, { kind: 'truncate', path: operation.path })
      : judge(domain, operation, of),
  'truncating needs no right': (domain, operation, of) =>
    judge(domain, operation.kind === 'open' ? { ...operation, truncate: false } : operation, of),
  'executing needs no reading': (domain, operation, of) =>
    without(domain, operation, of, 'execute', 'fs.read_file'),
  'an interpreter needs no right': (domain, operation, of) =>
    judge(
      domain,
      operation.kind === 'execute' ? { ...operation, interpreters: [] } : operation,
      of,
    ),
  'a file without a name is made': (domain, operation, of) =>
    operation.kind === 'open-unnamed'
      ? firstDenied(domain, of, operation, {
          kind: 'make',
          path: `${operation.directory}/unnamed`.replace('//', '/'),
          type: 'regular',
        })
      : judge(domain, operation, of),
  'an ioctl of a device needs no right': (domain, operation, of) =>
    operation.kind === 'device-ioctl' ? allowed : judge(domain, operation, of),
  'a replaced file is not removed': (domain, operation, of) =>
    judge(
      domain,
      operation.kind === 'rename' && !operation.exchange
        ? { ...operation, replaced: null }
        : operation,
      of,
    ),
  'port 0 stands for every port': (domain, operation, of) =>
    operation.kind === 'bind' && judge(domain, { ...operation, port: 0 }, of).allowed
      ? allowed
      : judge(domain, operation, of),
  'scopes do not look at shared layers': (domain, operation, of) =>
    judge(domain, operation, { ...of, sharedLayers: 0 }),
  'tracing needs a scope': (domain, operation, of) =>
    operation.kind === 'trace-process'
      ? judge(domain, { kind: 'signal', inside: false }, of)
      : judge(domain, operation, of),
  'changing mounts is allowed': (domain, operation, of) =>
    operation.kind === 'change-topology' ? allowed : judge(domain, operation, of),
  'a rule on a file carries the rights of directories': (domain, operation, of) => {
    const verdict = judge(domain, operation, of);
    if (!denied(verdict) || operation.kind !== 'remove') return verdict;
    const onFile = domain.layers.every(
      (layer) => (layer.objects.get(of?.objectOf?.(operation.path) ?? '') ?? 0) !== 0,
    );
    return onFile ? allowed : verdict;
  },
};

const allowed: Verdict = { allowed: true };

function denied(verdict: Verdict): verdict is Verdict & { allowed: false } {
  return !verdict.allowed;
}

/** The first of several operations that is denied; allowed where none is. */
function firstDenied(
  domain: Domain,
  of: Parameters<Judge>[2],
  ...operations: readonly Operation[]
): Verdict {
  const verdicts = operations.map((operation) => judge(domain, operation, of));
  return verdicts.find(denied) ?? allowed;
}

/** Lets an operation pass where nothing but one right is missing. */
function without(
  domain: Domain,
  operation: Operation,
  of: Parameters<Judge>[2],
  kind: Operation['kind'],
  right: string,
): Verdict {
  const verdict = judge(domain, operation, of);
  if (!denied(verdict) || operation.kind !== kind) return verdict;
  return verdict.blockers.every((blocker) => blocker === right) ? allowed : verdict;
}
