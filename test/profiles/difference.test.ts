import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { profileDifference } from '../../profiles/difference.js';
import { readToml } from '../../profiles/read-toml.js';

const differing = suite('the difference of profiles');

differing('is in rights on things, whatever the tables', () => {
  const before = profile(`
[[path_beneath]]
allowed_access = ["read_file"]
parent = ["/srv/a", "/srv/b"]
`);
  const after = profile(`
[[path_beneath]]
allowed_access = ["read_file"]
parent = ["/srv/b"]
[[path_beneath]]
allowed_access = ["write_file"]
parent = ["/srv/b"]
[[net_port]]
allowed_access = ["connect_tcp"]
port = [443]
`);
  assert.equal(profileDifference(before, after), [
    change('path', '/srv/a', [], ['read_file']),
    change('path', '/srv/b', ['write_file'], []),
    change('port', 'port 443', ['connect_tcp'], []),
  ]);
  assert.equal(profileDifference(after, after), []);
});

differing('tells where nothing comes of a change, since a rule above grants the same', () => {
  const file = rule('read_file', '/srv/a');
  const directory = rule('read_file', '/srv');
  assert.equal(profileDifference(profile(file), profile(directory)), [
    change('path', '/srv', ['read_file'], []),
    { ...change('path', '/srv/a', [], ['read_file']), still: ['read_file'] },
  ]);
});

differing('counts what variables stand for', () => {
  const variable = '[[variable]]\nname = "HOME"\nliteral = ["/home/ann"]\n';
  const before = profile(variable + rule('read_file', '${HOME}/x'));
  assert.equal(profileDifference(before, profile(rule('read_file', '/home/ann/x'))), []);
});

function rule(right: string, path: string): string {
  return `[[path_beneath]]\nallowed_access = ["${right}"]\nparent = ["${path}"]\n`;
}

function profile(rules: string) {
  const all = 'handled_access_fs = ["abi.all"]\nhandled_access_net = ["abi.all"]\n';
  return readToml(`abi = 7\n[[ruleset]]\n${all}${rules}`, 'p');
}

function change(kind: string, on: string, added: readonly string[], removed: readonly string[]) {
  return { on, kind, added, removed, still: [] };
}

differing.run();
