import { sql, type QueryExecutorProvider } from 'kysely'
import type { Language } from '../../regulation/vocabulary.ts'

/** The language of the last appeal of each address, by the address in small letters; who never wrote is absent. */
export async function findLanguages(db: QueryExecutorProvider, emails: readonly string[]): Promise<ReadonlyMap<string, Language>> {
  const { rows } = await sql<{ email: string; language: Language }>`
    select e.email, a.language from unnest(${emails.map((email) => email.toLowerCase())}::text[]) as e(email)
    cross join lateral (select appeal_id from appeal_contents where lower(applicant_email) = e.email order by appeal_id desc limit 1) c join appeals a on a.id = c.appeal_id`.execute(db)
  return new Map(rows.map(({ email, language }) => [email, language]))
}
