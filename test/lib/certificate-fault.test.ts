import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCertificateFault } from '../../src/lib/certificate-fault.ts'

const FAULTS = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
]

test('refused certificates are known by their codes, other faults are not taken for them', () => {
  for (const code of FAULTS) assert.ok(isCertificateFault(code), code)
  for (const code of ['ECONNRESET', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO', 'ENOTFOUND', 'UNKNOWN', ''])
    assert.ok(!isCertificateFault(code), code)
})
