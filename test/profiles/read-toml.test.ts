import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accessNames, allAccess, fsAccess, netAccess } from '../../landlock/access-set.js';
import { ProfileError } from '../../profiles/profile-error.js';
import { readToml } from '../../profiles/read-toml.js';

const reading = suite('reading a profile');

reading('a file of landlockconfig is a profile', () => {
  const profile = readToml(
    `abi = 6
[[variable]]
name = "where"
literal = ["/a", "/b"]
[[ruleset]]
handled_access_fs = ["abi.all"]
scoped = ["abi.all"]
[[path_beneath]]
allowed_access = ["abi.read_execute"]
parent = ["\${where}/x"]
[[net_port]]
allowed_access = ["connect_tcp"]
port = [443, 80]
`,
    'x.toml',
  );
  assert.is(profile.abi, 6);
  assert.is(profile.handledFs, allAccess('fs', 6));
  assert.is(profile.handledNet, netAccess('connect_tcp'), 'what rules use is handled');
  assert.equal(profile.paths[0]?.access, fsAccess('execute', 'read_file', 'read_dir', 'refer'));
  assert.equal(profile.ports[0]?.ports, [443, 80]);
});

reading('without an abi it is the first that knows the rights', () => {
  const rule = (right: string) =>
    `[[path_beneath]]\nallowed_access = ["${right}"]\nparent = ["/"]\n`;
  assert.is(readToml(rule('read_file'), 'x').abi, 1);
  assert.is(readToml(rule('truncate'), 'x').abi, 3);
  assert.is(readToml(rule('resolve_unix'), 'x').abi, 9);
});

reading('abi.read_write is everything but executing', () => {
  const text = 'abi = 3\n[[path_beneath]]\nallowed_access = ["abi.read_write"]\nparent = ["/x"]\n';
  const names = accessNames('fs', readToml(text, 'x').paths[0]?.access ?? fsAccess());
  assert.not.ok(names.includes('execute'));
  assert.is(names.length, 14);
});

const refusals: readonly (readonly [title: string, text: string, message: RegExp])[] = [
  ['text that is no TOML', 'abi = 7\nabi = = 8\n', /^p:2:\d+: this is no TOML: /],
  ['a key that nobody knows', 'abi = 7\n\nrules = 3\n', /^p:3:1: "rules" is not known here/],
  ['an ABI that is none', 'abi = 0\n', /^p:1:1: an ABI is a whole number from 1/],
  [
    'a right that does not exist',
    'abi = 7\n[[path_beneath]]\nallowed_access = ["read_file", "fly"]\nparent = ["/x"]\n',
    /^p:3:32: "fly" is no access right of Landlock's files/,
  ],
  [
    'a right of another class, in the second rule',
    `[[path_beneath]]
allowed_access = ["read_file"]
parent = ["/x"]
[[path_beneath]]
allowed_access = [
  "read_file", # fine
  "bind_tcp",
]
parent = ["/x"]
`,
    /^p:7:3: "bind_tcp" is no access right/,
  ],
  [
    'a group without an ABI',
    '[[ruleset]]\nhandled_access_fs = ["abi.all"]\n',
    /^p:2:22: "abi.all" depends on "abi", which is missing/,
  ],
  [
    'a relative path',
    '[[path_beneath]]\nallowed_access = ["read_file"]\nparent = ["etc"]\n',
    /^p:3:11: "etc" is no absolute path/,
  ],
  [
    'a rule without rights',
    '[[path_beneath]]\nallowed_access = []\nparent = ["/etc"]\n',
    /^p:2:1: a rule allows one right or more/,
  ],
  [
    'a rule without paths',
    '[[path_beneath]]\nallowed_access = ["read_file"]\n',
    /^p:1:1: a rule names one path or more/,
  ],
  [
    'a port that is none',
    '[[net_port]]\nallowed_access = ["bind_tcp"]\nport = [80, 65536]\n',
    /^p:3:13: a port is a whole number from 0 to 65535/,
  ],
  [
    'a table that is no list of tables',
    '[path_beneath]\nx = 1\n',
    /^p:1:1: "path_beneath" is a list/,
  ],
  ['a mode that is none', '[[create]]\npath = "/x"\nmode = "rwx"\n', /^p:3:1: "rwx" is no mode/],
];

for (const [title, text, message] of refusals) {
  reading(`${title} is refused with file, line and column`, () => {
    try {
      readToml(text, 'p');
    } catch (error) {
      assert.instance(error, ProfileError);
      assert.match((error as Error).message, message);
      return;
    }
    assert.unreachable('it was taken');
  });
}

reading.run();
