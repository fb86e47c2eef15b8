/** Whether only this machine can reach a server that listens on the host: 127.0.0.0/8, ::1 or localhost. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){1,3}|\[?(?:0{0,4}:){1,7}0{0,3}1\]?)$/i.test(host)
}
