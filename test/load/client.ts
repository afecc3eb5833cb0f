import { Agent, request, type IncomingHttpHeaders } from 'node:http'

/** A client that keeps its connections and costs little itself: it shares the machine with what it measures. */
export type Client = {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answered>
  readonly post: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answered>
  readonly close: () => void
}
export type Answered = { readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** Anything but success is an error: a refusal must not be measured as a fast answer. */
export function openClient(url: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  const { hostname, port } = new URL(url)
  const ask = (method: string, path: string, body: string | undefined, headers: Readonly<Record<string, string>>) => new Promise<Answered>((done, fail) => {
    const sent = request({ agent, hostname, port, path, method, headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const whole = Buffer.concat(parts)
        if (response.statusCode! < 300) done({ headers: response.headers, body: whole })
        else fail(new Error(`${method} ${path}: ${response.statusCode} ${whole.toString()}`))
      })
    })
    sent.on('error', fail)
    sent.end(body)
  })
  return {
    get: (path, headers = {}) => ask('GET', path, undefined, headers),
    post: (path, body, headers = {}) => ask('POST', path, JSON.stringify(body), headers),
    close: () => agent.destroy(),
  }
}
