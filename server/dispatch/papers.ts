import type { Context, Hono } from 'hono'
import type { Transaction } from 'kysely'
import { Refusal } from '../../regulation/refusals.ts'
import { formatDateTime, formatDay } from '../../web/i18n/format.ts'
import { postPapers } from '../../web/i18n/post-papers.ts'
import { getAppeal } from '../appeals/find-appeal.ts'
import type { AppEnv } from '../operation.ts'
import { asPdf } from '../papers/print-appeal.ts'
import type { DB } from '../schema.ts'
import { getRegistry, itemsOf } from './post-registries.ts'

/** What goes to the post with the letters: their list, signed by the post's clerk, and their envelopes (п. 7.7). */
export function servePostPapers(app: Hono<AppEnv>): void {
  app.get('/api/v1/post-registries/:id/registry.pdf', async (c) => {
    const { context, registry, items, language } = await ask(c)
    const words = postPapers[language]
    const organization = context.group.organizations.get(registry.organization)!
    return asPdf(await context.typesetter.typeset('register', {
      language, printed: formatDateTime(context.now.toString()), organization: organization.name[language], title: words.title(registry.number), facts: [[words.from, `${organization.name[language]}, ${organization.letterhead.address[language]}`], [words.on, formatDay(registry.madeOn)]],
      columns: [{ name: '№', mm: 9 }, { name: words.addressee, part: 1 }, { name: words.address, part: 1.4 }, { name: words.letter, mm: 32 }, { name: words.postNumber, mm: 34 }],
      rows: items.map((item) => [String(item.place), item.addressee, item.address, item.letter, item.postNumber ?? '']), sum: words.total(items.length),
      signatures: [{ role: words.gave, name: registry.madeBy }, { role: words.took, name: '' }],
    }), `registry-${registry.number.replace('/', '-')}.pdf`)
  })
  app.get('/api/v1/appeals/:appealId/receipt.pdf', async (c) => {
    const context = c.get('context')
    const { actor, db, group } = context
    if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
    const id = Number(c.req.param('appealId'))
    const { appeal, contents } = await getAppeal(db as Transaction<DB>, actor.holders, Number.isSafeInteger(id) ? id : 0)
    if (!appeal.letter) throw new Refusal('not_found')
    const language = c.req.query('language') === 'kk' ? 'kk' : 'ru'
    const words = postPapers[language]
    return asPdf(await context.typesetter.typeset('register', {
      language, printed: formatDateTime(context.now.toString()), organization: group.organizations.get(appeal.letter.organization)!.name[language], title: words.receipt, facts: [], text: words.receiptText,
      columns: [{ name: words.letter, mm: 34 }, { name: words.on, mm: 24 }, { name: words.addressee }],
      rows: [[appeal.letter.number.number, formatDay(appeal.letter.at.toString()), contents.applicant_name]],
      signatures: [{ role: words.taken, name: '' }, { role: words.handed, name: actor.name }],
    }), 'receipt.pdf')
  })
  app.get('/api/v1/post-registries/:id/envelopes.pdf', async (c) => {
    const { context, registry, items, language } = await ask(c)
    const { name, letterhead } = context.group.organizations.get(registry.organization)!
    return asPdf(await context.typesetter.typeset('envelopes', {
      title: postPapers[language].envelopes,
      envelopes: items.map((item) => ({ from: name[language], fromAddress: letterhead.address[language], to: item.addressee, toAddress: item.address, number: item.letter })),
    }), 'envelopes.pdf')
  })
}

async function ask(c: Context<AppEnv>) {
  const context = c.get('context')
  const { actor, db, group } = context
  if (actor.kind !== 'staff') throw new Refusal(actor.kind === 'nobody' ? 'not_signed_in' : 'not_permitted')
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('not_found')
  const tx = db as Transaction<DB>
  return { context, registry: await getRegistry(tx, actor, group, id), items: await itemsOf(tx, id), language: c.req.query('language') === 'kk' ? 'kk' as const : 'ru' as const }
}
