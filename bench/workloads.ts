import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Workload {
  readonly name: string;
  readonly command: readonly string[];
  /** Calls that a filter stops, where they are all that the workload does. */
  readonly events?: number;
  /** The only contestants, where others would take minutes. */
  readonly only?: readonly string[];
}

/** Programs that nobody here wrote, doing what they are for; their material is made in `directory`. */
export function workloads(directory: string, quick: readonly string[]): readonly Workload[] {
  const project = makeProject(join(directory, 'project'), sizes(30, 2, 38));
  const alike = makeProject(join(directory, 'alike'), sizes(30, 20, 20));
  const repository = makeRepository(join(directory, 'repository'), 2000);
  const clone = join(directory, 'clone');
  return [
    { name: '50,000 × open+close', command: opens(50_000), events: 50_000 },
    { name: '500,000 × open+close', command: opens(500_000), events: 500_000, only: quick },
    {
      name: 'find /usr/lib /usr/share',
      command: ['/usr/bin/find', '/usr/lib', '/usr/share', '-name', 'zz'],
    },
    {
      name: 'git clone+log+status, 2,000 files',
      command: shell(
        `rm -rf ${clone}; git clone -q ${repository} ${clone}; git -C ${clone} log -1; git -C ${clone} status`,
      ),
    },
    { name: 'make -j2, 30 C files', command: shell(compile(project)) },
    { name: 'make -j2, 30 C files all alike', command: shell(compile(alike)) },
    { name: 'sh, 1,000 programs', command: shell(`for i in $(seq 1000); do /bin/true; done`) },
    {
      name: 'tar /usr/include',
      command: ['/bin/tar', '-cf', '/dev/null', '-C', '/', 'usr/include'],
    },
    ...npmCi(join(directory, 'package')),
    {
      name: 'python3 import http.server',
      command: ['/usr/bin/python3', '-c', 'import http.server'],
    },
    {
      name: 'dd bs=1, 1 MB',
      command: ['/bin/dd', 'if=/dev/zero', 'of=/dev/null', 'bs=1', 'count=1000000', 'status=none'],
      only: [...quick, 'strace --seccomp-bpf'],
    },
  ];
}

/** Opens and closes one file; what it takes is nearly all the opening. */
export function opens(count: number): readonly string[] {
  const loop = `const f=require("fs");for(let i=0;i<${count};i++)f.closeSync(f.openSync("/etc/passwd"))`;
  return [process.execPath, '-e', loop];
}

function shell(script: string): readonly string[] {
  return ['/bin/sh', '-c', script];
}

function compile(project: string): string {
  return `rm -f ${project}/*.o; exec make -s -j2 -C ${project}`;
}

/**
 * As many numbers as that, evenly from one to another, in an order in which the like are far apart:
 * two compilers whose files are alike ask for the same headers at the same moments, all along.
 */
function sizes(count: number, least: number, most: number): readonly number[] {
  return Array.from({ length: count }, (_, at) =>
    Math.round(least + ((most - least) * ((at * 13) % count)) / (count - 1)),
  );
}

/** A file of so many functions for each size, with the usual headers: as small as C files are. */
function makeProject(directory: string, functionsOf: readonly number[]): string {
  mkdirSync(directory);
  const names = functionsOf.map((_, number) => `part${number}`);
  for (const [number, name] of names.entries()) {
    const headers = ['stdio', 'stdlib', 'string', 'math', 'errno', 'unistd', 'sys/stat', 'pthread'];
    const functions = Array.from(
      { length: functionsOf[number] ?? 0 },
      (_, at) =>
        `int ${name}_${at}(const char *text, int times) {\n  int sum = ${at};\n  for (int each = 0; each < times; each++) sum += (int)strlen(text) * each ^ sum;\n  return printf("%d %s\\n", sum, text);\n}\n`,
    );
    const code = [...headers.map((header) => `#include <${header}.h>\n`), ...functions].join('');
    writeFileSync(join(directory, `${name}.c`), code);
  }
  writeFileSync(
    join(directory, 'Makefile'),
    `CFLAGS = -O2\nall: ${names.map((name) => `${name}.o`).join(' ')}\n`,
  );
  return directory;
}

function makeRepository(directory: string, files: number): string {
  mkdirSync(directory);
  for (let number = 0; number < files; number++) {
    const place = join(directory, `d${number % 50}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `f${number}`), `${number}\n`);
  }
  const commit = 'git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm all';
  spawnSync('/bin/sh', ['-c', commit], { cwd: directory });
  return directory;
}

/** `npm ci` from a warm cache; left out where the packages cannot be had for it. */
function npmCi(directory: string): readonly Workload[] {
  mkdirSync(directory);
  const dependencies = { uvu: '^0.5.6', minimatch: '^11.0.9', ink: '6.8.0', react: '^19.3.1' };
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const npm = `npm --cache ${join(directory, 'cache')} --no-audit --no-fund --no-update-notifier`;
  // The lock file has to say where each package is: only so does npm ask nobody.
  const first = `${npm} --omit-lockfile-registry-resolved=false install`;
  const warm = spawnSync('/bin/sh', ['-c', first], { cwd: directory, stdio: 'ignore' });
  if (warm.status !== 0) {
    process.stderr.write('npm ci is left out: its packages could not be fetched\n');
    return [];
  }
  const command = shell(`cd ${directory} && exec ${npm} --offline ci`);
  return [{ name: 'npm ci, 4 packages and theirs', command }];
}
