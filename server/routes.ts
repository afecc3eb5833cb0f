import { accounts } from './accounts/operations.ts'
import { addNote } from './appeals/add-note.ts'
import { allAppeals, card, myQueues, myWork, search, similarAppeals } from './appeals/read-appeals.ts'
import { bills } from './bills/operations.ts'
import { cabinet } from './cabinet/operations.ts'
import { previewExtension, readTerms } from './deadlines/read-terms.ts'
import { closeAppeal } from './dispatch/close-appeal.ts'
import { checkDraft, readGate } from './dispatch/gate.ts'
import { listOutgoing } from './dispatch/outgoing.ts'
import { cancelRegistry, listRegistries, makeRegistry, postRegistry, readRegistry } from './dispatch/post-registries.ts'
import { reopenAppeal } from './dispatch/reopen-appeal.ts'
import { reportBounce } from './dispatch/report-bounce.ts'
import { dispatchReply } from './dispatch/dispatch-reply.ts'
import { resend, troubledMessages } from './dispatch/troubled-messages.ts'
import { exchange } from './exchange/operations.ts'
import { acknowledgeReceipt } from './intake/acknowledge-receipt.ts'
import { annulAppeal } from './intake/annul-appeal.ts'
import { dismissAppeal } from './intake/dismiss-appeal.ts'
import { getIntakeItem, listIntakeItems, returnIntakeItem, sendIntakeItem } from './intake/intake-items.ts'
import { joinDuplicate } from './intake/join-duplicate.ts'
import { receiveFeedback } from './intake/receive-feedback.ts'
import { receiveLetter } from './intake/receive-letter.ts'
import { recognizeApplicant } from './intake/recognize-applicant.ts'
import { redirectAppeal } from './intake/redirect-appeal.ts'
import { registerPaper } from './intake/register-paper.ts'
import { restoreAppeal } from './intake/restore-appeal.ts'
import { readJournal, verifyJournal } from './journal/read-journal.ts'
import { annulReservation, listReservations, reserveNumber } from './journal/reserve-number.ts'
import { checkLetter } from './letters/check-letter.ts'
import { issueLetter } from './letters/issue-letter.ts'
import { signLetter } from './letters/sign-letter.ts'
import { fileOriginal } from './originals/case-files.ts'
import { acceptOriginal, handOverOriginal, keepOriginal, refuseOriginal } from './originals/move-original.ts'
import { originals } from './originals/operations.ts'
import { cancelOutage, listOutages, listPlanned, myOutages, planOutage, previewPlaces } from './outages/outages.ts'
import { payments } from './payments/operations.ts'
import { people } from './people/operations.ts'
import { endorseVersion, returnVersion } from './replies/endorse-version.ts'
import { getDraft, saveDraft } from './replies/draft-reply.ts'
import { acceptExplanation, returnExplanation } from './replies/judge-explanation.ts'
import { pastAnswers } from './replies/past-answers.ts'
import { listTemplates, removeTemplate, saveTemplate } from './replies/templates.ts'
import { returnReply } from './replies/return-reply.ts'
import { submitVersion } from './replies/submit-version.ts'
import { extendTerm } from './resolutions/extend-term.ts'
import { imposeResolution } from './resolutions/impose-resolution.ts'
import { refuseExtension } from './resolutions/refuse-extension.ts'
import { returnForTriage } from './resolutions/return-for-triage.ts'
import { readRoutes } from './resolutions/read-routes.ts'
import { sendForResolution } from './resolutions/send-for-resolution.ts'
import { takeNote } from './resolutions/take-note.ts'
import { reviewBooks } from './review-books/operations.ts'
import { settlement } from './settlement/operations.ts'
import { estimateTariff } from './tariffs/estimate-tariff.ts'
import { assignTask } from './tasks/assign-task.ts'
import { contribute } from './tasks/contribute.ts'
import { delegateTask } from './tasks/delegate-task.ts'
import { nameExecutor } from './tasks/name-executor.ts'
import { requestExtension } from './tasks/request-extension.ts'
import { returnTask } from './tasks/return-task.ts'
import { sendInquiry } from './tasks/send-inquiry.ts'
import { myAppeals } from './tracking/my-appeals.ts'
import { rateAnswer, withdrawAppeal } from './tracking/applicant-steps.ts'
import { trackAppeal } from './tracking/track-appeal.ts'

/**
 * Every operation on one page. The API, its OpenAPI text, the desk's typed client and the portal's forms are all
 * this tree; a step of the lifecycle stands under the action's own name.
 */
export const router = {
  intake: { receiveFeedback, receiveLetter, registerPaper, recognizeApplicant, listIntakeItems, getIntakeItem, sendIntakeItem, returnIntakeItem },
  tracking: { trackAppeal, withdrawAppeal, rateAnswer, myAppeals },
  terms: { readTerms, previewExtension },
  work: { myWork, myQueues },
  appeals: { allAppeals, search, card, similarAppeals },
  replies: { getDraft, saveDraft, checkDraft, readGate, pastAnswers, listTemplates, saveTemplate, removeTemplate },
  letters: { checkLetter },
  dispatch: { listOutgoing, listRegistries, readRegistry, makeRegistry, postRegistry, cancelRegistry },
  journal: { readJournal, verifyJournal, reserveNumber, listReservations, annulReservation },
  reviewBooks,
  originals,
  routes: { readRoutes },
  tariffs: { estimateTariff },
  accounts,
  settlement,
  bills,
  cabinet,
  payments,
  exchange,
  outages: { listOutages, myOutages, listPlanned, previewPlaces, planOutage, cancelOutage },
  messages: { troubledMessages, resend },
  people,
  actions: {
    send_for_resolution: sendForResolution,
    return_for_triage: returnForTriage,
    redirect: redirectAppeal,
    join: joinDuplicate,
    dismiss: dismissAppeal,
    restore: restoreAppeal,
    acknowledge_receipt: acknowledgeReceipt,
    annul: annulAppeal,
    take_note: takeNote,
    impose_resolution: imposeResolution,
    extend_term: extendTerm,
    refuse_extension: refuseExtension,
    assign_task: assignTask,
    send_inquiry: sendInquiry,
    name_executor: nameExecutor,
    delegate: delegateTask,
    return_task: returnTask,
    contribute,
    request_extension: requestExtension,
    submit_version: submitVersion,
    endorse: endorseVersion,
    return_version: returnVersion,
    accept_explanation: acceptExplanation,
    return_explanation: returnExplanation,
    return_reply: returnReply,
    issue_letter: issueLetter,
    sign_letter: signLetter,
    dispatch_reply: dispatchReply,
    report_bounce: reportBounce,
    reopen: reopenAppeal,
    close: closeAppeal,
    add_note: addNote,
    keep_original: keepOriginal,
    hand_over_original: handOverOriginal,
    accept_original: acceptOriginal,
    refuse_original: refuseOriginal,
    file_original: fileOriginal,
  },
}

export type Router = typeof router
