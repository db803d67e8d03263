import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProfileError } from '../../profiles/profile-error.js';
import { readToml } from '../../profiles/read-toml.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { tableHeads } from '../../profiles/table-comments.js';

const hostile = suite('profiles that mean no good');

const rule = (parent: string, right = 'read_file') =>
  `[[path_beneath]]\nallowed_access = ["${right}"]\nparent = ["${parent}"]\n`;

/** What each is refused with: place, and what to do. */
const refusals: readonly (readonly [title: string, text: string, message: string])[] = [
  [
    'a right that is misspelt',
    `abi = 7\n${rule('/x', 'read_fiel')}`,
    `p:3:19: "read_fiel" is no access right of Landlock's files (did you mean read_file?)`,
  ],
  [
    'a right that is like none',
    `abi = 7\n${rule('/x', 'fly')}`,
    `p:3:19: "fly" is no access right of Landlock's files: expected some of execute, write_file, read_file, read_dir, remove_dir, remove_file, make_char, make_dir, make_reg, make_sock, make_fifo, make_block, make_sym, refer, truncate, ioctl_dev, resolve_unix, abi.all, abi.read_execute, abi.read_write`,
  ],
  [
    'a key that is misspelt',
    'abi = 7\n[[path_beneth]]\n',
    'p:2:1: "path_beneth" is not known here (did you mean path_beneath?)',
  ],
  [
    'a key that stands twice',
    'abi = 7\nabi = 8\n',
    'p:2:1: this is no TOML: trying to redefine an already defined table or value (it stands there twice: keep one)',
  ],
  [
    'a table that stands twice',
    'abi = 7\n[learned]\ntool = "x"\n[learned]\n',
    'p:4:2: this is no TOML: trying to redefine an already defined table or value (it stands there twice: keep one)',
  ],
  [
    'a file that is cut off in a string',
    rule('/etc/passwd').slice(0, -5),
    'p:3:11: this is no TOML: unfinished string (the file may be cut off)',
  ],
  [
    'a file that is cut off in a head',
    'abi = 7\n[[path_ben',
    'p:2:3: this is no TOML: incomplete key-value: cannot find end of key (the file may be cut off)',
  ],
  [
    'JSON',
    '{"abi": 7}\n',
    'p:1:1: this is no TOML: illegal character in key (it looks like JSON, and a profile is TOML)',
  ],
  [
    'a page of a server',
    '<!doctype html>\n',
    'p:1:1: this is no TOML: illegal character in key (it looks like a page of a web server)',
  ],
  [
    'a program',
    '\x7fELF\x02\x01',
    'p:1:1: this is no TOML: illegal character in key (expected KEY = VALUE, [[table]] or # comment)',
  ],
  [
    'a path with a zero byte, which ends it for the kernel',
    `abi = 7\n${rule('/x\\u0000/y')}`,
    'p:4:11: a path holds no zero byte',
  ],
  [
    'the same in what is to be created',
    'abi = 7\n[[create]]\npath = "/x\\u0000"\nkind = "file"\nmode = "0600"\n',
    'p:3:1: a path holds no zero byte',
  ],
  [
    'lists within lists, however deep',
    `abi = 7\nx = ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
    'p:2:1005: this is no TOML: document contains excessively nested structures. aborting. (no profile needs them)',
  ],
  [
    'tables within tables, however deep',
    `abi = 7\nx = ${'{a='.repeat(100_000)}1\n`,
    'p:2:3005: this is no TOML: document contains excessively nested structures. aborting. (no profile needs them)',
  ],
  [
    'a key of JavaScript’s own',
    'abi = 7\n__proto__ = 3\n',
    'p:2:1: "__proto__" is not known here; known are abi, variable, ruleset, path_beneath, net_port, create, decision, learned',
  ],
  [
    'a number that no computer holds',
    'abi = 99999999999999999999\n',
    'p:1:7: this is no TOML: integer value cannot be represented losslessly (no number of a profile is as large)',
  ],
  [
    'half a character',
    `abi = 7\n${rule('/x\\udcff')}`,
    'p:4:14: this is no TOML: invalid unicode escape (\\u has four hexadecimal digits, \\U eight, and neither half a pair of surrogates)',
  ],
];

for (const [title, text, message] of refusals) {
  hostile(`${title} is refused with its place and a remedy`, () => {
    assert.is(
      refusalOf(() => readToml(text, 'p')),
      message,
    );
  });
}

hostile('what a variable is missing for is refused at the rule that names it', () => {
  const read = (parent: string) =>
    refusalOf(() => resolveProfile(readToml(rule(parent), 'p'), 'p'));
  assert.match(
    read('${NOBODY}/x'),
    /^p:1:1: in the path "\$\{NOBODY\}\/x", the variable \$\{NOBODY\}/,
  );
  assert.match(
    read('/a$b'),
    /^p:1:1: in the path "\/a\$b", a dollar sign begins no variable; write \$\$/,
  );
});

hostile('variables that multiply without end are refused at once', () => {
  const values = Array.from({ length: 60 }, (_, at) => `"${at}"`).join();
  const names = Array.from({ length: 9 }, (_, at) => `v${at}`);
  const text = [
    ...names.map((name) => `[[variable]]\nname = "${name}"\nliteral = [${values}]\n`),
    rule(`/${names.map((name) => `\${${name}}`).join('')}`),
  ].join('');
  assert.match(
    refusalOf(() => resolveProfile(readToml(text, 'p'), 'p')),
    /it stands for more than 10000 paths: give its variables fewer values$/,
  );
});

hostile('a million lines of comment are read as fast as any others', () => {
  const text = `${'# nothing\n'.repeat(1_000_000)}[[ruleset]]\n`;
  const [head] = tableHeads(text).get('ruleset') ?? [];
  assert.is(head?.line, 1_000_001);
  assert.is(head?.comments.length, 1_000_000);
});

hostile('a mistake behind a hundred thousand rules is found with its line', () => {
  const text = `abi = 7\n${rule('/x').repeat(100_000)}${rule('/x', 'fly')}`;
  assert.match(
    refusalOf(() => readToml(text, 'p')),
    /^p:300003:19: "fly" is no access right/,
  );
});

hostile.run();

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.instance(error, ProfileError);
    return (error as Error).message;
  }
  return 'it was taken';
}
