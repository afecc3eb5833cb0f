import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { buffer } from 'node:stream/consumers'

/** A letter the server has taken. */
export type Delivered = { readonly to: string; readonly messageId: string; readonly raw: string }

/** How the server behaves; each part may be changed while it runs. */
export type Behaviour = {
  /** Called for each recipient before it is answered; what it returns is refused with that code. */
  recipient?: (address: string) => Promise<number | void> | number | void
  /** Called when a whole body has come: a code refuses it, `drop` breaks the line after taking it, `vanish` without. */
  body?: (letter: Delivered) => Promise<number | 'drop' | 'vanish' | void> | number | 'drop' | 'vanish' | void
  /** Called when a body begins: `drop` breaks the line in its middle. */
  bodyBegins?: () => 'drop' | void
}

export type MailServer = {
  readonly url: string
  readonly delivered: Delivered[]
  readonly behave: (behaviour: Behaviour) => void
  readonly stop: () => Promise<void>
}

/** A real SMTP server on the loopback that counts what it takes and can be as bad as they come. */
export async function startMailServer(): Promise<MailServer> {
  const delivered: Delivered[] = []
  let behaviour: Behaviour = {}
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], logger: false, closeTimeout: 100,
    onRcptTo(address, _session, answer) {
      void Promise.resolve(behaviour.recipient?.(address.address)).then((code) => answer(code ? refusal(code) : null))
    },
    onData(stream, session, answer) {
      stream.on('error', () => {})
      if (behaviour.bodyBegins?.() === 'drop') {
        stream.once('data', () => hangUp(server, session))
        return
      }
      void buffer(stream).then(async (bytes) => {
        const raw = bytes.toString()
        const letter = { to: session.envelope.rcptTo[0]!.address, messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '', raw }
        const end = await behaviour.body?.(letter)
        if (typeof end === 'number') return answer(refusal(end))
        if (end !== 'vanish') delivered.push(letter)
        if (end) return hangUp(server, session)
        answer(null, `taken as ${delivered.length}` as never)
      }).catch(() => {})
    },
  })
  server.on('error', () => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    delivered,
    behave: (next) => { behaviour = next },
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

/** What a letter says, its encodings undone: header lines unfolded, quoted-printable and base64 words decoded. */
export function readable(raw: string): string {
  const words = raw.replace(/\r?\n[ \t]+/g, ' ').replace(/=\?UTF-8\?([BQ])\?(.*?)\?=( (?==\?))?/gi, (_, how: string, text: string) =>
    how.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replace(/_/g, ' ')))
  return words.replace(/Content-Transfer-Encoding: (base64|quoted-printable)\r?\n((?:\S.*\r?\n)*)\r?\n([^]*?)(?=\r?\n--|$)/gi, (_, how: string, more: string, body: string) =>
    more + (how === 'base64' ? Buffer.from(body, 'base64').toString() : quoted(body.replace(/=\r?\n/g, ''))))
}

const quoted = (text: string): string =>
  Buffer.from(text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString()

const refusal = (code: number): Error => Object.assign(new Error(code >= 500 ? 'never' : 'not now'), { responseCode: code })

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  const { connections } = server as unknown as { connections: Set<{ session: { id: string }; _socket: { destroy: () => void } }> }
  for (const connection of connections) if (connection.session.id === session.id) connection._socket.destroy()
}
