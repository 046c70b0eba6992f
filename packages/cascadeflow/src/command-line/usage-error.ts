/** Wrong usage that a command finds by itself. Its message names the flag and the fix. */
export class UsageError extends Error {}
