import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** A letter to one address. Attachments are opened only when the server is ready to take the body. */
export type Letter = {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly language: string
  readonly messageId: string
  readonly attachments: readonly { readonly name: string; readonly mediaType: string; readonly open: () => Promise<Readable> }[]
}

export type Delivery =
  /** The server has it: its answer. */
  | { readonly kind: 'delivered'; readonly said: string }
  /** The server will never take it. */
  | { readonly kind: 'refused'; readonly said: string }
  /** It was certainly not taken; another try may do. */
  | { readonly kind: 'later'; readonly said: string }
  /** The whole body had left and no answer came: it may have been taken or not. */
  | { readonly kind: 'unsure'; readonly said: string }

/**
 * Gives one letter to the mail server over a connection of its own and never throws. `beginBody` is awaited after
 * the server has agreed to take the body and before its first byte: it commits that the body begins, or answers
 * false to let the letter go.
 */
export async function deliver(smtpUrl: string, letter: Letter, beginBody: () => Promise<boolean>): Promise<Delivery> {
  const { auth, ...server } = parseConnectionUrl(smtpUrl)
  const connection = new SMTPConnection({ connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 120_000, ...server } as object)
  let ended = false
  async function* body(): AsyncGenerator<Buffer> {
    if (!(await beginBody())) throw new Error('another attempt has begun')
    yield* mime(letter)
    ended = true
  }
  try {
    await new Promise<void>((done, fail) => connection.once('error', fail).connect((error) => (error ? fail(error) : done())))
    // From here each step reports its own error; without a listener the connection's would end the process.
    connection.on('error', () => {})
    if (auth) await new Promise<void>((done, fail) => connection.login(auth, (error) => (error ? fail(error) : done())))
    const said = await new Promise<string>((done, fail) => connection.send(
      { from: letter.from, to: [letter.to] }, Readable.from(body(), { objectMode: false }),
      (error, info) => (error ? fail(error) : done(info!.response ?? ''))))
    connection.quit()
    return { kind: 'delivered', said }
  } catch (error) {
    connection.close()
    return readFault(error as SmtpFault, ended)
  }
}

type SmtpFault = Error & { readonly code?: string; readonly response?: string; readonly responseCode?: number }

/** Any answer of the server is its word. Without one all depends on whether the end of the body may have reached it. */
function readFault({ code, message, response, responseCode = 0 }: SmtpFault, ended: boolean): Delivery {
  const said = (response || message).slice(0, 500)
  const ofThisLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (ofThisLetter && (responseCode >= 500 || responseCode === 0)) return { kind: 'refused', said }
  if (ended && responseCode === 0) return { kind: 'unsure', said }
  return { kind: 'later', said }
}

async function* mime(letter: Letter): AsyncGenerator<Buffer> {
  const attachments = await Promise.all(letter.attachments.map(async ({ name, mediaType, open }) =>
    ({ filename: name, contentType: mediaType, content: await open() })))
  try {
    yield* new MailComposer({
      from: letter.from, to: letter.to, subject: letter.subject, text: letter.text, html: html(letter), messageId: letter.messageId,
      // RFC 3834: nobody's out-of-office notice should answer it.
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
      attachments, disableFileAccess: true, disableUrlAccess: true,
    }).compile().createReadStream() as AsyncIterable<Buffer>
  } finally {
    for (const { content } of attachments) content.destroy()
  }
}

/** The same words with clickable links, for programs that show no plain text. */
function html({ text, language }: Letter): string {
  const paragraphs = escape(text).replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)»]/g, '<a href="$&" style="color:#0b6e6e">$&</a>').split(/\n{2,}/)
  const body = paragraphs.map((part) => `<p style="margin:0 0 1em">${part.replace(/\n/g, '<br>')}</p>`).join('\n')
  return `<!doctype html>\n<html lang="${language}"><body style="margin:0;padding:1.5em;font:16px/1.5 sans-serif;color:#1b1f23">
<div style="max-width:40em">\n${body}\n</div></body></html>`
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
