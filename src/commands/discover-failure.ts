import type { AskError } from '../providers/discovery/types.ts'

/** Why a provider gave no list, in words. */
export function failureText({ kind, status, message }: AskError, deadlineMs: number): string {
  switch (kind) {
    case 'unreachable':
      return `not reachable (${message})`
    case 'timeout':
      return `no answer within ${deadlineMs / 1000} s`
    case 'auth':
      return `its key was refused (HTTP ${status})`
    default:
      return message
  }
}
