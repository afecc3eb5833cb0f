import { sql } from 'kysely'
import { isOpen, windowOf } from '../../regulation/readings.ts'
import type { Service } from '../../regulation/tariffs.ts'
import type { Language } from '../../regulation/vocabulary.ts'
import { accountLetter } from '../../web/i18n/account-letters.ts'
import { formatDate } from '../../web/i18n/format.ts'
import { tariffWords } from '../../web/i18n/tariffs.ts'
import { findLanguages } from '../appeals/find-languages.ts'
import type { Services } from '../operation.ts'
import { dateOf, now as clockNow } from '../platform/clock.ts'
import { putMessages, type NewMessage } from '../platform/outbox.ts'

/** People written to in one transaction. */
const batch = 500

/**
 * The job `remind_consumers` (п. 11.3.1): the day before readings begin, the day before they end to whoever has sent
 * none, and sixty and thirty days before a verification lapses. Each message has its cause: run twice, it sends nothing more.
 */
export async function remindConsumers({ db, group, config }: Pick<Services, 'db' | 'group' | 'config'>, at: Temporal.Instant = clockNow()): Promise<void> {
  const today = dateOf(at)
  const tomorrow = today.add({ days: 1 })
  const { window, readingsOf } = group.cabinet
  const days = windowOf(window, tomorrow)
  const opens = days.from.equals(tomorrow)
  const closes = days.to.equals(tomorrow) && isOpen(window, tomorrow)
  for (let after = ''; ;) {
    const people = (await sql<{ id: string; email: string }>`
      select p.id, p.email from people p where p.id > ${after} and exists (select 1 from account_access x where x.person_id = p.id and x.ended_at is null) order by p.id limit ${batch}`.execute(db)).rows
    if (people.length === 0) return
    after = people.at(-1)!.id
    await db.transaction().execute(async (tx) => {
      const ids = people.map(({ id }) => id)
      const languages = await findLanguages(tx, people.map(({ email }) => email))
      const emails = new Map(people.map(({ id, email }) => [id, email]))
      const languageOf = (person: string): Language => languages.get(emails.get(person)!.toLowerCase()) ?? 'ru'
      const to = (person: string) => ({ recipient: emails.get(person)!, language: languageOf(person), now: at, config })
      const url = (person: string) => `${config.publicUrl}/${languageOf(person)}/my`
      const messages: NewMessage[] = []

      if (opens || closes) {
        const { rows } = await sql<{ person_id: string; number: string; address: string; flat: string; meters: { service: Service; serial: string }[] }>`
          select x.person_id, a.number, b.address, p.flat, jsonb_agg(jsonb_build_object('service', m.service, 'serial', m.serial) order by m.service, m.id) as meters
          from account_access x join accounts a on a.id = x.account_id join premises p on p.id = a.premises_id join buildings b on b.id = p.building_id
          join meters m on m.account_id = a.id and m.removed_on is null and m.service = any(${readingsOf}::service[])
          where x.person_id = any(${ids}::text[]) and x.ended_at is null and (a.closed_on is null or a.closed_on > ${today})
            and (${opens} or not exists (select 1 from readings r where r.meter_id = m.id and r.taken_on between ${days.from} and ${days.to} and r.refused_at is null))
          group by x.person_id, a.number, b.address, p.flat order by x.person_id, a.number`.execute(tx)
        for (const [person, accounts] of Map.groupBy(rows, (row) => row.person_id)) {
          const language = languageOf(person)
          const name = opens ? 'reading_opens' as const : 'reading_closes' as const
          messages.push({
            cause: `${name}:${days.from.toString()}:${person}`, template: name, ...to(person),
            ...accountLetter(name, language, {
              from: formatDate(days.from.toString(), language), to: formatDate(days.to.toString(), language), url: `${url(person)}/go/readings`,
              accounts: accounts.map((one) => `${one.number}, ${one.flat ? `${one.address}, ${one.flat}` : one.address}\n${one.meters.map(({ service, serial }) => `  ${tariffWords[language].services[service]}, № ${serial}`).join('\n')}`).join('\n'),
            }),
          })
        }
      }

      const { rows: lapsing } = await sql<{ person_id: string; number: string; meter_id: number; service: Service; serial: string; next: Temporal.PlainDate; ahead: 30 | 60 }>`
        select x.person_id, a.number, m.id as meter_id, m.service, m.serial, m.next_verification_on as next, d.ahead
        from account_access x join accounts a on a.id = x.account_id join meters m on m.account_id = a.id and m.removed_on is null
        cross join lateral (select case when m.next_verification_on <= ${today.add({ days: 30 })} then 30 else 60 end as ahead) d
        where x.person_id = any(${ids}::text[]) and x.ended_at is null and m.next_verification_on between ${today} and ${today.add({ days: 60 })}
          and not exists (select 1 from messages s where s.cause = 'verification:' || d.ahead || ':' || m.id || ':' || m.next_verification_on || ':' || x.person_id)`.execute(tx)
      for (const one of lapsing) {
        const language = languageOf(one.person_id)
        messages.push({
          cause: `verification:${one.ahead}:${one.meter_id}:${one.next.toString()}:${one.person_id}`, template: 'verification_due', ...to(one.person_id),
          ...accountLetter('verification_due', language, { number: one.number, service: tariffWords[language].services[one.service], serial: one.serial, on: formatDate(one.next.toString(), language), url: url(one.person_id) }),
        })
      }
      await putMessages(tx, messages)
    })
  }
}
