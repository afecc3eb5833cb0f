import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFiles, serveFile, type Files } from '../../server/platform/files.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { docx, exif, jpeg, pdf, png } from '../support/sample-files.ts'

let folder: string
let files: Files
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jauap-files-'))
  files = openFiles(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a received file', () => {
  it('is kept whole, with its own hash, and opened again', async () => {
    const file = await receive(pdf, 'Акт осмотра.pdf', 'application/pdf')
    expect(file).toEqual({ id: file.id, name: 'Акт осмотра.pdf', mediaType: 'application/pdf', size: pdf.length, sha256: sha256(pdf) })
    expect(await content(file.id)).toEqual(pdf)
    await files.remove(file.id)
    await expect(files.open(file.id)).rejects.toThrow('not_found')
  })

  it('is what its content says, whatever generic type or odd ending it came with', async () => {
    expect(await receive(docx, 'Жалоба.docx', '')).toMatchObject({ mediaType: docxType, name: 'Жалоба.docx' })
    expect(await receive(pdf, 'акт от 12.03', 'application/octet-stream')).toMatchObject({ name: 'акт от 12.03.pdf' })
    expect(await receive(jpeg(), 'ФОТО.JPEG', 'image/jpg')).toMatchObject({ name: 'ФОТО.jpeg', mediaType: 'image/jpeg' })
    expect(await receive(pdf, '', '')).toMatchObject({ name: 'file.pdf' })
  })

  it('may be plain text in today\'s or yesterday\'s coding', async () => {
    expect(await receive(Buffer.from('Қайырлы күн! Добрый день.\n'), 'письмо.txt', 'text/plain')).toMatchObject({ mediaType: 'text/plain; charset=utf-8' })
    const old = Buffer.from([...'Добрый день, нет света'].map((sign) => (sign >= 'А' && sign <= 'я' ? sign.charCodeAt(0) - 0x350 : sign.charCodeAt(0))))
    expect(await receive(old, 'письмо.txt', 'text/plain')).toMatchObject({ mediaType: 'text/plain; charset=windows-1251' })
  })

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'a.txt', 'file_type_refused'],
    ['a page with a mark before it', Buffer.from('\ufeff \n<html>'), 'a.txt', 'file_type_refused'],
    ['an SVG picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.png', 'file_type_refused'],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf /'), 'a.txt', 'file_type_refused'],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'a.pdf', 'file_type_refused'],
    ['an archive', Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]), 'a.docx', 'file_type_refused'],
    ['noise', createHash('sha512').update('noise').digest(), 'a.pdf', 'file_type_refused'],
    ['nothing', Buffer.alloc(0), 'a.pdf', 'file_empty'],
    ['a picture called PDF', jpeg(), 'a.pdf', 'file_not_what_it_claims'],
    ['a picture called a program', jpeg(), 'photo.jpg.exe', 'file_not_what_it_claims'],
    ['a picture declared a page', jpeg(), 'photo.jpg', 'file_not_what_it_claims', 'text/html'],
    ['text called a script', Buffer.from('alert(1)'), 'a.js', 'file_not_what_it_claims'],
  ])('that is %s is refused and leaves nothing', async (_, bytes, name, code, type = '') => {
    const before = everything()
    await expect(receive(bytes, name, type)).rejects.toMatchObject({ code })
    expect(everything()).toEqual(before)
  })

  it('that is too large is refused before it is whole, and leaves nothing', async () => {
    const before = everything()
    let asked = 0
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        asked++
        yield Buffer.alloc(65_536, 'x')
      }
    }
    const refusal = await files.receive(Readable.from(endless()), { name: 'big.pdf', claimedType: '', maxBytes: 1_048_576 }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code: 'file_too_large', details: { name: 'big.pdf', max: 1 } })
    expect(asked).toBeLessThan(40)
    expect(everything()).toEqual(before)
  })

  it('whose sender broke off is refused and leaves nothing', async () => {
    const before = everything()
    async function* broken(): AsyncGenerator<Buffer> {
      yield pdf.subarray(0, 20)
      throw new Error('connection reset')
    }
    await expect(files.receive(Readable.from(broken()), claim('a.pdf'))).rejects.toMatchObject({ code: 'malformed_request' })
    expect(everything()).toEqual(before)
  })

  it.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['..\\..\\boot.ini', 'boot.ini.pdf'],
    ['C:\\Users\\Айгүл\\акт.pdf', 'акт.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['a\u202efdp.exe\u202c.pdf', 'afdp.exe.pdf'],
    ['a\0b\r\nc.pdf', 'abc.pdf'],
    ['a "b" <c>?.pdf', 'a _b_ _c__.pdf'],
    ['con.pdf', '_con.pdf'],
    ['e\u0301.pdf', 'é.pdf'],
    ['..', 'file.pdf'],
    [`${'д'.repeat(400)}.pdf`, `${'д'.repeat(138)}.pdf`],
  ])('called %j is kept as %j', async (given, name) => {
    expect((await receive(pdf, given, '')).name).toBe(name)
  })

  it('is never found by a path instead of an id', async () => {
    for (const id of ['../secret', '', randomUUID().toUpperCase(), `${randomUUID()}/..`]) await expect(files.open(id)).rejects.toThrow('not_found')
  })

  it('left half-received by a crash is cleaned away later', async () => {
    const path = join(folder, 'files', 'incoming', 'half')
    writeFileSync(path, 'x')
    await files.clean(Temporal.Now.instant().subtract({ hours: 1 }))
    expect(statSync(path).size).toBe(1)
    utimesSync(path, 0, 0)
    await files.clean(Temporal.Now.instant().subtract({ hours: 1 }))
    expect(everything()).not.toContain('half')
  })
})

describe('a picture', () => {
  it('forgets where it was taken, and stays the right way up', async () => {
    const taken = jpeg({ segments: [exif(6, 'GPS 54.8667 69.1500')], after: 'a second picture with GPS' })
    const kept = await content((await receive(taken, 'a.jpg', 'image/jpeg')).id)
    expect(kept.includes('GPS')).toBe(false)
    expect(kept.subarray(0, 2).toString('hex')).toBe('ffd8')
    expect(kept.subarray(-2).toString('hex')).toBe('ffd9')
    expect(kept.includes(Buffer.from('0112000300000001000600', 'hex'))).toBe(true)
  })

  it('that is upright gets no needless words, and its colours stay', async () => {
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), Buffer.from('colours')])
    const taken = jpeg({ segments: [exif(1, 'camera'), segment(0xe2, profile), segment(0xfe, Buffer.from('comment')), segment(0xed, Buffer.from('Photoshop 3.0'))] })
    const kept = await content((await receive(taken, 'a.jpg', '')).id)
    expect(kept.includes('colours')).toBe(true)
    for (const word of ['Exif', 'camera', 'comment', 'Photoshop']) expect(kept.includes(word)).toBe(false)
  })

  it('whose data are large and have stuffed bytes at every edge comes through unchanged', async () => {
    const data = Buffer.alloc(300_000, 0x55)
    for (let at = 65_500; at < 300_000; at += 65_523) data.set([0xff, 0x00, 0xff, 0xd3], at)
    const bare = jpeg({ data })
    expect((await content((await receive(bare, 'a.jpg', '')).id)).equals(bare)).toBe(true)
  })

  it('that breaks inside is refused', async () => {
    const broken = Buffer.concat([jpeg().subarray(0, 20), Buffer.from('nonsense that is no marker')])
    await expect(receive(broken, 'a.jpg', '')).rejects.toMatchObject({ code: 'file_type_refused' })
  })

  it('in PNG loses its texts and what follows its end', async () => {
    const taken = png([['tEXt', Buffer.from('Author\0Айгүл')], ['eXIf', Buffer.from('GPS')], ['IDAT', deflateSync(Buffer.from([0, 1]))]], 'trailing')
    const kept = await content((await receive(taken, 'a.png', 'image/png')).id)
    expect(kept.equals(png([['IDAT', deflateSync(Buffer.from([0, 1]))]], ''))).toBe(true)
  })
})

describe('a served file', () => {
  it('is shown if it is a PDF or a picture, and saved otherwise, under its own name', async () => {
    const shown = await serve(pdf, 'Ответ "№ 7".pdf', 'application/pdf')
    expect(shown.headers.get('content-disposition')).toBe(`inline; filename="_____ __ 7_.pdf"; filename*=UTF-8''%D0%9E%D1%82%D0%B2%D0%B5%D1%82%20_%E2%84%96%207_.pdf`)
    expect(shown.headers.get('content-length')).toBe(String(pdf.length))
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(pdf)
    expect((await serve(docx, 'a.docx', '')).headers.get('content-disposition')).toMatch(/^attachment;/)
    expect((await serve(pdf, 'a.pdf', '', true)).headers.get('content-disposition')).toMatch(/^attachment;/)
  })

  it('can never run as a page', async () => {
    for (const [bytes, name] of [[docx, 'a.docx'], [Buffer.from('text'), 'a.txt']] as const) {
      const { headers } = await serve(bytes, name, '')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
  })
})

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const claim = (name: string, claimedType = '') => ({ name, claimedType, maxBytes: 1_048_576 })
const receive = (bytes: Buffer, name: string, type: string) => files.receive(Readable.from(bytes.length > 0 ? [bytes] : []), claim(name, type))
const content = async (id: string) => buffer((await files.open(id)).stream)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const everything = () => readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, String(name))).isFile()).map(String)
const segment = (marker: number, bytes: Buffer) => Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]), bytes])
async function serve(bytes: Buffer, name: string, type: string, download?: boolean): Promise<Response> {
  return serveFile(files, { ...(await receive(bytes, name, type)), ...(download && { download }) })
}
