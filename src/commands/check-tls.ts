import { UsageError } from '../diagnostics/errors.ts'
import type { Context } from './context.ts'

/**
 * Refuses to send keys and prompts over connections whose certificates Node has been told not to check; a variable of our
 * own says that it is meant. Throws `UsageError`. Returns a warning when it is meant.
 */
export function checkTls({ env }: Pick<Context, 'env'>): string[] {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return []
  const means = 'certificates are not checked: whoever sits between sage and a provider can read keys and prompts'
  if (env['SAGE_ALLOW_INSECURE_TLS'] === '1') return [`NODE_TLS_REJECT_UNAUTHORIZED is 0: ${means}`]
  throw new UsageError(
    'NODE_TLS_REJECT_UNAUTHORIZED is 0, so certificates would not be checked',
    "unset it; for a company's own certificate set NODE_EXTRA_CA_CERTS to its file; if it is meant, set SAGE_ALLOW_INSECURE_TLS=1",
  )
}
