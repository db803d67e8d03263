import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasEscapedBytes, pathForNode } from '../../kernel/path-bytes.js';
import type { FsRight } from '../../landlock/abi.js';
import { fsAccess } from '../../landlock/access-set.js';
import { emptyRuleset } from '../../landlock/ruleset.js';
import type { Loss } from '../../profiles/exporters/loss.js';
import { exportRequest } from '../../profiles/exporters/request.js';
import type { Profile } from '../../profiles/profile.js';
import { escapeTemplate } from '../../profiles/templates.js';
import { fixtureProgram, lacksCompiler } from '../end-to-end/fixtures.js';
import { execute, inDirectory } from '../support/command.js';
import { type Lack, lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { exported, hostileNames } from './export-sample.js';

/**
 * The tools themselves, where they are installed: what they allow and deny has to be what the
 * profile says, but for the losses that were told, and these have to be true.
 */
const tools = suite('exports enforced by the tools themselves');

interface Tool {
  readonly format: string;
  readonly program: string;
  /** What its own help names when it knows Landlock. */
  readonly knows: RegExp;
  /** The version of the ABI to export for: the oldest that all of its versions take. */
  readonly abi: number;
  readonly start: (file: string) => readonly string[];
  /** Succeeds where the tool can do its work at all: some cannot in a container. */
  readonly probe?: readonly string[];
}

/** ENOEXEC, which Node has no name for. */
const notExecutable = 8;

const script = (file: string) => ['sh', file];
const installed: readonly Tool[] = [
  { format: 'setpriv', program: 'setpriv', knows: /path-beneath/, abi: 3, start: script },
  { format: 'landrun', program: 'landrun', knows: /ignore-missing/, abi: 7, start: script },
  { format: 'minijail', program: 'minijail0', knows: /landlock-abi/, abi: 7, start: script },
  { format: 'sandboxer', program: 'sandboxer', knows: /LL_FS_RO/, abi: 7, start: script },
  { format: 'syd', program: 'syd-lock', knows: /landlock/i, abi: 7, start: script },
  {
    ...{ format: 'firejail', program: 'firejail', knows: /landlock\.enforce/, abi: 7 },
    start: (file) => ['firejail', '--quiet', `--profile=${file}`],
    probe: ['firejail', '--quiet', '--noprofile', 'true'],
  },
];

for (const tool of installed) {
  const lack = lacksTool(tool) ?? lacksCompiler() ?? lacksLandlock(7);
  testWhere(tools, lack, `${tool.format} allows and denies as the profile and the losses say`, () =>
    inDirectory((directory) => {
      const files = filesIn(directory);
      const elsewhere = join(directory, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'letter'), 'private\n');
      const { command, losses } = exportFor(tool, directory, files);
      for (const file of files) {
        const expected = isLeftOut(losses, file) ? 'EACCES' : 'ok';
        assert.is(attempt(command, 'read', file), expected, `read ${JSON.stringify(file)}`);
      }
      for (const file of files.filter((path) => !isLeftOut(losses, path))) {
        // A file that is no program at all: it fails later where executing is allowed.
        const expected = isWidened(losses, file, 'execute') ? 'ENOEXEC' : 'EACCES';
        assert.is(attempt(command, 'execute', file), expected, `execute ${JSON.stringify(file)}`);
      }
      assert.is(attempt(command, 'read', join(elsewhere, 'letter')), 'EACCES');
      assert.is(attempt(command, 'list', elsewhere), 'EACCES');
      assert.is(attempt(command, 'write', join(elsewhere, 'new')), 'EACCES');
      const open = tool.abi < 4 || isUnrestricted(losses, 'connect_tcp');
      assert.is(attempt(command, 'connect', '1'), open ? 'ECONNREFUSED' : 'EACCES');
    }),
  );
}

tools.run();

function filesIn(directory: string): readonly string[] {
  const granted = join(directory, 'granted');
  mkdirSync(granted);
  return hostileNames
    .filter((name) => !hasEscapedBytes(name)) // Words of a command are text here.
    .map((name) => join(granted, name.slice('/srv/'.length).replaceAll('/', '_')))
    .map((file) => {
      writeFileSync(pathForNode(file), 'x');
      chmodSync(pathForNode(file), 0o755);
      return file;
    });
}

function exportFor({ format, abi, start }: Tool, directory: string, files: readonly string[]) {
  const rules = [
    { path: fixtureProgram('attempt'), access: fsAccess('execute', 'read_file') },
    ...files.map((path) => ({ path, access: fsAccess('read_file') })),
  ];
  const { handledFs, handledNet, scoped } = emptyRuleset(abi);
  const profile: Profile = {
    ...{ abi, variables: [], handledFs, handledNet, scoped, ports: [], creations: [] },
    learned: undefined,
    paths: rules.map(({ path, access }) => ({
      ...{ parents: [escapeTemplate(path)], access, reasons: [] },
    })),
  };
  const { request } = exportRequest(profile, join(directory, 'x.landlock.toml'), { command: [] });
  const { output, losses } = exported(format, request);
  const file = join(directory, 'export');
  writeFileSync(file, output.kind === 'text' ? output.text : '');
  return { command: start(file), losses };
}

function attempt(command: readonly string[], what: string, on: string): string {
  const words = [...command, fixtureProgram('attempt'), what, on];
  const { stdout, stderr, status } = execute(words);
  assert.is(status, 0, `${stderr} (${words.join(' ')})`);
  const error = Number(/^\d+$/m.exec(stdout)?.[0]);
  if (error === 0) return 'ok';
  return error === notExecutable ? 'ENOEXEC' : getSystemErrorName(-error);
}

function isLeftOut(losses: readonly Loss[], path: string): boolean {
  return (
    losses.some((loss) => loss.kind === 'unwritable' && loss.path === path) &&
    !losses.some((loss) => loss.kind === 'lifted' && path.startsWith(`${loss.to}/`))
  );
}

function isWidened(losses: readonly Loss[], path: string, right: FsRight): boolean {
  return losses.some(
    (loss) => loss.kind === 'widened' && loss.rights.includes(right) && loss.paths.includes(path),
  );
}

function isUnrestricted(losses: readonly Loss[], right: string): boolean {
  return losses.some(
    (loss) => loss.kind === 'unrestricted' && loss.rights.some((one) => one === right),
  );
}

function lacksTool({ program, knows, probe }: Tool): Lack {
  const lack = lacksPrograms(program);
  if (lack !== undefined) return lack;
  const { stdout, stderr } = execute([program, '--help']);
  if (!knows.test(stdout + stderr)) return `this ${program} knows no Landlock, or too little`;
  if (probe === undefined || execute(probe).status === 0) return undefined;
  return `${program} cannot run anything here`;
}
