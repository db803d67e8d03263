import { readFileSync } from 'node:fs';

/** Whether we can look at programs that have hidden their memory from whoever runs them. */
export type HiddenMemory = 'seen' | 'unseen';

/**
 * Programs with secrets, such as gpg-agent and ssh-agent, hide theirs by prctl(PR_SET_DUMPABLE):
 * from all who lack CAP_SYS_PTRACE (ptrace_may_access of kernel/ptrace.c).
 */
export function hiddenMemory(): HiddenMemory {
  const status = readFileSync('/proc/thread-self/status', 'latin1');
  const [, capabilities = '0'] = /^CapEff:\s+([0-9a-f]+)/m.exec(status) ?? [];
  const low = Number.parseInt(capabilities.slice(-8), 16);
  return (low & (1 << CAP_SYS_PTRACE)) === 0 ? 'unseen' : 'seen';
}

const CAP_SYS_PTRACE = 19;
