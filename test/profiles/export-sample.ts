import { fsAccess, netAccess } from '../../landlock/access-set.js';
import type { Exported, ExportRequest } from '../../profiles/exporters/exporter.js';
import { exporters } from '../../profiles/exporters/index.js';
import type { Profile } from '../../profiles/profile.js';
import { escapeTemplate } from '../../profiles/templates.js';
import { sampleProfile } from './sample.js';

/** Names that mean something to one format or another. */
export const hostileNames: readonly string[] = [
  '/srv/with space',
  "/srv/it's",
  '/srv/"quoted"',
  '/srv/back\\slash\\',
  '/srv/$HOME ${HOME} $(touch pwned) `touch pwned`',
  '/srv/comma,colon:equals=plus+at@percent%n%s',
  '/srv/new\nline\t\u001b[31mred',
  '/srv/-dash; touch pwned & | > pwned #?*[x]{1,2}!~',
  '/srv/??/trigraph */ /* comment // \\u0041 {{name}}',
  '/srv/<script>alert(1)</script> & </style>',
  '/srv/ünïcode 日本 \u202ereversed',
  '/srv/not-utf8-\udcff\udc80f',
];

/** A profile whose every path is hostile. */
export const hostileProfile: Profile = {
  ...sampleProfile,
  paths: hostileNames.map((path) => ({
    parents: [escapeTemplate(path)],
    access: fsAccess('read_file', 'read_dir'),
    reasons: [`cat ${path} (openat); once`],
  })),
  ports: [{ ports: [0, 443], access: netAccess('bind_tcp', 'connect_tcp'), reasons: [] }],
  creations: [{ path: '/srv/it\'s "made"', kind: 'directory', mode: 0o750 }],
};

/** A request that does not depend on this machine. */
export function requestFor(profile: Profile): ExportRequest {
  return {
    name: 'sample',
    file: '/home/alice/sample.landlock.toml',
    profile,
    command: ['sh', '-c', 'cat "$1"'],
    seen: undefined,
    populationOf: () => undefined,
    typeOf: (path) => (/^\/(?:usr\/bin|srv)\//.test(path) ? 'other' : 'directory'),
  };
}

export function exported(format: string, request: ExportRequest): Exported {
  const exporter = exporters.find((candidate) => candidate.format === format);
  if (exporter === undefined) throw new Error(`no exporter ${format}`);
  return exporter.write(request);
}

/** The text of an export; of a folder, its last file, which is the policy. */
export function exportedText(format: string, profile: Profile): string {
  const { output } = exported(format, requestFor(profile));
  return output.kind === 'text' ? output.text : (output.files.at(-1)?.text ?? '');
}
