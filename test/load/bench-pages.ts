import { rates } from './measure.ts'
import { perSecond, type Figure } from './report.ts'
import { form } from './bench-registration.ts'
import type { System } from './system.ts'

/** Public pages as a browser asks for them (compressed), ten at once, against the static file nearest in size that the same process serves. */
export async function benchPages({ client }: System): Promise<Figure[]> {
  const { number, code } = JSON.parse((await client.post('/api/v1/appeals', form)).body.toString()) as { number: string; code: string }
  const files = await staticFiles(client)
  const figures: Figure[] = []
  for (const [work, path] of [['front page', '/ru/'], ['tracking page, state only', `/ru/track/${number}`], ['tracking page, whole', `/ru/track/${number}/${code}`]] as const) {
    const size = (await client.get(path, asBrowser)).body.length
    const file = files.toSorted((a, b) => Math.abs(a.size - size) - Math.abs(b.size - size))[0]!
    const [page, still] = await rates(10, () => client.get(path, asBrowser), () => client.get(file.path, asBrowser))
    figures.push({
      work: `${work}, ${kilobytes(size)}`, measured: perSecond(page), against: `${perSecond(still)} a static file, ${kilobytes(file.size)}`, ratio: page / still, aim: { atLeast: 0.5 },
    })
  }
  return figures
}

const asBrowser = { 'accept-encoding': 'gzip, br' }
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`

/** What the pages themselves load, with its size as sent. */
async function staticFiles(client: System['client']): Promise<{ path: string; size: number }[]> {
  const pages = await Promise.all(['/ru/', '/kk/', '/ru/write'].map(async (path) => (await client.get(path)).body.toString()))
  const paths = new Set(pages.flatMap((page) => page.match(/\/assets\/[^"]+/g) ?? []))
  return Promise.all([...paths].map(async (path) => ({ path, size: (await client.get(path, asBrowser)).body.length })))
}
