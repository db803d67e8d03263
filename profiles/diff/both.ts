/** Something of the old profile and of the new one. */
export interface Both<Thing> {
  readonly old: Thing;
  readonly next: Thing;
}
