/** How it stands with the target. `run` counts how often it was started. */
export type Target =
  | { readonly kind: 'running'; readonly run: number }
  | { readonly kind: 'stopping'; readonly run: number }
  | {
      readonly kind: 'ended';
      readonly run: number;
      readonly how: string;
      /** Whether there is a trace of it, which tells how it ended as well. */
      readonly known: boolean;
    };

/** What becomes of a target that still runs when a review is left. */
export type TargetFate = 'stop' | 'keep';

/** How it stands with the target, for people. */
export function targetText(target: Target): string {
  const run = target.run === 1 ? '' : `run ${target.run} `;
  switch (target.kind) {
    case 'running':
      return `${run}still runs`;
    case 'stopping':
      return `${run}is being stopped`;
    case 'ended':
      return `${run}${target.how}`;
  }
}
