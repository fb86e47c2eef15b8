import type { CheckId } from '../../src/doctor/check-ids.ts'
import type { WorldOptions } from './world.ts'

/** One thing that is broken, and what doctor has to say about it. */
export interface Row extends WorldOptions {
  breaks: string
  /** `check code level`, all of them. */
  finds: string[]
  /** What the first of them says, means or advises. */
  says?: RegExp
  only?: CheckId[]
  posixOnly?: boolean
}

const HEAD = 'version: 1\nserve: { port: 45678 }\nproviders:\n'
/** A provider with one model. `{url}` is the address of the test's own. */
export const MAIN: string =
  '  main: { kind: openai-compatible, base_url: "{url}/v1", key: env:MAIN_KEY, local: false, models: [small] }\n'

/** A profile with these providers. */
export const sage = (providers: string, rest: string = ''): string => HEAD + providers + rest
