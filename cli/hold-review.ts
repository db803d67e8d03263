import type { Decision } from '../inference/decisions/decision.js';
import { decisionsOf, sameDecisions } from '../inference/decisions/decisions.js';
import type { FoldSlider } from '../inference/fold-slider.js';
import type { ToDecide } from '../inference/infer-selected.js';
import type { Inference } from '../inference/inference.js';
import type { Profile } from '../profiles/profile.js';
import { writeToml } from '../profiles/write-toml.js';
import type { LiveMeans, ReviewMeans } from '../tui/means.js';
import type { NewsMessage } from '../tui/messages.js';
import type { KnownVariable, ReviewResult, ReviewSubject } from '../tui/subject.js';
import type { Target } from '../tui/target.js';
import { completePath } from './complete-path.js';
import { compareProfiles } from './diff/compare.js';
import { extentsForSlider } from './folding-for.js';
import { keepDecisions } from './keep-decisions.js';
import { namesBeneath } from './names-beneath.js';
import { mayReplace } from './overwrite.js';
import { writeFileWhole } from './write-file.js';

export interface Reviewable
  extends Omit<ReviewSubject, 'inference' | 'grounds' | 'differences' | 'formats' | 'target'> {
  readonly toDecide: ToDecide;
  /** What the thing is called that was learned, for the file of decisions that are not written. */
  readonly name: string;
}

/** A target that runs while its review is held. */
export interface LiveTarget extends Omit<LiveMeans, 'follow'> {
  /** How it stands with it as the review begins. */
  readonly target: Target;
  /** Begins to tell what comes of it. @returns what ends that. */
  readonly follow: (tell: (news: LiveNews) => void) => () => void;
}

/** As the review itself is told; what there is to review still to be made one with the terminal. */
export type LiveNews =
  | Exclude<NewsMessage, { kind: 'grown' }>
  | { readonly kind: 'grown'; readonly reviewable: Reviewable };

/** What a person made of an inference. */
export interface Accepted {
  readonly inference: Inference;
  readonly decisions: readonly Decision[];
}

/**
 * Reviews on the terminal of stdin and stderr, since stdout is the target's. Whoever leaves without
 * writing, or has the terminal taken away, finds the decisions in a file.
 *
 * @param live - the target, where that runs meanwhile; not where the review is plain.
 */
export async function holdReview(
  reviewable: Reviewable,
  plain: boolean,
  live?: LiveTarget,
): Promise<ReviewResult> {
  const { formatsFor, profileOnDisk } = await import('./review-formats.js');
  const { name, output } = reviewable;
  const stored = decisionsOf(reviewable.decisions);
  const onDisk = profileOnDisk(output);
  const formats = formatsFor(output);
  const subjectOf = ({ toDecide, ...about }: Reviewable): ReviewSubject => ({
    ...about,
    inference: toDecide.inference,
    grounds: toDecide.grounds,
    differences: (profile) => (onDisk === undefined ? undefined : compareProfiles(onDisk, profile)),
    formats,
    ...(live === undefined ? {} : { target: live.target }),
  });
  const sliders = new Sliders(reviewable.toDecide);
  let decisions: readonly Decision[] | undefined;
  const keep = () => {
    if (decisions !== undefined) keepDecisions(decisions, name);
    decisions = undefined;
  };
  const means: ReviewMeans = {
    complete: completePath,
    namesBeneath,
    survey: () => sliders.survey(),
    onDecided: (present: readonly Decision[]) => {
      decisions = sameDecisions(decisionsOf(present), stored) ? undefined : present;
    },
    ...(live === undefined ? {} : { live: followed(live, sliders, subjectOf) }),
  };
  // What nobody catches ends the process, and not what was decided.
  process.on('exit', keep);
  try {
    const terminal = { input: process.stdin, output: process.stderr };
    const subject = subjectOf(reviewable);
    const result = plain
      ? await (await import('../tui/plain-review.js')).reviewPlainly(subject, terminal, means)
      : await (await import('../tui/review.js')).review(subject, terminal, means);
    if (result.kind === 'write') decisions = undefined;
    return result;
  } finally {
    process.off('exit', keep);
    keep();
  }
}

/** The ways to fold what is reviewed, once they are asked for. */
class Sliders {
  #toDecide: ToDecide;
  #wanted = false;

  constructor(toDecide: ToDecide) {
    this.#toDecide = toDecide;
  }

  survey(): FoldSlider | undefined {
    this.#wanted = true;
    return this.#toDecide.sliderBy?.(extentsForSlider);
  }

  /** There is more to fold. */
  renewed(toDecide: ToDecide): FoldSlider | undefined {
    this.#toDecide = toDecide;
    return this.#wanted ? this.survey() : undefined;
  }
}

function followed(
  { follow, stop, restart }: LiveTarget,
  sliders: Sliders,
  subjectOf: (reviewable: Reviewable) => ReviewSubject,
): LiveMeans {
  return {
    stop,
    restart,
    follow: (tell) =>
      follow((news) => {
        if (news.kind !== 'grown') return tell(news);
        const slider = sliders.renewed(news.reviewable.toDecide);
        tell({ kind: 'grown', growth: { subject: subjectOf(news.reviewable), slider } });
      }),
  };
}

/** Writes what came of a review; where that fails, its decisions are kept. */
export function writeReviewed(
  file: string,
  profile: Profile,
  decisions: readonly Decision[],
  name: string,
): void {
  try {
    mayReplace(file);
    writeFileWhole(file, [writeToml(profile)], 'the profile');
  } catch (error) {
    if (decisions.length > 0) keepDecisions(decisions, name);
    throw error;
  }
}

/** The directories that have a name in an environment, the longest first. */
export function variablesIn(
  environment: Readonly<Record<string, string>>,
  directory: string,
): readonly KnownVariable[] {
  const named = Object.entries({ ...environment, WORKDIR: directory });
  return named
    .filter(([name]) => /^(HOME|TMPDIR|WORKDIR|XDG_[A-Z]+_(HOME|DIR))$/.test(name))
    .map(([name, path]) => ({ name, path: path.replace(/\/+$/, '') }))
    .filter(({ path }) => path.startsWith('/'))
    .sort((one, other) => other.path.length - one.path.length || (one.name < other.name ? -1 : 1));
}
