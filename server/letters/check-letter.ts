import { z } from 'zod'
import { foldCase } from '../../regulation/appeal-case.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { getAppealUnseen } from '../appeals/find-appeal.ts'
import { bilingual, day } from '../appeals/views.ts'
import { openOperation, reading } from '../operation.ts'
import { dateOf } from '../platform/clock.ts'
import { findNames } from '../people/find-names.ts'
import { readLetterCode } from '../tracking/letter-code.ts'

export const letterCheck = z.object({
  organization: bilingual, number: z.string(), issuedOn: day, addressee: z.string().describe('Initials only'), digest: z.string(),
  standing: z.enum(['signed', 'unsigned', 'taken_back']),
  signature: z.object({ way: z.enum(['handwritten', 'eds', 'development']), by: z.string(), on: day }).optional(),
})
export type LetterCheck = z.output<typeof letterCheck>

/** Whether a letter is genuine, by the code in its QR: told without showing a word of it (п. 7.6). */
export const checkLetter = openOperation
  .meta({ clause: '7.6' })
  .route({ method: 'GET', path: '/letters/{code}', summary: 'Whether a letter with this code is genuine', tags: ['tracking'] })
  .use(reading)
  .input(z.object({ code: z.string().max(60) }))
  .output(letterCheck)
  .handler(async ({ context: { tx, config, group }, input }) => {
    const named = readLetterCode(config, input.code)
    if (!named) throw new Refusal('not_found')
    const { history, appeal, contents } = await getAppealUnseen(tx, named.appeal)
    const issued = foldCase(history.slice(0, named.seq)).letter
    if (issued?.seq !== named.seq) throw new Refusal('not_found')
    const current = appeal.letter?.seq === named.seq ? appeal.letter : undefined
    const signed = history.find((fact) => fact.seq > named.seq && fact.action === 'sign_letter')
    const by = await findNames(tx, [issued.signatory])
    return {
      organization: group.organizations.get(issued.organization)!.name, number: issued.number.number, issuedOn: dateOf(issued.at).toString(),
      addressee: contents.applicant_name.split(/\s+/).map((word) => `${word.slice(0, 1)}.`).join(' '), digest: current?.signature?.way === 'handwritten' ? current.signature.digest : issued.digest,
      standing: !current ? 'taken_back' : current.signature ? 'signed' : 'unsigned',
      ...(current?.signature && signed && {
        signature: { way: current.signature.way, by: current.signature.way === 'eds' ? current.signature.subject : by(issued.signatory).name, on: dateOf(signed.at).toString() },
      }),
    }
  })
