/** https://nodejs.org/api/tls.html#x509-certificate-error-codes, and what Node says of a name that does not match. */
const CODES = /CERT|UNABLE_TO_VERIFY_LEAF|HOSTNAME_MISMATCH|INVALID_CA/

/** Whether an error code of Node means that a certificate was refused: nothing was sent, and it takes a person to mend it. */
export function isCertificateFault(code: string): boolean {
  return CODES.test(code)
}
