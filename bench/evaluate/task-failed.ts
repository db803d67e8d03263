/** A task of the corpus that fails although nothing restricts it: here it tells nothing. */
export class TaskFailed extends Error {}
