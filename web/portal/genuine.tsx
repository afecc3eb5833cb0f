import { call } from '@orpc/server'
import { checkLetter, type LetterCheck } from '../../server/letters/check-letter.ts'
import { formatDate } from '../i18n/format.ts'
import { genuineWords } from '../i18n/genuine.ts'
import { keepPrivate, show } from './answer.tsx'
import { Layout, Phone } from './layout.tsx'
import { statusOf, toldBy } from './refusal.ts'
import type { PortalRequest, View } from './view.ts'

/** Whoever holds a letter in their hands sees whether it is ours, and nothing of what it says (п. 7.6). */
export async function showGenuine(c: PortalRequest, view: View): Promise<Response> {
  keepPrivate(c)
  try {
    const letter = await call(checkLetter, { code: c.req.param('code') ?? '' }, { context: view.context })
    return await show(c, <GenuinePage view={view} letter={letter} />)
  } catch (error) {
    return show(c, <GenuinePage view={view} />, statusOf(toldBy(error)) as 404)
  }
}

function GenuinePage({ view, letter }: { view: View; letter?: LetterCheck }) {
  const { language, door } = view
  const words = genuineWords[language]
  const [title, hint] = letter ? words.standing[letter.standing === 'signed' && letter.signature?.way === 'development' ? 'development' : letter.standing] : words.unknown
  const rows: readonly (readonly [string, string])[] = letter ? [
    [words.organization, letter.organization[language]], [words.number, letter.number], [words.on, formatDate(letter.issuedOn, language)], [words.addressee, letter.addressee],
    ...(letter.signature ? [[words.signature, `${letter.signature.by}, ${words.ways[letter.signature.way]}, ${formatDate(letter.signature.on, language)}`] as const] : []),
    [words.digest, letter.digest.replace(/(.{8})/g, '$1 ').trim()],
  ] : []
  return (
    <Layout view={view} title={words.title} own>
      <h1>{title}</h1>
      <p class="lead">{hint}</p>
      {letter && (
        <section class="card">
          <dl class="facts">{rows.map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>
          <p class="muted small">{words.compare}</p>
        </section>
      )}
      <Phone number={door.site.phone} />
    </Layout>
  )
}
