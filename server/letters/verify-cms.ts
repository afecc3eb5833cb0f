import { Refusal } from '../../regulation/refusals.ts'

/** What a signature of НУЦ РК tells of its signer, once NCANode has found it good. */
export type VerifiedSigner = { readonly subject: string; readonly identifier?: string | undefined; readonly organizationBin?: string | undefined; readonly signedAt?: string | undefined }

type Answer = {
  readonly valid?: boolean
  readonly message?: string
  readonly signers?: readonly {
    readonly certificates?: readonly { readonly valid?: boolean; readonly keyUsage?: string; readonly subject?: { readonly commonName?: string; readonly iin?: string; readonly bin?: string } }[]
    readonly tsp?: { readonly genTime?: string }
  }[]
}

/** Longest that a check may take, in ms: the appeal waits for it. */
const patience = 10_000

/**
 * Asks NCANode 3 (`POST /cms/verify`) whether a detached CMS signs these very bytes with a key that is good today.
 * @throws Refusal signature_invalid with what it said; signing_unavailable where it does not answer
 */
export async function verifyCms(url: string, { cms, data }: { cms: string; data: Uint8Array }): Promise<VerifiedSigner> {
  const answer = await ask(url, { cms, data: Buffer.from(data).toString('base64'), revocationCheck: ['OCSP'] })
  const signer = answer.signers?.[0]
  const [certificate] = signer?.certificates ?? []
  if (!answer.valid || !certificate?.subject) throw new Refusal('signature_invalid', { details: { reason: answer.message ?? 'CMS' } })
  if (certificate.keyUsage === 'AUTH') throw new Refusal('signature_invalid', { details: { reason: 'AUTH' } })
  const { commonName = '', iin, bin } = certificate.subject
  return { subject: commonName, identifier: iin, organizationBin: bin, signedAt: signer?.tsp?.genTime }
}

async function ask(url: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/cms/verify`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(patience),
    })
    return (await response.json()) as Answer
  } catch {
    throw new Refusal('signing_unavailable')
  }
}
