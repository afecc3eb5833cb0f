import type { Transaction } from 'kysely'
import QRCode from 'qrcode'
import { leadOf, taskOf, versionOf, type AppealCase, type Task } from '../../regulation/appeal-case.ts'
import { readReply } from '../../regulation/reply-document.ts'
import type { AppealId, PersonId } from '../../regulation/vocabulary.ts'
import { formatDate, formatDay } from '../../web/i18n/format.ts'
import { vocabulary } from '../../web/i18n/vocabulary.ts'
import type { AppealRecord } from '../appeals/find-appeal.ts'
import type { RequestContext } from '../operation.ts'
import { findNames } from '../people/find-names.ts'
import type { LetterPrint } from '../papers/papers.ts'
import { dateOf } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { letterUrl } from '../tracking/letter-code.ts'

/** A letter before it has its number, or with it. */
export type LetterFacts = {
  readonly id: AppealId
  readonly appeal: AppealCase
  readonly contents: AppealRecord['contents']
  readonly task: Task
  readonly body: string
  readonly number?: string | undefined
  /** The step that issues it; absent: a draft. */
  readonly seq?: number | undefined
}

type Composing = Pick<RequestContext, 'config' | 'group' | 'now'> & { readonly tx: Transaction<DB> }

/** п. 7.6: the reply on the letterhead of whoever answers, in the applicant's language. */
export async function composeLetter(context: Composing, { id, appeal, contents, task, body, number, seq }: LetterFacts): Promise<LetterPrint> {
  const { config, group, now, tx } = context
  const { language } = appeal
  const organization = group.organizations.get(task.organization)!
  const signatory = signatoryOf(task)
  const executor = leadOf(task).person
  const named = await findNames(tx, [signatory, executor].filter((one): one is PersonId => one !== undefined))
  const incoming = appeal.numbers.findLast((given) => given.organization === task.organization && given.journal !== 'outgoing') ?? appeal.numbers[0]!
  return {
    language,
    organization: { kk: organization.name.kk, ru: organization.name.ru, addressKk: organization.letterhead.address.kk, addressRu: organization.letterhead.address.ru, phone: organization.phone, email: organization.letterhead.email, bin: organization.letterhead.bin },
    instruction: organization.letterhead.instruction,
    number: number ?? '', date: number ? formatDate(dateOf(now).toString(), language) : '',
    incoming: { number: incoming.number, date: formatDay(dateOf(appeal.registeredAt).toString()) },
    addressee: [contents.applicant_name, contents.applicant_address].filter(Boolean),
    body: readReply(body),
    signatory: { title: vocabulary[language].roles.executive, name: signatory ? named(signatory).name : '' },
    executor: { name: executor ? named(executor).name : '', phone: organization.phone },
    ...(seq === undefined ? { draft: true } : { qr: await QRCode.toString(letterUrl(config, language, id, seq), { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }) }),
  }
}

/** Whoever endorsed the reply as its executive signs it. */
export const signatoryOf = (task: Task): PersonId | undefined =>
  versionOf(task)?.votes.findLast((vote) => vote.step === 'executive' && vote.verdict === 'approve')?.by

/** The approved reply: its task and its text. */
export function approvedReply(appeal: AppealCase, texts: ReadonlyMap<string, string>): { task: Task; body: string } | undefined {
  const task = appeal.reply && taskOf(appeal, appeal.reply.task)
  return task && { task, body: texts.get(versionOf(task)?.digest ?? '') ?? '' }
}
