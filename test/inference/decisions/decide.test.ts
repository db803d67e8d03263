import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from '../../../inference/decisions/decide.js';
import {
  type Decision,
  everyFsRight,
  type Subject,
} from '../../../inference/decisions/decision.js';
import { decisionsOf } from '../../../inference/decisions/decisions.js';
import { type Grounds, groundsOf, groundsOfRules } from '../../../inference/decisions/grounds.js';
import { idleDecisions } from '../../../inference/decisions/idle.js';
import { unfolded } from '../../../inference/folding.js';
import { conclude } from '../../../inference/infer.js';
import type { Inference } from '../../../inference/inference.js';
import { observe } from '../../../inference/observe.js';
import { rulesetOf } from '../../../inference/ruleset.js';
import type { FsRight } from '../../../landlock/abi.js';
import { accessNames, type FsAccess, fsAccess } from '../../../landlock/access-set.js';
import { domainOf, judge } from '../../../landlock/domain.js';
import { decidedProfile } from '../../../profiles/decided.js';
import { profileOf } from '../../../profiles/from-inference.js';
import { readToml } from '../../../profiles/read-toml.js';
import { writeToml } from '../../../profiles/write-toml.js';
import { Random } from '../../support/random.js';
import { directoryRule, fileRule, inferenceOf, readRule, use } from '../../tui/subjects.js';
import { randomProgram } from '../random-program.js';

const deciding = suite('decisions');

const two = inferenceOf({
  paths: [
    readRule('/srv/a'),
    fileRule(
      '/srv/b',
      ['read_file', 'write_file'],
      [
        use('cat', 'openat', '/srv/b', ['read_file']),
        use('ed', 'openat', '/srv/b', ['read_file', 'write_file']),
      ],
    ),
  ],
});

deciding('a fold by hand tells what it opens, where that was counted', () => {
  const counted: Grounds = {
    ...groundsOfRules(two),
    opensOf: (path, access, uses) =>
      path === '/srv' ? [{ access, what: 'files', count: 10 - uses.length }] : undefined,
  };
  const fold = decisionsOf([{ action: 'fold', subject: at('/srv', everyFsRight), reason: '' }]);
  const [rule] = decide(two, fold, counted).paths;
  assert.equal(rule?.opens, [{ access: rule?.access, what: 'files', count: 7 }]);
});

deciding('what is granted besides counts in moves', () => {
  const rights = ['read_file', 'make_reg', 'refer'] as const;
  const moving = inferenceOf({
    paths: [
      directoryRule('/to/a', ['refer', 'make_reg'], []),
      directoryRule('/to/b', ['read_file'], []),
    ],
  });
  const grounds: Grounds = {
    ...groundsOfRules(moving),
    moves: [
      {
        from: '/from/file',
        source: '/from',
        destination: '/to/a',
        among: fsAccess('read_file'),
        use: { executable: '/bin/mv', call: 'rename', count: 1 },
      },
    ],
  };
  const fold = decisionsOf([{ action: 'fold', subject: at('/to', everyFsRight), reason: '' }]);
  const besides = (...granted: readonly FsRight[]): Grounds => ({
    ...grounds,
    grantedBesides: (path) => (path === '/from' ? fsAccess(...granted) : fsAccess()),
  });
  const paths = (of: Grounds) => decide(moving, fold, of).paths.map(({ path }) => path);
  assert.equal(paths(besides('refer')), ['/from', '/to'], 'the source gains what it lacks');
  assert.equal(paths(besides(...rights)), ['/to'], 'the source has it already');
  assert.equal(paths(grounds), ['/to'], 'without refer nothing is moved');
});

deciding('a single right is cut', () => {
  const cut = on('deny', at('/srv/b', fsAccess('write_file')));
  assert.equal(granted(decided(two, cut)), { '/srv/a': ['read_file'], '/srv/b': ['read_file'] });
});

const offering = inferenceOf({
  paths: [readRule('/srv/a')],
  offers: [{ ...readRule('/srv/.rc'), offered: true }],
});

deciding('what is offered is granted where the very path is allowed', () => {
  const taken = decided(offering, on('allow', at('/srv/.rc')));
  assert.equal(granted(taken), { '/srv/.rc': ['read_file'], '/srv/a': ['read_file'] });
  assert.equal(taken.offers, []);
  assert.not.ok(taken.paths.some((rule) => 'offered' in rule));
});

deciding('what is offered is not granted by what is said of all above it, or of others', () => {
  const decisions = [on('allow', beneath('/srv')), on('deny', at('/srv/a'))];
  const fold = on('fold', at('/srv'));
  assert.equal(granted(decided(offering, ...decisions)), {});
  assert.equal(granted(decided(offering, fold)), { '/srv': ['read_file'] });
  assert.equal(decided(offering, on('allow', at('/srv/a'))).offers, offering.offers);
});

deciding('to deny what is offered breaks nothing, and is no idle decision', () => {
  const deny = on('deny', at('/srv/.rc'));
  const { findings } = decided(offering, deny);
  assert.equal(findings, []);
  assert.equal(idleDecisions(offering, decisionsOf([deny]), groundsOfRules(offering)), []);
});

deciding('the closest decision holds', () => {
  const deny = on('deny', beneath('/srv'));
  const allow = on('allow', at('/srv/a'));
  for (const order of [
    [deny, allow],
    [{ ...allow }, on('allow', at('/srv/a'))],
  ]) {
    assert.ok('/srv/a' in granted(decided(two, ...order)));
  }
  assert.equal(granted(decided(two, deny, allow)), { '/srv/a': ['read_file'] });
});

deciding('a decision on a hierarchy overrules those within', () => {
  const decisions = [on('allow', at('/srv/a')), on('deny', beneath('/srv'))];
  assert.equal(granted(decided(two, ...decisions)), {});
});

deciding('what one program did is refused as far as no other needs it', () => {
  const program: Subject = { kind: 'program', program: '/usr/bin/ed', access: everyFsRight };
  assert.equal(granted(decided(two, on('deny', program))), {
    '/srv/a': ['read_file'],
    '/srv/b': ['read_file'],
  });
});

deciding('a fold takes what is granted beneath, and not what is denied there', () => {
  const fold = on('fold', at('/srv'));
  assert.equal(granted(decided(two, fold)), { '/srv': ['write_file', 'read_file'] });
  const kept = decided(two, fold, on('deny', at('/srv/b', fsAccess('read_file'))));
  assert.equal(granted(kept), { '/srv': ['write_file'], '/srv/a': ['read_file'] });
});

deciding('what inference folded is unfolded where it is pinned, or denied within', () => {
  const folded = inferenceOf({ paths: [directoryRule('/srv', ['read_file'], [])] });
  const grounds = groundsOfRules(two);
  const pinned = decide(folded, decisionsOf([on('pin', at('/srv'))]), grounds);
  assert.equal(granted(pinned), granted(two));
  const denied = decide(folded, decisionsOf([on('deny', at('/srv/a'))]), grounds);
  assert.equal(granted(denied), { '/srv/b': ['write_file', 'read_file'] });
});

deciding('a denial of what was used is told, with who used it', () => {
  const { findings } = decided(two, on('deny', at('/srv/b', fsAccess('write_file'))));
  assert.equal(
    findings.map(({ sentence }) => sentence),
    ['a decision denies /srv/b (write_file), which ed used: under the profile that fails'],
  );
  assert.equal(decided(two, on('ignore', at('/srv/a'))).findings, []);
});

deciding('a denial that a hierarchy makes void is told', () => {
  const paths = [directoryRule('/srv', ['read_file'], [])];
  const { findings } = decided(inferenceOf({ paths }), on('deny', at('/srv/secret')));
  assert.match(findings[0]?.sentence ?? '', /^\/srv\/secret is denied, and yet the rule on \/srv /);
});

deciding('an addition is granted, and makes what lies beneath it needless', () => {
  const add = on('add', { ...beneath('/srv'), access: fsAccess('read_file') });
  assert.equal(granted(decided(two, add)), { '/srv': ['read_file'], '/srv/b': ['write_file'] });
});

deciding('what does not occur any more is known', () => {
  const gone = on('deny', at('/srv/gone'));
  const decisions = decisionsOf([gone, on('deny', at('/srv/a')), on('fold', at('/srv'))]);
  assert.equal(idleDecisions(two, decisions, groundsOfRules(two)), [gone]);
});

deciding('the order in which decisions are read does not matter', () => {
  const random = new Random(5);
  for (let round = 0; round < 50; round++) {
    const { inference, decisions, grounds } = somethingDecided(random);
    const stored = [...decisionsOf(decisions).values()];
    const other = [...stored].sort(() => random.fraction() - 0.5);
    // Those that contradict each other are gone: whatever is left may come in any order.
    assert.equal(
      decide(
        inference,
        decisionsOf(decisionsOf(other).size === stored.length ? other : stored),
        grounds,
      ),
      decide(inference, decisionsOf(stored), grounds),
    );
  }
});

deciding('decisions that a profile stores give the same when they are replayed', () => {
  const random = new Random(7);
  for (let round = 0; round < 100; round++) {
    const { inference, decisions, grounds } = somethingDecided(random);
    const live = decisionsOf(decisions);
    const profile = decidedProfile(profileOf(decide(inference, live, grounds), learned), [
      ...live.values(),
    ]);
    const replayed = decisionsOf(readToml(writeToml(profile), 'p').decisions ?? []);
    assert.equal(decide(inference, replayed, grounds), decide(inference, live, grounds));
  }
});

deciding('folding and adding deny nothing that was seen', () => {
  const random = new Random(9);
  for (let round = 0; round < 400; round++) {
    const { inference, decisions, grounds, run } = somethingDecided(random);
    const widening = decisions.filter(({ action }) => action === 'fold' || action === 'add');
    const folded = decide(inference, decisionsOf(widening), grounds);
    const domain = domainOf(inference.abi, rulesetOf(folded));
    const before = domainOf(inference.abi, rulesetOf(inference));
    for (const { operation } of run.operations) {
      // What is created beforehand is not made any more.
      if (!judge(before, operation).allowed) continue;
      const verdict = judge(domain, operation);
      assert.ok(verdict.allowed, JSON.stringify({ operation, widening, verdict }));
    }
  }
});

deciding('no rule is left that another makes needless', () => {
  const random = new Random(13);
  for (let round = 0; round < 100; round++) {
    const { inference, decisions, grounds } = somethingDecided(random);
    const { paths } = decide(inference, decisionsOf(decisions), grounds);
    for (const rule of paths) {
      for (const above of paths) {
        if (above === rule || !rule.path.startsWith(`${above.path}/`)) continue;
        assert.is(rule.access & above.access, 0, `${above.path} ${rule.path}`);
      }
    }
  }
});

const learned = { tool: 't', tracer: 'strace', commands: [], gaps: [] };

function somethingDecided(random: Random) {
  const { run } = randomProgram(random, '/tree', 12);
  const observed = observe([run], 7);
  const inference = conclude(observed, unfolded);
  const grounds = groundsOf(observed);
  const places = inference.paths.flatMap(({ path }) => [path, path.replace(/\/[^/]+$/, '') || '/']);
  const decisions = Array.from({ length: random.below(6) }, (): Decision => {
    const action = random.pick(['allow', 'deny', 'ignore', 'fold', 'pin', 'add'] as const);
    const path = places.length === 0 ? '/tree' : random.pick(places);
    const access =
      action === 'add' ? fsAccess('read_file') : random.pick([everyFsRight, fsAccess('read_file')]);
    const isLayout = action === 'fold' || action === 'pin';
    const subject = {
      ...at(path),
      beneath: !isLayout && random.chance(0.4),
      access: isLayout ? everyFsRight : access,
    };
    return { action, subject, reason: random.pick(['', 'so "it" is']) };
  });
  return { inference, decisions, grounds, run };
}

function decided(inference: Inference, ...decisions: readonly Decision[]): Inference {
  return decide(inference, decisionsOf(decisions), groundsOfRules(inference));
}

function on(action: Decision['action'], subject: Subject): Decision {
  return { action, subject, reason: '' };
}

function at(path: string, access: FsAccess = everyFsRight) {
  return { kind: 'path', path, beneath: false, access } as const;
}

function beneath(path: string) {
  return { kind: 'path', path, beneath: true, access: everyFsRight } as const;
}

function granted({ paths }: Inference): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(paths.map(({ path, access }) => [path, accessNames('fs', access)]));
}

deciding.run();
