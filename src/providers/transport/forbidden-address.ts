import dns from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** Code of a connection that was refused because of its address. */
export const FORBIDDEN_ADDRESS = 'ADDRESS_FORBIDDEN'

/**
 * Where machines and clouds keep what is theirs: link-local networks (RFC 3927, RFC 4291), metadata services that have an
 * address of their own (AWS over IPv6, Alibaba Cloud, Oracle Cloud, Azure), and the IPv6 forms of 169.254.0.0/16 (mapped,
 * compatible, NAT64, 6to4).
 */
const FORBIDDEN = new BlockList()
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4')
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) FORBIDDEN.addAddress(address, 'ipv4')
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6')
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6')
for (const net of ['::ffff:169.254.0.0', '::169.254.0.0', '64:ff9b::169.254.0.0']) FORBIDDEN.addSubnet(net, 112, 'ipv6')
FORBIDDEN.addSubnet('2002:a9fe::', 32, 'ipv6')

/** Whether no provider may live at this IP address, with or without brackets and zone. False for a host name. */
export function isForbiddenAddress(address: string): boolean {
  const [bare = ''] = address.replace(/^\[|\]$/g, '').split('%', 1)
  const family = isIP(bare)
  return family !== 0 && FORBIDDEN.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Looks names up for a connection and leaves forbidden addresses out, so that a name in the profile cannot be turned
 * to one of them later (DNS rebinding): what is checked here is what is connected to. Fails when no other address is left.
 */
export const lookupAllowed: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, found) => {
    const allowed = error ? [] : found.filter(({ address }) => !isForbiddenAddress(address))
    const [first] = allowed
    if (error) callback(error, '')
    else if (first === undefined) callback(forbidden(hostname, found[0]?.address ?? ''), '')
    else if (options.all === true) callback(null, allowed)
    else callback(null, first.address, first.family)
  })
}

/** What a connection to a forbidden address fails with. */
export function forbidden(hostname: string, address: string): NodeJS.ErrnoException {
  const message = `${hostname} leads to ${address}, which is link-local or a metadata service`
  return Object.assign(new Error(message), { code: FORBIDDEN_ADDRESS })
}
