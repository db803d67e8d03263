import { basename } from '../../inference/names.js';
import { fsAccess, isSubset, netAccess, scopeSet, union } from '../../landlock/access-set.js';
import type { ResolvedProfile } from '../resolve.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { fit, restrictedBesides } from './fit.js';
import { type Grant, grantsFor } from './grants.js';
import { knownOf } from './known.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A resource for PodLock, which runs what is in containers of Kubernetes under Landlock. Source:
 * flavio/podlock, api/v1alpha1/landlockprofile_types.go and internal/seal/rules.go.
 */
export const podlock: Exporter = {
  format: 'podlock',
  summary: 'a LandlockProfile for PodLock (Kubernetes)',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known,
      limit: 'PodLock restricts files alone, by rights of ABI 3',
      whyUnwritable: unlessUtf8,
    });
    const granted = grantsFor(
      resolved.ruleset.paths,
      grants,
      resolved.ruleset.handledFs,
      request.typeOf,
    );
    const lists = grants.flatMap(({ word }) => {
      const paths = granted.paths.filter(({ words }) => words.includes(word));
      return paths.length === 0
        ? []
        : [`        ${word}:\n`, ...paths.map(({ path }) => `          - ${yamlString(path)}\n`)];
    });
    const program = programOf(request, resolved);
    const text = [
      'apiVersion: podlock.kubewarden.io/v1alpha1\n',
      'kind: LandlockProfile\n',
      `metadata:\n  name: ${yamlString(resourceName(request.name))}\n`,
      `spec:\n  profilesByContainer:\n    ${yamlString(container)}:\n      ${yamlString(program)}:`,
      lists.length === 0 ? ' {}\n' : '\n',
      ...lists,
    ];
    return exportedText(
      text.join(''),
      [...losses, ...granted.losses, ...restrictedBesides(resolved, known)],
      [
        `the container is called ${container} here: put in its name`,
        `the program is taken to be ${program}; PodLock lets it be executed whatever is granted, and may add its libraries`,
        'paths are those of this machine: learn inside of the container to have those of its image',
      ],
    );
  },
};

const known = { fs: knownOf(3).fs, net: netAccess(), scoped: scopeSet() };
const container = 'main';

const read = fsAccess('read_file', 'read_dir');
const execute = fsAccess('execute');
const readWrite = fsAccess(
  ...(['read_file', 'read_dir', 'write_file', 'truncate', 'remove_dir', 'remove_file'] as const),
  ...(['make_char', 'make_dir', 'make_reg', 'make_sock', 'make_fifo', 'make_block'] as const),
  ...(['make_sym', 'refer'] as const),
);

const grants: readonly Grant<string>[] = [
  { word: 'readOnly', access: read },
  { word: 'readExec', access: union(read, execute) },
  { word: 'readWrite', access: readWrite },
  { word: 'readWriteExec', access: union(readWrite, execute) },
];

/** The program by its path: as it is called, or as a rule allows executing what has its name. */
function programOf({ command }: ExportRequest, { paths }: ResolvedProfile): string {
  const [called = ''] = command;
  if (called.startsWith('/')) return called;
  const executed = paths.filter(({ access }) => isSubset(execute, access));
  const named = executed.find(({ path }) => basename(path) === basename(called));
  return named?.path ?? `/PATH/OF/${called || 'THE-PROGRAM'}`;
}

/** RFC 1123: lower-case letters, digits, dashes and dots. */
function resourceName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return plain.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '') || 'profile';
}

/** YAML takes strings of JSON; what YAML does not let stand, JSON may escape as well. */
function yamlString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu,
    (character) =>
      [...character.split('')]
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
  );
}
