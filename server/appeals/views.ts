import { z } from 'zod'
import { appealStates } from '../../regulation/appeal-case.ts'
import { lifecycle, queues } from '../../regulation/lifecycle.ts'
import { answerWays, appealKinds, applicantGroups, channels, languages } from '../../regulation/vocabulary.ts'
import { dispatchWays, journals, type Action } from '../../regulation/appeal-facts.ts'
import { lacks } from '../../regulation/paper-form.ts'

/** The shapes in which appeals leave the server: one for lists, one for the card. Moments and days are ISO text. */

export const moment = z.string().describe('Instant, ISO 8601, UTC')
export const day = z.string().describe('Day in Asia/Almaty, YYYY-MM-DD')
export const appealId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const bilingual = z.object({ kk: z.string(), ru: z.string() })
export const actionName = z.enum(Object.keys(lifecycle) as [Action, ...Action[]])
export const personView = z.object({ id: z.string(), name: z.string() })

/** How a term stands today; after the answer it is frozen as met or missed. */
export const termChip = z.object({
  dueOn: day,
  state: z.enum(['calm', 'soon', 'late', 'met', 'missed']),
  workingDaysLeft: z.number().int().describe('Negative: working days late'),
})

export const appealLine = z.object({
  id: appealId,
  number: z.string(),
  organization: z.string(),
  channel: z.enum(channels),
  kind: z.enum(appealKinds),
  state: z.enum(appealStates),
  receivedAt: moment,
  subject: z.string(),
  applicantName: z.string(),
  term: termChip,
})

export const workLine = appealLine.extend({
  queue: z.enum(queues),
  task: z.number().int().optional(),
  since: moment,
})

/** One line of the explanation of a date; see `regulation/term-steps.ts`. */
export const termStep = z.object({
  kind: z.enum(['start', 'counted', 'day_off', 'worked', 'moved', 'extended', 'due']),
  date: day,
  from: day.optional(),
  count: z.number().int().optional(),
  reason: bilingual.optional().describe('Why a day is off or worked, with its ground'),
  order: z.object({ by: z.string(), at: moment, reason: z.string().optional() }).optional(),
})

export const clockView = z.object({
  policy: z.string(),
  source: z.enum(['regulation', 'law', 'policy']),
  ground: bilingual,
  amount: z.number().int(),
  unit: z.enum(['working_days', 'calendar_days']),
  startsFrom: z.enum(['received', 'registered']),
  startDate: day,
  dueOn: day,
  originalDueOn: day,
  extendedTo: z.number().int().optional(),
  extensionLimit: z.number().int().optional(),
  binding: z.boolean(),
  steps: z.array(termStep),
})

export const termsView = z.object({ binding: z.string(), dueOn: day, clocks: z.array(clockView) })

export const fileView = z.object({ id: z.string(), name: z.string(), mediaType: z.string(), size: z.number().int() })

export const voteView = z.object({
  step: z.string(), verdict: z.enum(['approve', 'return']), by: personView, at: moment,
  comment: z.string().optional(), correction: z.string().optional(),
})

export const versionView = z.object({
  number: z.number().int(), author: personView, at: moment, body: z.string(),
  status: z.enum(['pending', 'returned', 'approved']),
  steps: z.array(z.object({ kind: z.string(), waiting: z.boolean(), vote: voteView.optional() })),
  votes: z.array(voteView),
  questions: z.array(z.object({ text: z.string(), answered: z.boolean() })),
})

export const taskView = z.object({
  id: z.number().int(), kind: z.enum(['task', 'inquiry']), organization: z.string(), text: z.string(),
  executors: z.array(z.object({ unit: z.string(), person: personView.optional() })),
  controller: personView.optional(), observers: z.array(z.string()), dueOn: day,
  status: z.enum(['to_name', 'drafting', 'endorsing', 'to_correct', 'explained', 'done', 'returned']),
  contributions: z.array(z.object({ unit: z.string(), by: personView, at: moment, text: z.string() })),
  versions: z.array(versionView),
  files: z.array(fileView),
  returned: z.string().optional(), explanationReturned: z.string().optional(),
})

export const eventView = z.object({
  seq: z.number().int(), at: moment, by: personView.optional(), as: z.string(), action: actionName, clause: z.string(),
  people: z.array(personView).describe('Whom it names'),
  data: z.record(z.string(), z.unknown()),
})

export const cardView = z.object({
  id: appealId,
  number: z.string(),
  numbers: z.array(z.object({ organization: z.string(), journal: z.enum(journals), number: z.string() })),
  state: z.enum(appealStates), organization: z.string(), channel: z.enum(channels), kind: z.enum(appealKinds),
  language: z.enum(languages), answerWay: z.enum(answerWays), receivedAt: moment, registeredAt: moment,
  subject: z.string(), body: z.string(),
  applicant: z.object({
    group: z.enum(applicantGroups), name: z.string(), address: z.string(), email: z.string().optional(),
    phone: z.string().optional(), identifier: z.string().optional(), account: z.string().optional(),
    outgoingNumber: z.string().optional(), outgoingOn: day.optional(),
  }),
  files: z.array(fileView),
  lacks: z.array(z.enum(lacks)).describe('What the paper does not say, п. 4.2'),
  noWrittenReply: z.boolean(),
  acknowledged: z.enum(['slip', 'second_copy']).optional().describe('What was given to whoever brought the paper, п. 4.4'),
  original: z.object({
    sheets: z.number().int(), keeper: z.string().describe('The organization in whose charge it is'), unit: z.string().optional(), shelf: z.string().optional(), person: personView.optional(), since: moment, returnOn: day.optional(),
    offered: z.object({ to: personView, unit: z.string(), at: moment, returnOn: day.optional(), purpose: z.string() }).optional(),
    caseFile: z.object({ id: z.number().int(), index: z.string() }).optional(), destroyedBy: z.string().optional(),
  }).optional().describe('Where the paper lies and who has it, п. 4.7–4.8'),
  term: termChip,
  terms: termsView,
  extension: z.object({ workingDays: z.number().int(), reason: z.string(), by: z.string(), at: moment }).optional(),
  extensionAsked: z.object({ workingDays: z.number().int(), reason: z.string(), by: z.string() }).optional(),
  resolution: z.object({
    text: z.string(), executors: z.array(z.object({ unit: z.string(), person: personView.optional() })), dueOn: day,
    controller: personView.optional(), by: z.string(), at: moment,
  }).optional(),
  tasks: z.array(taskView),
  reply: z.object({ task: z.number().int(), version: z.number().int(), body: z.string(), files: z.array(fileView) }).optional(),
  dispatch: z.object({ status: z.enum(['sending', 'failed', 'delivered']), way: z.enum(dispatchWays), at: moment.optional(), reason: z.string().optional(), said: z.string().optional(), granted: z.string().optional(), to: z.string().optional(), receipt: z.string().optional(), postNumber: z.string().optional() }).optional(),
  letterRequired: z.boolean().describe('The answer leaves as a signed letter, п. 7.6'),
  letter: z.object({
    number: z.string(), issuedAt: moment, signatory: personView, file: z.string(), digest: z.string(), checkUrl: z.string(),
    signature: z.object({ way: z.enum(['handwritten', 'eds', 'development']), subject: z.string().optional(), file: z.string() }).optional(),
  }).optional(),
  signing: z.object({ eds: z.boolean(), development: z.boolean() }).describe('Which electronic signatures are set up here'),
  rating: z.object({ score: z.number().int(), comment: z.string().optional() }).optional(),
  repeatOf: z.object({ id: appealId, number: z.string() }).optional(),
  joinedTo: z.object({ id: appealId, number: z.string() }).optional(),
  linked: z.array(z.object({ id: appealId, number: z.string(), link: z.enum(['joined', 'repeat']) })),
  redirectedTo: z.string().optional(),
  timeline: z.array(eventView),
  actions: z.array(z.object({ action: actionName, clause: z.string(), task: z.number().int().optional() })),
  waiting: z.array(z.object({ queue: z.enum(queues), holder: z.string(), who: z.string(), task: z.number().int().optional() })),
  seen: z.number().int().describe('The last event shown here; send it back with an action'),
})

export type AppealLineView = z.output<typeof appealLine>
export type WorkLineView = z.output<typeof workLine>
export type CardView = z.output<typeof cardView>
export type TermsView = z.output<typeof termsView>
