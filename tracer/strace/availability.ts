import { spawnSync } from 'node:child_process';
import type { Availability } from '../tracer.js';
import { oldestStrace } from './invocation.js';

/** Whether strace is here, new enough, and allowed to trace. */
export function straceAvailability(): Availability {
  const { error, stdout } = spawnSync('strace', ['-V'], { encoding: 'utf8' });
  if (error !== undefined) return { usable: false, ...missing(error) };
  const version = /version (\d+)\.(\d+)/.exec(stdout);
  const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
  const [oldestMajor, oldestMinor] = oldestStrace;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    return {
      usable: false,
      reason: `strace ${major}.${minor} is too old`,
      remedy: `install strace ${oldestMajor}.${oldestMinor} or later`,
    };
  }
  return mayTrace(`strace ${major}.${minor}`);
}

function missing(error: Error & { code?: string }): { reason: string; remedy: string } {
  if (error.code !== 'ENOENT') {
    return { reason: `strace cannot be run (${error.code})`, remedy: 'see that it is executable' };
  }
  return {
    reason: 'strace is not installed',
    remedy: 'install it (Debian, Ubuntu: apt-get install strace)',
  };
}

/** ptrace(2) may be forbidden: in containers, and by Yama's ptrace_scope 3. */
function mayTrace(detail: string): Availability {
  const trial = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=none', 'true'], {
    encoding: 'utf8',
  });
  if (trial.status === 0) return { usable: true, detail };
  const said = trial.stderr.trim().split('\n')[0] ?? '';
  return {
    usable: false,
    reason: `strace may not trace here (${said})`,
    remedy: 'allow ptrace: in a container --cap-add SYS_PTRACE, else kernel.yama.ptrace_scope=1',
  };
}
