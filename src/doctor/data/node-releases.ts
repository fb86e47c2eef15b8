/** Last day of support of each major version of Node (https://github.com/nodejs/Release/blob/main/schedule.json). */
export const NODE_END_OF_LIFE: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
}

/** Oldest versions that sage runs on, as `engines` in package.json has them: `^20.19.0 || >=22.12.0`. */
export const NODE_FLOORS: Readonly<Record<number, number>> = { 20: 19, 22: 12 }
/** From this major version on every release will do. */
export const NODE_OPEN_FLOOR = 23
