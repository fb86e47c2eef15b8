// Loaded into a process before its program: reports every TCP connection and name lookup on standard error.
import dns from 'node:dns'
import net from 'node:net'
import { syncBuiltinESMExports } from 'node:module'

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args
  // Pipes are between processes of this machine.
  const port = typeof options === 'object' ? options.port : typeof options === 'number' ? options : undefined
  if (port !== undefined) process.stderr.write(`RECORD connect ${port}\n`)
  return connect.apply(this, args)
}
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveSrv', 'resolveTxt']) {
  for (const owner of [dns, dns.promises]) {
    const original = owner[name]
    owner[name] = function (host, ...rest) {
      // An address needs no name server.
      if (net.isIP(host) === 0) process.stderr.write(`RECORD lookup ${host}\n`)
      return original.call(this, host, ...rest)
    }
  }
}
syncBuiltinESMExports()
