import type { SourceRef } from '../profile/types.ts'
import type { CheckId } from './check-ids.ts'

export type Level = 'ok' | 'info' | 'warning' | 'error'

/** A change to a file that is safe to make without asking. */
export type Repair =
  /** Sets the permission bits of a file. */
  | { kind: 'mode'; path: string; mode: number }
  /** Adds a line to a text file, which is created when there is none. */
  | { kind: 'line'; path: string; line: string }

/** What a check says before it is put into a list: the check's own id is added by the one who runs it. */
export interface Observation {
  level: Level
  /** Stable and machine-readable, `tls-expired`; the code of a diagnostic where it is one. */
  code: string
  /** What is so, in one line without a full stop. */
  message: string
  /** What it leads to. Always there for warnings and errors. */
  means?: string
  /** A command or an edit that mends it. Always there for warnings and errors. */
  fix?: string
  /** Place in a file. */
  source?: SourceRef
  repair?: Repair
}

export interface Finding extends Observation {
  check: CheckId
}

/** What a warning or an error has to say besides its message. */
export interface Advice {
  means: string
  fix: string
  source?: SourceRef | undefined
  repair?: Repair | undefined
}

export function ok(code: string, message: string): Observation {
  return { level: 'ok', code, message }
}

export function info(code: string, message: string, more: Partial<Advice> = {}): Observation {
  return observe('info', code, message, more)
}

export function warning(code: string, message: string, advice: Advice): Observation {
  return observe('warning', code, message, advice)
}

export function error(code: string, message: string, advice: Advice): Observation {
  return observe('error', code, message, advice)
}

function observe(level: Level, code: string, message: string, advice: Partial<Advice>): Observation {
  const { means, fix, source, repair } = advice
  return {
    level,
    code,
    message,
    ...(means === undefined ? {} : { means }),
    ...(fix === undefined ? {} : { fix }),
    ...(source === undefined ? {} : { source }),
    ...(repair === undefined ? {} : { repair }),
  }
}
