import { z } from 'zod'
import type { Letter } from '../../regulation/appeal-case.ts'
import type { LetterSignature } from '../../regulation/appeal-facts.ts'
import { Refusal } from '../../regulation/refusals.ts'
import { actionOperation, type Deciding } from '../appeals/action-operation.ts'
import { bytesOf, keepSignedScan } from '../appeals/letter-files.ts'
import { verifyCms } from './verify-cms.ts'

const ways = z.discriminatedUnion('way', [
  z.object({ way: z.literal('handwritten'), scan: z.uuid().describe('Upload: the scan of the letter as it was signed') }),
  z.object({ way: z.literal('eds'), cms: z.base64().max(200_000).describe('Detached CMS of the letter\'s bytes, as NCALayer gives it') }),
  z.object({ way: z.literal('development') }),
])

/** п. 7.6: by hand (the signed scan leaves in the letter's place), by ЭЦП over the letter's exact bytes, or for show. */
export const signLetter = actionOperation({
  action: 'sign_letter',
  path: '/letter/signature',
  summary: 'Sign the letter',
  input: { digest: z.string().describe('SHA-256 of the letter that was read'), signature: ways },
  decide: async ({ digest, signature }, deciding) => {
    const letter = deciding.appeal.letter!
    if (digest !== letter.digest) throw new Refusal('letter_changed')
    return { signature: await sign(signature, letter, deciding) }
  },
})

async function sign(asked: z.output<typeof ways>, letter: Letter, { ctx, id, tools }: Deciding): Promise<LetterSignature> {
  const { config, group, files, actor, tx } = ctx
  if (asked.way === 'handwritten') {
    const { digest } = await keepSignedScan(tx, { scan: asked.scan, letter: letter.file, appeal: id, task: letter.task, by: actor.id })
    return { way: 'handwritten', digest, scan: asked.scan }
  }
  // An electronic signature is given by whoever it is; a clerk only brings a signed sheet.
  if (!actor.holders.has(letter.executive)) throw new Refusal('not_your_step', { clause: '7.6' })
  if (asked.way === 'development') {
    if (!config.signDevelopment) throw new Refusal('signing_unavailable')
    return { way: 'development', digest: letter.digest }
  }
  if (!config.ncanodeUrl) throw new Refusal('signing_unavailable')
  const signer = await verifyCms(config.ncanodeUrl, { cms: asked.cms, data: await bytesOf(files, letter.file) })
  const { bin } = group.organizations.get(letter.organization)!.letterhead
  if (signer.organizationBin !== undefined && signer.organizationBin !== bin) throw new Refusal('signature_invalid', { details: { reason: `БИН ${signer.organizationBin}` } })
  return { way: 'eds', digest: letter.digest, cms: await tools.keepText(asked.cms), subject: signer.subject, identifier: signer.identifier, signedAt: signer.signedAt }
}
