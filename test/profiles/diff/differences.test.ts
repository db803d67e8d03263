import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dangerMapOf } from '../../../inference/danger-map.js';
import { accessNames, fsAccess, scopeSet } from '../../../landlock/access-set.js';
import { isBeneath } from '../../../landlock/hierarchy.js';
import type { Difference } from '../../../profiles/diff/difference.js';
import { profileDifferences } from '../../../profiles/diff/differences.js';
import { inhabited } from '../../../profiles/inhabit.js';
import type { Profile } from '../../../profiles/profile.js';
import { readToml } from '../../../profiles/read-toml.js';
import { Random } from '../../support/random.js';

const differences = suite('differences of profiles');

differences(
  'what is granted and what is taken stands at the highest hierarchy of which it is so',
  () => {
    const old = profile(rule('/etc/hosts', 'read_file'), rule('/srv', 'read_file', 'read_dir'));
    const next = profile(rule('/etc', 'read_file'), rule('/srv/a', 'read_file', 'read_dir'));
    assert.equal(told(old, next), [
      '+ /etc read_file except /etc/hosts',
      '- /srv read_file,read_dir except /srv/a',
    ]);
    assert.equal(told(next, old), [
      '- /etc read_file except /etc/hosts',
      '+ /srv read_file,read_dir except /srv/a',
    ]);
  },
);

differences('a rule that another covers, order, reasons and spelling make none', () => {
  const old = profile(rule('/srv', 'read_file', 'write_file'), rule('/etc', 'read_file'));
  const next = profile(
    '# a reason',
    rule('/etc/', 'read_file'),
    rule('/etc/../etc/hosts', 'read_file'),
    rule('/srv/deep/er', 'read_file'),
    rule('/srv', 'read_file'),
    rule('//srv/.', 'write_file'),
  );
  assert.equal(told(old, next), []);
});

differences('a path that climbs out of a hierarchy is not covered by it', () => {
  const old = profile(rule('/srv', 'read_file'));
  const next = profile(rule('/srv', 'read_file'), rule('/srv/../root', 'read_file'));
  assert.equal(told(old, next), ['+ /root read_file']);
});

differences(
  'templates are compared as such, and a variable that has another value is told once',
  () => {
    const of = (home: string) =>
      profile(
        `[[variable]]\nname = "HOME"\nliteral = ["${home}"]`,
        rule('${HOME}/a', 'read_file'),
        rule('${HOME}/b', 'read_file'),
      );
    assert.equal(told(of('/home/a'), of('/home/a')), []);
    assert.equal(told(of('/home/a'), of('/home/b')), ['- HOME=/home/a', '+ HOME=/home/b']);
    // What it spells is granted by another rule anyhow.
    const whole = profile(rule('/home', 'read_file'));
    const named = profile(
      '[[variable]]\nname = "HOME"\nliteral = ["/home/a"]',
      rule('${HOME}/x', 'read_file'),
      rule('/home', 'read_file'),
    );
    assert.equal(told(whole, named), []);
  },
);

differences('what the surroundings define is compared for everybody', () => {
  const of = (...paths: readonly string[]) =>
    inhabited(profile(...paths.map((path) => rule(path, 'read_file'))), { HOME: '/home/a' });
  assert.equal(told(of(), of('${HOME}/.ssh')), ['+ ${HOME}/.ssh read_file']);
  assert.equal(told(of('${HOME}'), of('${HOME}', '${XDG_CACHE_HOME}/x')), []);
  assert.equal(told(of('${HOME}'), of('${HOME}', '${WORKDIR}/x')), ['+ ${WORKDIR}/x read_file']);
  for (const other of ['/home/a/x', '/$${HOME}/x']) {
    const both = [...told(of('${HOME}/x'), of(other))].sort();
    assert.equal(both, [`+ ${other} read_file`, '- ${HOME}/x read_file']);
  }
  assert.equal(told(of('/usr/lib/${MULTIARCH}'), of('/usr/lib/${MULTIARCH}/${LOADER}')), [
    '- /usr/lib/${MULTIARCH} read_file except /usr/lib/${MULTIARCH}/${LOADER}',
  ]);
  const twice = '[[variable]]\nname = "HOME"\nliteral = ["/home/a", "/home/b"]';
  const fixed = profile(twice, rule('${HOME}/x', 'read_file'));
  assert.equal([...told(of('${HOME}/x'), fixed)].sort(), [
    '+ /home/a/x read_file',
    '+ /home/b/x read_file',
    '- ${HOME}/x read_file',
  ]);
});

differences('a template and what it spells are the same place', () => {
  const spelled = profile(rule('/home/a/x', 'read_file'), rule('/price$$', 'read_file'));
  const named = profile(
    '[[variable]]\nname = "HOME"\nliteral = ["/home/a"]',
    rule('${HOME}/x', 'read_file'),
    rule('/price$$', 'read_file'),
  );
  assert.equal(told(spelled, named), []);
  assert.equal(told(named, spelled), []);
});

differences('a variable of several values is all of them', () => {
  const old = profile(
    '[[variable]]\nname = "x"\nliteral = ["a", "b"]',
    rule('/srv/${x}', 'read_file'),
  );
  const next = profile(
    '[[variable]]\nname = "x"\nliteral = ["a", "c"]',
    rule('/srv/${x}', 'read_file'),
  );
  assert.equal(told(old, next), ['- /srv/b read_file', '+ /srv/c read_file']);
});

differences('ports, scopes, creations and what is restricted at all count', () => {
  const old = profile(port(443, 'connect_tcp'), creation('/srv/x', '0755'));
  const next: Profile = {
    ...profile(port(443, 'connect_tcp', 'bind_tcp'), creation('/srv/x', '0777')),
    scoped: scopeSet('signal'),
  };
  assert.equal(told(old, next), [
    '+ port 443 bind_tcp',
    '+ make directory /srv/x 777',
    '+ without abstract_unix_socket',
  ]);
  assert.equal(told(next, old), [
    '- port 443 bind_tcp',
    '- make directory /srv/x 777',
    '- without abstract_unix_socket',
  ]);
});

differences('what is not restricted is granted everywhere, unless it was so by a rule', () => {
  const none = { ...profile(), handledFs: fsAccess() };
  const [difference] = of(profile(), none);
  assert.is(difference?.kind, 'unrestricted');
  assert.match(JSON.stringify(difference), /fs\.refer.*fs\.change_topology/);
  const old = profile(rule('/', 'truncate'));
  const next = {
    ...old,
    handledFs: (old.handledFs & ~fsAccess('truncate')) as typeof old.handledFs,
  };
  assert.equal(told(old, next), []);
});

differences('what may come of it is weighed by the place, and less by what is beneath', () => {
  const severities = (next: Profile) =>
    of(profile(), next).map((each) => (each.kind === 'path' ? each.severity : each.kind));
  assert.equal(severities(profile(rule('/root/.ssh/id_rsa', 'read_file'))), ['high']);
  assert.equal(severities(profile(rule('/usr/share/doc', 'read_file'))), [undefined]);
  assert.equal(severities(profile(rule('/', 'write_file'))), ['critical']);
});

differences('of any two profiles, exactly what differs at some path is told', () => {
  const random = new Random(20);
  for (let round = 0; round < 400; round++) {
    const [old, next] = [randomProfile(random), randomProfile(random)];
    const found = of(old, next).filter((each) => each.kind === 'path');
    for (const path of tree) {
      for (const right of ['read_file', 'write_file', 'execute'] as const) {
        const before = grants(old, path, right);
        const after = grants(next, path, right);
        const here = found.filter((each) => accessNames('fs', each.access).includes(right));
        const lines = (sign: Difference['sign'], exact: boolean) =>
          here.filter(
            (each) =>
              each.sign === sign && (exact ? each.path === path : isBeneath(path, each.path)),
          );
        if (after && !before) assert.ok(lines('granted', false).length > 0, path);
        if (before && !after) assert.ok(lines('taken', false).length > 0, path);
        if (lines('granted', true).length > 0) assert.ok(after && !before, path);
        if (lines('taken', true).length > 0) assert.ok(before && !after, path);
      }
    }
    assert.equal(of(old, old), []);
  }
});

differences.run();

function of(old: Profile, next: Profile): readonly Difference[] {
  return profileDifferences(old, next, dangerMapOf([{ HOME: '/root' }]));
}

function told(old: Profile, next: Profile): readonly string[] {
  return of(old, next).map((each) => `${each.sign === 'granted' ? '+' : '-'} ${words(each)}`);
}

function words(each: Difference): string {
  switch (each.kind) {
    case 'path': {
      const except = each.except.length === 0 ? '' : ` except ${each.except.join(', ')}`;
      return `${each.path} ${accessNames('fs', each.access).join()}${except}`;
    }
    case 'port':
      return `port ${each.port} ${accessNames('net', each.access).join()}`;
    case 'unrestricted':
      return each.rights.join();
    case 'unscoped':
      return `without ${each.scope}`;
    case 'variable':
      return `${each.name}=${each.value}`;
    case 'creation':
      return `make ${each.creation.kind} ${each.creation.path} ${each.creation.mode.toString(8)}`;
  }
}

function profile(...tables: readonly string[]): Profile {
  const ruleset =
    '[[ruleset]]\nhandled_access_fs = ["abi.all"]\nhandled_access_net = ["abi.all"]\nscoped = ["abi.all"]';
  return readToml(['abi = 7', ruleset, ...tables].join('\n'), 'p.toml');
}

function rule(path: string, ...rights: readonly string[]): string {
  return `[[path_beneath]]\nallowed_access = ${JSON.stringify(rights)}\nparent = ["${path}"]`;
}

function port(number: number, ...rights: readonly string[]): string {
  return `[[net_port]]\nallowed_access = ${JSON.stringify(rights)}\nport = [${number}]`;
}

function creation(path: string, mode: string): string {
  return `[[create]]\npath = "${path}"\nmode = "${mode}"`;
}

const tree = ['/', '/a', '/a/b', '/a/b/c', '/a/d', '/ab', '/e', '/e/f'];

function randomProfile(random: Random): Profile {
  const rules = Array.from({ length: random.below(5) }, () => {
    const rights = ['read_file', 'write_file', 'execute'].filter(() => random.chance(0.5));
    return rule(random.pick(tree), ...(rights.length === 0 ? ['read_file'] : rights));
  });
  return profile(...rules);
}

function grants({ paths }: Profile, path: string, right: 'read_file' | 'write_file' | 'execute') {
  return paths.some(
    ({ parents, access }) =>
      accessNames('fs', access).includes(right) && parents.some((each) => isBeneath(path, each)),
  );
}
