import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const reviewing = suite('reviewing again');

const profile = `# Landlock profile, learned from: cat notes
# It grants what the program did while it was watched, and knows of nothing else.

abi = 7

[[variable]]
name = "HOME"
literal = ["/home/ann"]

[[ruleset]]
handled_access_fs = ["abi.all"]
handled_access_net = ["abi.all"]
scoped = ["abi.all"]

# cat (openat); once
[[path_beneath]]
allowed_access = ["read_file"]
parent = ["\${HOME}/notes"]

# c-library: the dynamic loader
[[path_beneath]]
allowed_access = ["read_file"]
parent = [
  "/etc/ld.so.cache",
  "/usr/lib/libc.so",
]

[learned]
tool = "ll-learn 0.0.0"
tracer = "permissive"
commands = [["cat", "notes"]]
gaps = []
`;

reviewing('a profile of which nothing is changed stays as it is', () =>
  inDirectory((directory) => {
    const { status, stderr, text } = reviewed(directory, 'w\n');
    assert.is(status, 0, stderr);
    assert.is(text, profile);
  }),
);

reviewing('its comments are the evidence, and what is denied is taken from its table', () =>
  inDirectory((directory) => {
    const { stderr, text } = reviewed(directory, '1\nd 1\nw\n');
    assert.match(stderr, /The file says\nc-library: the dynamic loader/);
    assert.match(text, /^parent = \["\/usr\/lib\/libc\.so"\]$/m);
    assert.match(text, /^parent = \["\$\{HOME\}\/notes"\]$/m);
    assert.match(text, /^action = "deny"\npath = "\/etc\/ld\.so\.cache"$/m);
  }),
);

reviewing('leaving without writing keeps the decisions in a file', () =>
  inDirectory((directory) => {
    const { status, stderr, text } = reviewed(directory, 'd 1\n');
    assert.is(status, 0);
    assert.is(text, profile);
    const kept = /the decisions are kept in (\S+) /.exec(stderr)?.[1] ?? '';
    assert.match(readFileSync(kept, 'utf8'), /^path = "\/etc\/ld\.so\.cache"$/m);
    assert.match(reviewed(directory, 'w\n', '--decisions', kept).text, /^action = "deny"$/m);
  }),
);

reviewing('a profile that was written by hand is not replaced, and the decisions are kept', () =>
  inDirectory((directory) => {
    const byHand = profile.slice(0, profile.indexOf('[learned]'));
    const { status, stderr, text } = reviewedFrom(byHand, directory, 'd 1\nw\n');
    assert.is(status, 2);
    assert.is(text, byHand);
    assert.match(stderr, /the decisions are kept in \S+p\.decisions\.toml/);
    assert.match(stderr, /was not written by ll-learn.*--output/);
  }),
);

reviewing('decisions that were undone are not kept', () =>
  inDirectory((directory) => {
    assert.not.match(reviewed(directory, 'd 1\nu\nq\n').stderr, /the decisions are kept/);
  }),
);

reviewing('without a terminal it says what it needs', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'p.landlock.toml'), profile);
    const { status, stderr } = llLearn(['review', 'p.landlock.toml'], { cwd: directory });
    assert.is(status, 2);
    assert.match(stderr, /a review needs a terminal.*--plain/);
  }),
);

testWhere(reviewing, lacksTracer(), 'a trace is inferred first', () =>
  inDirectory((directory) => {
    const words = ['--no-review', '--trace', 't', '-o', 'p', '--', 'cat', '/etc/hostname'];
    assert.is(llLearn(words, { cwd: directory }).status, 0);
    const again = ['review', '--plain', '-o', 'q', 't'];
    const { status, stderr } = llLearn(again, { cwd: directory, input: 'w\n', stdio: 'pipe' });
    assert.is(status, 0, stderr);
    const text = (name: string) => readFileSync(join(directory, name), 'utf8');
    assert.is(text('q'), text('p'));
  }),
);

function reviewed(directory: string, input: string, ...words: readonly string[]) {
  return reviewedFrom(profile, directory, input, ...words);
}

function reviewedFrom(
  before: string,
  directory: string,
  input: string,
  ...words: readonly string[]
) {
  const file = join(directory, 'p.landlock.toml');
  writeFileSync(file, before);
  const env = { ...process.env, XDG_STATE_HOME: join(directory, 'state') };
  const all = ['review', '--plain', ...words, 'p.landlock.toml'];
  const ended = llLearn(all, { cwd: directory, env, input, stdio: 'pipe' });
  return { ...ended, text: readFileSync(file, 'utf8') };
}

reviewing.run();
