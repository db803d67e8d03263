import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';

const explain = suite('ll-learn explain');

explain('the rule that grants is told with its place, its evidence and what else it opens', () =>
  staged((root) => {
    const { status, stdout, stderr } = ask(root, 'shortcut/notes', 'read_file', 'write_file');
    assert.is(stderr, '');
    assert.is(
      stdout,
      `${root}/project/notes: a file
  ${root}/shortcut leads to project
read_file: granted
  by the rule on ${root}/project {read_file,make_reg}, one directory above (p.landlock.toml:6)
    # git (openat); 10+ times
    it opens 2 files and 2 directories to {read_file,make_reg}
write_file: denied by p.landlock.toml with EACCES
  on the way up there is ${root}/project {read_file,make_reg}
`,
    );
    assert.is(status, 1);
    assert.is(ask(root, 'project/notes', 'read_file').status, 0);
  }),
);

explain('rights in a directory are asked of the directory of a file', () =>
  staged((root) => {
    const { stdout, status } = ask(root, 'project/new', 'make_reg');
    assert.match(stdout, /^.*: nothing is there; judged as what would be made in .*project\n/);
    assert.match(stdout, /make_reg: granted, in .*project\n/);
    assert.is(status, 0);
  }),
);

explain('without a right, all that make sense for the thing are answered', () =>
  staged((root) => {
    const rights = (thing: string) =>
      JSON.parse(ask(root, '--json', thing).stdout).rights.map(
        ({ right }: { right: string }) => right,
      );
    assert.equal(rights('project/notes'), [
      'fs.read_file',
      'fs.write_file',
      'fs.truncate',
      'fs.execute',
      'fs.remove_file',
    ]);
    assert.ok(rights('project').includes('fs.read_dir'));
    assert.ok(rights('/dev/null').includes('fs.ioctl_dev'));
    assert.ok(rights('nowhere').includes('fs.make_reg'));
    assert.equal(rights('443'), ['net.bind_tcp', 'net.connect_tcp']);
    assert.equal(rights('udp:53'), ['net.bind_udp', 'net.connect_send_udp']);
  }),
);

explain('a port is a number, with or without its protocol', () =>
  staged((root) => {
    assert.is(ask(root, '443', 'connect').status, 0);
    assert.is(ask(root, 'tcp:443', 'connect').status, 0);
    assert.is(ask(root, 'tcp:443', 'bind').status, 1);
    assert.is(ask(root, '80', 'connect_tcp').status, 1);
    assert.match(ask(root, '443', 'connect').stdout, /^ {4}# curl \(connect\); once$/m);
    const udp = ask(root, 'udp:53', 'connect');
    assert.is(udp.status, 0);
    assert.match(udp.stdout, /p\.landlock\.toml does not restrict it/);
    assert.match(ask(root, './443').stdout, /nothing is there/, 'a path for a file of that name');
  }),
);

explain('the layer that denies is told by its profile', () =>
  staged((root) => {
    writeFileSync(
      join(root, 'inner.landlock.toml'),
      'abi = 7\n[[ruleset]]\nhandled_access_fs = ["read_file"]\n',
    );
    const { stdout, status } = ask(
      root,
      '--layer',
      'inner.landlock.toml',
      'project/notes',
      'read_file',
    );
    assert.is(status, 1);
    assert.match(stdout, /read_file: denied by inner\.landlock\.toml \(layer 2\) with EACCES/);
    assert.match(stdout, /p\.landlock\.toml grants it by the rule on .*project/);
  }),
);

explain('a rule whose path is gone is told where it would count', () =>
  staged((root) => {
    const { stdout, status } = ask(root, 'gone/file', 'read_file');
    assert.is(status, 1);
    assert.match(
      stdout,
      /the rule on .*\/gone \{read_file\} is left out, since nothing is there \(p\.landlock\.toml:10\)/,
    );
  }),
);

explain('additions by hand are told with their own file', () =>
  staged((root) => {
    writeFileSync(
      join(root, 'p.local.toml'),
      `[[path_beneath]]\nallowed_access = ["execute"]\nparent = ["${root}"]\n`,
    );
    assert.match(ask(root, 'project', 'execute').stdout, /\(p\.local\.toml:1\)/);
  }),
);

explain('a profile for a newer ABI is said', () =>
  staged((root) => {
    const file = join(root, 'p.landlock.toml');
    writeFileSync(file, 'abi = 99\n[[ruleset]]\nhandled_access_fs = ["abi.all"]\n');
    assert.match(
      ask(root, 'project', 'read_dir').stderr,
      /^ll-learn: p\.landlock\.toml is for Landlock ABI 99, and this ll-learn knows up to ABI \d+: it is taken for that\n$/,
    );
  }),
);

explain('no name writes to the terminal', () =>
  staged((root) => {
    assert.not.ok(ask(root, 'project/\u001b[31mred').stdout.includes('\u001b'));
  }),
);

explain('--json gives the same', () =>
  staged((root) => {
    const { stdout, status } = ask(root, '--json', 'shortcut/notes', 'read_file');
    assert.is(status, 0);
    assert.equal(JSON.parse(stdout), {
      granted: true,
      asked: `${root}/shortcut/notes`,
      path: `${root}/project/notes`,
      type: 'regular',
      package: null,
      links: [{ link: `${root}/shortcut`, target: 'project' }],
      rights: [
        {
          right: 'fs.read_file',
          granted: true,
          at: `${root}/project/notes`,
          layers: [
            {
              profile: 'p.landlock.toml',
              handled: true,
              granted: true,
              rules: [
                {
                  path: `${root}/project`,
                  hierarchy: `${root}/project`,
                  above: 1,
                  access: ['read_file', 'make_reg'],
                  reasons: ['git (openat); 10+ times'],
                  source: { file: 'p.landlock.toml', line: 6 },
                  opens: { files: 2, directories: 2, complete: true },
                },
              ],
            },
          ],
          leftOut: [],
        },
      ],
    });
  }),
);

explain.run();

function ask(root: string, ...words: readonly string[]): Ended {
  const at = words[0] === '--layer' ? 2 : words[0] === '--json' ? 1 : 0;
  return llLearn(['explain', ...words.slice(0, at), 'p.landlock.toml', ...words.slice(at)], {
    cwd: root,
  });
}

/** A project of two files, a symlink to it, and a profile of it. */
function staged(act: (root: string) => void): Promise<void> {
  return inDirectory((made) => {
    const root = realpathSync(made);
    mkdirSync(join(root, 'project/sub'), { recursive: true });
    writeFileSync(join(root, 'project/notes'), '');
    writeFileSync(join(root, 'project/sub/more'), '');
    symlinkSync('project', join(root, 'shortcut'));
    writeFileSync(
      join(root, 'p.landlock.toml'),
      `abi = 7
[[ruleset]]
handled_access_fs = ["abi.all"]

# git (openat); 10+ times
[[path_beneath]]
allowed_access = ["read_file", "make_reg"]
parent = ["${root}/project"]

[[path_beneath]]
allowed_access = ["read_file"]
parent = ["${root}/gone"]

[[ruleset]]
handled_access_net = ["bind_tcp"]

# curl (connect); once
[[net_port]]
allowed_access = ["connect_tcp"]
port = [443]
`,
    );
    act(root);
  });
}
