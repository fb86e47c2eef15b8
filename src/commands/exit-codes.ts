/** Done. */
export const OK = 0
/** The answer is no. */
export const NO = 1
/** The command line or the profile is wrong. */
export const USAGE = 2
/** It could not run: input or output failed, a port is taken, or a bug. */
export const FAILED = 3
