import { parse } from 'smol-toml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accessRights, newestAbi } from '../../landlock/abi.js';
import { allAccess } from '../../landlock/access-set.js';
import type { Profile } from '../../profiles/profile.js';
import { exportedText, hostileProfile } from './export-sample.js';
import { sampleProfile } from './sample.js';

const schema = suite("landlockconfig's schema");

const variable = { name: 'HOME', values: ['/home/alice'] };
const newest: Profile = {
  ...sampleProfile,
  abi: newestAbi,
  handledFs: allAccess('fs', newestAbi),
  handledNet: allAccess('net', newestAbi),
  variables: [variable],
  paths: [{ parents: ['${HOME}/x'], access: allAccess('fs', newestAbi), reasons: [] }],
  ports: [{ ports: [53], access: allAccess('net', newestAbi), reasons: [] }],
};
const profiles: readonly (readonly [string, Profile])[] = [
  ['one of everything', sampleProfile],
  ['hostile names', hostileProfile],
  ['the newest rights', newest],
  ['nothing granted', { ...sampleProfile, paths: [], ports: [], creations: [] }],
];

for (const [what, profile] of profiles) {
  schema(`takes the JSON of ${what}`, () => {
    check(document, JSON.parse(exportedText('landlockconfig-json', profile)), '');
  });

  for (const format of ['landlockconfig-toml', 'island']) {
    schema(`takes the TOML of ${what}, for ${format}, in its own spelling`, () => {
      check(document, camelCase(parse(exportedText(format, profile))), '');
    });
  }
}

schema('keeps variables, which it has as well', () => {
  const written = JSON.parse(exportedText('landlockconfig-json', newest));
  assert.equal(written.variable, [{ name: 'HOME', literal: ['/home/alice'] }]);
  assert.equal(written.pathBeneath[0].parent, ['${HOME}/x']);
});

schema('refuses what it does not know', () => {
  const good = { abi: 7, ruleset: [{ scoped: ['signal'] }] };
  check(document, good, '');
  for (const bad of [
    { ...good, more: 1 },
    { abi: 0 },
    { abi: 7, ruleset: [] },
    { abi: 7, ruleset: [{}] },
    { abi: 7, ruleset: [{ handledAccessFs: ['resolve_unix'] }] },
    { abi: 7, pathBeneath: [{ parent: ['/x'] }] },
    { abi: 7, netPort: [{ allowedAccess: ['connect_tcp'], port: [-1] }] },
  ]) {
    assert.throws(() => check(document, bad, ''), JSON.stringify(bad));
  }
});

schema.run();

/** As much of a schema as landlockconfig's needs. Source: its schema/landlockconfig.json. */
type Shape =
  | { readonly kind: 'whole'; readonly least: number }
  | { readonly kind: 'text'; readonly among?: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | {
      readonly kind: 'table';
      readonly has: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
      /** At least one of these. */
      readonly any: readonly string[];
    };

function listOf(of: Shape): Shape {
  return { kind: 'list', of };
}

function rights(accessClass: string, groups: readonly string[]): Shape {
  const known = accessRights.filter((right) => right.class === accessClass && right.since <= 7);
  return listOf({ kind: 'text', among: [...groups, ...known.map(({ name }) => name)] });
}

function table(
  has: Readonly<Record<string, Shape>>,
  required: readonly string[],
  any: readonly string[] = [],
): Shape {
  return { kind: 'table', has, required, any };
}

const fsRights = rights('fs', ['abi.all', 'abi.read_execute', 'abi.read_write']);
const netRights = rights('net', ['abi.all']);
const handled = { handledAccessFs: fsRights, handledAccessNet: netRights };
const rulesets = { ...handled, scoped: rights('scope', ['abi.all']) };

const document = table(
  {
    abi: { kind: 'whole', least: 1 },
    variable: listOf(
      table({ name: { kind: 'text' }, literal: listOf({ kind: 'text' }) }, ['name']),
    ),
    ruleset: listOf(table(rulesets, [], Object.keys(rulesets))),
    pathBeneath: listOf(
      table({ allowedAccess: fsRights, parent: listOf({ kind: 'text' }) }, [
        'allowedAccess',
        'parent',
      ]),
    ),
    netPort: listOf(
      table({ allowedAccess: netRights, port: listOf({ kind: 'whole', least: 0 }) }, [
        'allowedAccess',
        'port',
      ]),
    ),
  },
  [],
  ['variable', 'ruleset', 'pathBeneath', 'netPort'],
);

function check(shape: Shape, value: unknown, at: string): void {
  switch (shape.kind) {
    case 'whole':
      demand(Number.isInteger(value) && Number(value) >= shape.least, `${at}: ${value}`);
      return;
    case 'text':
      demand(typeof value === 'string', `${at} is no text`);
      demand(shape.among?.includes(String(value)) ?? true, `${at}: ${value}`);
      return;
    case 'list':
      demand(Array.isArray(value) && value.length > 0, `${at} is an empty list, or none`);
      for (const [index, item] of (value as unknown[]).entries()) {
        check(shape.of, item, `${at}[${index}]`);
      }
      return;
    case 'table': {
      const fields = value as Readonly<Record<string, unknown>>;
      for (const key of shape.required) demand(key in fields, `${at} lacks ${key}`);
      const some = shape.any.length === 0 || shape.any.some((key) => key in fields);
      demand(some, `${at} has none of ${shape.any.join(', ')}`);
      for (const [key, field] of Object.entries(fields)) {
        const known = shape.has[key];
        if (known === undefined)
          throw new Error(`${at} has ${key}, which the schema does not know`);
        check(known, field, `${at}.${key}`);
      }
    }
  }
}

/** The TOML spelling of the keys is the JSON one in snake case. */
function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(field),
    ]),
  );
}

/** Not by `assert`, whose errors `assert.throws` lets through. */
function demand(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
