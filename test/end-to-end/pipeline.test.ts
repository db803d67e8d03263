import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, execute, inDirectory, ownProgram } from '../support/command.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const pipeline = suite('the tests of a package in a pipeline');

const script = new URL('../../examples/package-tests/package-tests.sh', import.meta.url).pathname;
const manifest = new URL('../../examples/package-tests/job.yaml', import.meta.url).pathname;
const lacksOtherTracer =
  testedTracer === 'permissive' ? undefined : 'done with the permissive tracer alone';
const lack = lacksOtherTracer ?? lacksLandlock(6) ?? lacksTracer();

testWhere(
  pipeline,
  lack ?? lacksPrograms('parallel'),
  'learned by several machines, they are one profile that CI holds them to',
  () =>
    inDirectory((directory) => {
      const one = checkout(directory, 'one');
      const other = checkout(directory, 'other');
      // Two machines, of which the first has two tests; each its own home and directory.
      one.sh("seq 1 2 | parallel -j 2 'JOB={} SHARE={}/4 package-tests.sh learn'");
      other.sh("seq 3 4 | parallel -j 2 'JOB={} SHARE={}/4 package-tests.sh learn'");
      assert.equal(readdirSync(one.traces).sort(), ['counts.2.1.jsonl', 'sorts.1.1.jsonl']);
      assert.equal(readdirSync(other.traces), ['greets.3.1.jsonl']);
      const all = join(directory, 'all');
      const there = `TRACES=${all} package-tests.sh`;
      one.sh(`mkdir ${all} && cp ${one.traces}/* ${other.traces}/* ${all} && ${there} merge`);
      other.sh(`${there} merge`);
      const profile = readFileSync(one.profile, 'utf8');
      assert.is(readFileSync(other.profile, 'utf8'), profile, 'whichever merges');
      assert.not.match(profile, new RegExp(directory));
      assert.match(profile, /^parent = \["\$\{WORKDIR\}\/debian\/tests\/counts"\]$/m);
      assert.is(other.sh(`${there} check`).stdout, 'both allow the same\n');
      other.sh('package-tests.sh verify');
    }),
);

testWhere(pipeline, lack, 'a test that needs more than the committed profile grants is found', () =>
  inDirectory((directory) => {
    const package_ = checkout(directory, 'one');
    package_.sh('package-tests.sh learn && package-tests.sh merge');
    package_.has('debian/tests/sorts', '#!/bin/sh\nread line < ~/secret || :\n');
    const verified = package_.tries('package-tests.sh verify');
    assert.is(verified.status, 1);
    assert.match(verified.stderr, /fs\.read_file on \S+\/home\/secret/);
    assert.match(verified.stderr, /^package-tests: verify_one: sorts failed$/m);
    const checked = package_.tries('package-tests.sh learn && package-tests.sh check');
    assert.is(checked.status, 1);
    assert.match(checked.stdout, /^\+ \$\{HOME\}\/secret read_file/m);
  }),
);

testWhere(
  pipeline,
  lack ?? lacksPrograms('python3') ?? lacksYaml(),
  'the pods of the job learn a share each',
  () =>
    inDirectory((directory) => {
      const package_ = checkout(directory, 'one');
      const job = JSON.parse(
        execute(['python3', '-c', yamlAsJson, manifest]).stdout,
      ) as KubernetesJob;
      assert.is(job.apiVersion, 'batch/v1');
      assert.is(job.kind, 'Job');
      assert.is(job.spec.completionMode, 'Indexed');
      const [container] = job.spec.template.spec.containers;
      const [shell = '', ...words] = [...(container?.command ?? []), ...(container?.args ?? [])];
      assert.is(`/${job.spec.completions}`, /\/\d+/.exec(words.join(' '))?.[0]);
      for (const index of [0, 2]) {
        const ended = package_.runs([shell, ...words], { JOB_COMPLETION_INDEX: String(index) });
        assert.is(ended.status, 0, ended.stderr);
      }
      assert.equal(readdirSync(package_.traces).sort(), ['greets.2.1.jsonl', 'sorts.0.1.jsonl']);
    }),
);

pipeline.run();

interface Checkout {
  readonly traces: string;
  readonly profile: string;
  readonly has: (file: string, text: string) => void;
  readonly runs: (
    words: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Ended;
  /** Runs a line of a shell. */
  readonly tries: (line: string) => Ended;
  /** The same, which has to work. */
  readonly sh: (line: string) => Ended;
}

interface KubernetesJob {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode: string;
    readonly completions: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
        }[];
      };
    };
  };
}

/** A source package with three tests, and the home of whoever builds it there. */
function checkout(directory: string, name: string): Checkout {
  const root = join(directory, name);
  const tree = join(root, 'package');
  const home = join(root, 'home');
  const bin = join(root, 'bin');
  for (const made of [join(tree, 'debian/tests'), home, bin]) mkdirSync(made, { recursive: true });
  const ours = `#!/bin/sh\nexec '${process.execPath}' '${ownProgram}' "$@"\n`;
  writeFileSync(join(bin, 'll-learn'), ours, { mode: 0o755 });
  symlinkSync(script, join(bin, 'package-tests.sh'));
  writeFileSync(join(home, 'secret'), '');
  const has = (file: string, text: string) => {
    writeFileSync(join(tree, file), text);
    chmodSync(join(tree, file), 0o755);
  };
  has('debian/tests/control', 'Tests: sorts, counts\nDepends: @\n\nTests: greets\n');
  has(
    'debian/tests/sorts',
    '#!/bin/sh\nprintf "b\\na\\n" > "$AUTOPKGTEST_TMP/x" && sort "$AUTOPKGTEST_TMP/x"\n',
  );
  has('debian/tests/counts', '#!/bin/sh\nwc -l debian/tests/control > "$(mktemp)"\n');
  has('debian/tests/greets', '#!/bin/sh\nexec echo hello\n');
  const runs = (words: readonly string[], environment = {}) =>
    execute(words, {
      cwd: tree,
      env: {
        ...{ PATH: `${bin}:${process.env['PATH']}`, HOME: home, RUNS: '1' },
        ...environment,
      },
    });
  const tries = (line: string) => runs(['sh', '-c', line]);
  return {
    traces: join(tree, 'debian/.landlock-traces'),
    profile: join(tree, 'debian/tests/landlock.toml'),
    ...{ has, runs, tries },
    sh: (line) => {
      const ended = tries(line);
      assert.is(ended.status, 0, `${line}: ${ended.stderr}`);
      return ended;
    },
  };
}

const yamlAsJson = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))';

function lacksYaml() {
  const { status } = execute(['python3', '-c', 'import yaml']);
  return status === 0 ? undefined : 'python3-yaml not installed';
}
