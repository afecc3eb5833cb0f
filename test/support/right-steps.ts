import type { Action } from '../../regulation/appeal-facts.ts'
import type { Crew, Member } from './crew.ts'

export type StaffAction = Exclude<Action, 'destroy_original' | 'register' | 'withdraw' | 'rate' | 'confirm_dispatch' | 'fail_dispatch'>
export type Place = keyof Crew['places']

/** Each step of staff once, done right: at which place of the way, by whom, with which words. */
export const rightSteps: Readonly<Record<StaffAction, {
  readonly place: Place
  readonly who: string
  /** `by`: who says it, where another than `who` may as well. */
  readonly says: (crew: Crew, written: { readonly id: number; readonly dueOn: string }, by?: Member) => unknown
}>> = {
  send_for_resolution: { place: 'registered', who: 'contact_centre_head@skes', says: () => ({ note: 'К директору' }) },
  return_for_triage: { place: 'on_resolution', who: 'executive@skes', says: () => ({ reason: 'Не ко мне' }) },
  redirect: { place: 'registered', who: 'contact_centre_head@skes', says: () => ({ outside: 'Акимат', reason: 'Не наше' }) },
  join: { place: 'registered', who: 'contact_centre_head@skes', says: async (crew, _, by) => ({ main: (await (by?.role === 'registrar' ? crew.registerPaper() : crew.write())).id }) },
  dismiss: { place: 'registered', who: 'contact_centre_head@skes', says: () => ({ reason: 'Реклама' }) },
  restore: { place: 'dismissed', who: 'contact_centre_head@skes', says: () => ({ reason: 'Ошиблись' }) },
  impose_resolution: { place: 'on_resolution', who: 'executive@skes', says: (_, { dueOn }) => ({ text: 'Рассмотреть', units: ['skes-billing'], dueOn }) },
  extend_term: { place: 'drafting', who: 'executive@skes', says: () => ({ reason: 'Поверка', workingDays: 14 }) },
  refuse_extension: { place: 'extension_asked', who: 'executive@skes', says: () => ({ reason: 'Успеете' }) },
  assign_task: { place: 'resolved', who: 'contact_centre_head@skes', says: (crew, _, by) => ({ text: 'Пересчитать', controller: crew.member(`controller@${by?.organization ?? 'skes'}`).id }) },
  send_inquiry: {
    place: 'registered', who: 'contact_centre_head@skes',
    says: (crew, { dueOn }) => ({ organization: 'skrec', specialist: crew.member('executor@skrec/skrec-consumers').id, question: 'Почему?', dueOn }),
  },
  name_executor: { place: 'to_name', who: 'unit_head@skes/skes-billing', says: (crew) => ({ executor: crew.billing.executor.id }) },
  delegate: { place: 'drafting', who: 'executor@skes/skes-billing', says: (crew) => ({ executor: crew.billing.colleague.id, reason: 'Отпуск' }) },
  return_task: { place: 'drafting', who: 'unit_head@skes/skes-billing', says: () => ({ reason: 'Не наше' }) },
  contribute: { place: 'shared', who: 'executor@skes/skes-metering', says: () => ({ text: 'Показания верны' }) },
  request_extension: { place: 'drafting', who: 'executor@skes/skes-billing', says: () => ({ reason: 'Поверка', workingDays: 14 }) },
  submit_version: { place: 'drafting', who: 'executor@skes/skes-billing', says: () => ({ body: 'Пересчитали.' }) },
  endorse: { place: 'endorsing', who: 'unit_head@skes/skes-billing', says: () => ({ version: 1 }) },
  return_version: { place: 'endorsing', who: 'unit_head@skes/skes-billing', says: () => ({ version: 1, comment: 'Назовите сумму' }) },
  accept_explanation: { place: 'explained', who: 'contact_centre_head@skes', says: () => ({ asReply: true }) },
  return_explanation: { place: 'explained', who: 'contact_centre_head@skes', says: () => ({ comment: 'Подробнее' }) },
  return_reply: { place: 'reply_approved', who: 'contact_centre_head@skes', says: () => ({ comment: 'Исправить' }) },
  issue_letter: { place: 'paper_approved', who: 'registrar@skes', says: () => ({}) },
  sign_letter: {
    place: 'letter_issued', who: 'executive@skes',
    says: async (crew, { id }, by) => {
      const { letter } = await crew.cardOf(by?.client ?? crew.director, id)
      return { digest: letter.digest, signature: by?.role === 'registrar' ? { way: 'handwritten', scan: await crew.upload(by.client) } : { way: 'development' } }
    },
  },
  report_bounce: { place: 'posted', who: 'registrar@skes', says: () => ({ reason: 'Адресат выбыл' }) },
  reopen: { place: 'closed', who: 'contact_centre_head@skes', says: () => ({ reason: 'Закрыли рано' }) },
  dispatch_reply: { place: 'reply_approved', who: 'contact_centre_head@skes', says: (_, __, by) => (by?.role === 'registrar' ? { way: 'phone', call: { calledAt: new Date(Date.now() - 1_000).toISOString(), said: 'Рассказали' } } : { way: 'email' }) },
  close: { place: 'dispatched', who: 'contact_centre_head@skes', says: () => ({ note: 'Закрыто' }) },
  annul: { place: 'registered', who: 'contact_centre_head@skes', says: () => ({ reason: 'Зарегистрировано дважды' }) },
  acknowledge_receipt: { place: 'paper', who: 'registrar@skes', says: () => ({ by: 'slip' }) },
  take_note: { place: 'informed', who: 'quality_lead@skrec', says: () => ({}) },
  keep_original: { place: 'paper', who: 'registrar@skes', says: (_, __, by) => ({ unit: `${by?.organization ?? 'skes'}-chancellery`, shelf: 'А-3' }) },
  hand_over_original: { place: 'paper', who: 'registrar@skes', says: (crew) => ({ to: crew.billing.executor.id, purpose: 'К ответу' }) },
  accept_original: { place: 'paper_offered', who: 'executor@skes/skes-billing', says: () => ({}) },
  refuse_original: { place: 'paper_offered', who: 'executor@skes/skes-billing', says: () => ({ reason: 'Не мне' }) },
  file_original: { place: 'paper', who: 'registrar@skes', says: async (crew, _, by) => ({ caseFile: await crew.caseFile(by?.organization ?? 'skes') }) },
  add_note: { place: 'registered', who: 'contact_centre_head@skes', says: () => ({ text: 'Позвонить' }) },
}
