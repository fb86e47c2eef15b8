/**
 * Claude Code opens its system prompt with a block of this name (recorded traffic). It differs from version to version,
 * so it spoils the prefix cache of every other server, and tells a model nothing.
 */
export function isBillingHeader(text: string): boolean {
  return text.startsWith('x-anthropic-billing-header')
}
