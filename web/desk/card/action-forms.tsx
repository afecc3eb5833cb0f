import type { Action } from '../../../regulation/appeal-facts.ts'
import { DispatchForm } from './forms/dispatch-form.tsx'
import { ExtensionForm } from './forms/extension-form.tsx'
import { InquiryForm } from './forms/inquiry-form.tsx'
import { ResolutionForm } from './forms/resolution-form.tsx'
import type { Form } from './forms/step-form.tsx'
import { AssignForm, DelegateForm, NameExecutorForm } from './forms/task-forms.tsx'
import { ReceiptForm, TakeNoteForm } from './forms/receipt-form.tsx'
import { AcceptOriginalForm, FileOriginalForm, HandOverOriginalForm, KeepOriginalForm } from './forms/original-forms.tsx'
import { IssueLetterForm, SignLetterForm } from './forms/letter-forms.tsx'
import { JoinForm, RedirectForm } from './forms/triage-forms.tsx'
import { AcceptForm, EndorseForm, ReturnVersionForm } from './forms/version-forms.tsx'
import { worded } from './forms/worded-form.tsx'

/**
 * One form an action: it asks for what its operation takes, and nothing else. What the applicant and the system do
 * has none here, and a version is written in the task's own editor.
 */
export const actionForms: Partial<Record<Action, Form>> = {
  send_for_resolution: worded({ action: 'send_for_resolution', field: 'note', required: false }),
  return_for_triage: worded({ action: 'return_for_triage', field: 'reason' }),
  impose_resolution: ResolutionForm,
  assign_task: AssignForm,
  send_inquiry: InquiryForm,
  redirect: RedirectForm,
  join: JoinForm,
  dismiss: worded({ action: 'dismiss', field: 'reason', danger: true }),
  annul: worded({ action: 'annul', field: 'reason', danger: true }),
  acknowledge_receipt: ReceiptForm,
  take_note: TakeNoteForm,
  restore: worded({ action: 'restore', field: 'reason', required: false }),
  name_executor: NameExecutorForm,
  delegate: DelegateForm,
  return_task: worded({ action: 'return_task', field: 'reason' }),
  contribute: worded({ action: 'contribute', field: 'text' }),
  endorse: EndorseForm,
  return_version: ReturnVersionForm,
  accept_explanation: AcceptForm,
  return_explanation: worded({ action: 'return_explanation', field: 'comment' }),
  return_reply: worded({ action: 'return_reply', field: 'comment' }),
  request_extension: ExtensionForm,
  extend_term: ExtensionForm,
  refuse_extension: worded({ action: 'refuse_extension', field: 'reason' }),
  issue_letter: IssueLetterForm,
  sign_letter: SignLetterForm,
  dispatch_reply: DispatchForm,
  report_bounce: worded({ action: 'report_bounce', field: 'reason', danger: true }),
  reopen: worded({ action: 'reopen', field: 'reason' }),
  close: worded({ action: 'close', field: 'note', required: false }),
  keep_original: KeepOriginalForm,
  hand_over_original: HandOverOriginalForm,
  accept_original: AcceptOriginalForm,
  refuse_original: worded({ action: 'refuse_original', field: 'reason' }),
  file_original: FileOriginalForm,
  add_note: worded({ action: 'add_note', field: 'text' }),
}
