import type { AnswerMeta } from '../types.ts'

/** Whether the client asked for reasoning, and so takes the blocks and proofs that come with it. */
export function askedThinking({ request: { thinking } }: AnswerMeta): boolean {
  return thinking !== undefined && thinking.mode !== 'off'
}
