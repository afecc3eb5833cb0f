import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFiles, type Files } from '../../server/platform/files.ts'
import { readForm, type Form } from '../../server/platform/multipart.ts'
import { jpeg, pdf } from '../support/sample-files.ts'

let folder: string
let files: Files
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jauap-forms-'))
  files = openFiles(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const limits = { maxFiles: 2, maxFileBytes: 100_000 }

describe('a form', () => {
  it('gives its fields in order, repeated ones too, and its files already stored', async () => {
    const form = await read([['subject', 'Нет света'], ['keep', 'a'], ['keep', 'b'], ['files', file(pdf, 'акт.pdf')], ['files', file(jpeg(), 'Фото ғ.jpg')], ['text', 'Қайырлы күн']])
    expect([...form.fields]).toEqual([['subject', 'Нет света'], ['keep', 'a'], ['keep', 'b'], ['text', 'Қайырлы күн']])
    expect(form.files).toMatchObject([
      { ok: true, field: 'files', file: { name: 'акт.pdf', mediaType: 'application/pdf', size: pdf.length } },
      { ok: true, field: 'files', file: { name: 'Фото ғ.jpg', mediaType: 'image/jpeg' } },
    ])
  })

  it('keeps what was typed and the good files when a file is refused', async () => {
    const form = await read([
      ['before', '1'], ['files', file(Buffer.from('<html>'), 'a.pdf')], ['between', '2'], ['files', file(pdf, 'акт.pdf')], ['after', '3'],
    ])
    expect([...form.fields.keys()]).toEqual(['before', 'between', 'after'])
    expect(form.files).toMatchObject([{ ok: false, name: 'a.pdf', refusal: { code: 'file_type_refused' } }, { ok: true }])
  })

  it('reads past a file that is too large, and says so at that file', async () => {
    const form = await read([['files', file(Buffer.alloc(250_000, '%PDF-'), 'big.pdf')], ['files', file(pdf, 'акт.pdf')], ['after', 'kept']])
    expect(form.files).toMatchObject([{ ok: false, name: 'big.pdf', refusal: { code: 'file_too_large' } }, { ok: true }])
    expect(form.fields.get('after')).toBe('kept')
  })

  it('refuses the files beyond the number allowed, each by name', async () => {
    const form = await read([1, 2, 3, 4].map((n) => ['files', file(pdf, `${n}.pdf`)] as const))
    expect(form.files.map((one) => (one.ok ? one.file.name : `${one.name}: ${one.refusal.code}`)))
      .toEqual(['1.pdf', '2.pdf', '3.pdf: too_many_files', '4.pdf: too_many_files'])
  })

  it('does not count a file field left empty', async () => {
    const form = await read([['files', file(Buffer.alloc(0), '')], ['files', file(Buffer.alloc(0), '')], ['files', file(Buffer.alloc(0), '')], ['files', file(pdf, 'a.pdf')]])
    expect(form.files).toMatchObject([{ ok: true, file: { name: 'a.pdf' } }])
  })

  it('may be urlencoded where it has no files', async () => {
    const body = new URLSearchParams({ number: '2026-000001', code: 'ӘҒҚ' })
    const form = await readForm(new Request('http://localhost/', { method: 'POST', body }), files, limits)
    expect([...form.fields]).toEqual([['number', '2026-000001'], ['code', 'ӘҒҚ']])
  })

  it.each([
    ['has no boundary', 'multipart/form-data', 'x'],
    ['is of another type', 'application/json', '{}'],
    ['has no type', '', 'x'],
    ['ends in the middle of a field', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'],
    ['ends in the middle of a file', 'multipart/form-data; boundary=b', `--b\r\nContent-Disposition: form-data; name="a"; filename="a.pdf"\r\n\r\n${pdf.toString()}`],
    ['is nothing', 'multipart/form-data; boundary=b', ''],
  ])('that %s is refused, and leaves nothing', async (_, type, body) => {
    const before = everything()
    const request = new Request('http://localhost/', { method: 'POST', headers: type ? { 'content-type': type } : {}, body: Buffer.from(body) })
    await expect(readForm(request, files, limits)).rejects.toMatchObject({ code: 'malformed_request' })
    expect(everything()).toEqual(before)
  })

  it('broken off after a whole file leaves nothing of it', async () => {
    const before = everything()
    const whole = await bytesOf([['files', file(pdf, 'a.pdf')], ['text', 'x'.repeat(1_000)]])
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(whole.bytes.subarray(0, whole.bytes.length - 300))
        setTimeout(() => controller.error(new Error('connection reset')), 100)
      },
    })
    const request = new Request('http://localhost/', { method: 'POST', headers: { 'content-type': whole.type }, body, duplex: 'half' } as RequestInit)
    await expect(readForm(request, files, limits)).rejects.toMatchObject({ code: 'malformed_request' })
    expect(everything()).toEqual(before)
  })

  it('with an endless field is refused at that field', async () => {
    await expect(read([['text', 'x'.repeat(300_000)]])).rejects.toMatchObject({ code: 'invalid_input', faults: [{ field: 'text', code: 'field_too_long' }] })
  })

  it('beyond all reason is refused before it is read to its end', async () => {
    let sent = 0
    const head = '--b\r\nContent-Disposition: form-data; name="a"; filename="a.pdf"\r\n\r\n'
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(sent === 0 ? Buffer.from(head) : Buffer.alloc(65_536, 'x'))
        sent++
      },
    })
    const request = new Request('http://localhost/', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body, duplex: 'half' } as RequestInit)
    await expect(readForm(request, files, limits)).rejects.toMatchObject({ code: 'file_too_large' })
    expect(sent).toBeLessThan(60)
  })
})

type Entry = readonly [string, string | File]
const file = (bytes: Buffer, name: string) => new File([new Uint8Array(bytes)], name)

async function bytesOf(entries: readonly Entry[]): Promise<{ type: string; bytes: Buffer }> {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  const response = new Response(data)
  return { type: response.headers.get('content-type')!, bytes: Buffer.from(await response.arrayBuffer()) }
}

async function read(entries: readonly Entry[]): Promise<Form> {
  const { type, bytes } = await bytesOf(entries)
  return readForm(new Request('http://localhost/', { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(bytes) }), files, limits)
}

const everything = () => readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, String(name))).isFile()).map(String)
