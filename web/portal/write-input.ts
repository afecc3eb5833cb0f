import type { FeedbackInput } from '../../regulation/intake-form.ts'
import type { RequestContext } from '../../server/operation.ts'

/** What stands in the form, as typed; nothing of it is trusted. */
export type WriteInput = {
  readonly values: Readonly<Partial<Record<TextName, string>>>
  /** Files that were accepted and wait to be attached. */
  readonly kept: readonly KeptFile[]
  /** The earlier appeal that this one follows, with the code that proves it is theirs. */
  readonly repeat?: { readonly number: string; readonly code: string } | undefined
}
export type TextName = (typeof textNames)[number]
export type KeptFile = { readonly id: string; readonly name: string; readonly size: number }

const textNames = ['group', 'name', 'address', 'email', 'phone', 'identifier', 'kind', 'subject', 'text', 'answerWay', 'consent'] as const

/** The form as sent; `received` are the files that came with it and were taken in. */
export function readWriteInput(fields: URLSearchParams, received: readonly KeptFile[]): WriteInput {
  const values: Partial<Record<TextName, string>> = {}
  for (const name of textNames) {
    const value = fields.get(name)
    if (value !== null) values[name] = value
  }
  const dropped = new Set(fields.getAll('drop'))
  const kept = fields.getAll('kept').map(readKept).filter((file) => file !== undefined)
  const [number, code] = [fields.get('repeatNumber'), fields.get('repeatCode')]
  return {
    values,
    kept: [...kept, ...received].filter((file, i, all) => !dropped.has(file.id) && all.findIndex(({ id }) => id === file.id) === i),
    ...(number && code && { repeat: { number, code } }),
  }
}

/** What the rules of the form are asked about. */
export const asFeedback = ({ values }: WriteInput): FeedbackInput => {
  const { consent, ...texts } = values
  return { ...texts, consent: consent === 'yes' }
}

/** The body of `receiveFeedback`. Words that are in no list go as absent, for the rules to tell them at their field. */
export function asBody(input: WriteInput, context: Pick<RequestContext, 'language'>, channel: 'site_feedback' | 'erc_feedback') {
  const { consent, ...texts } = input.values
  return {
    ...(texts as Record<string, never>), channel, language: context.language, consent: consent === 'yes',
    files: input.kept.map(({ id }) => id), ...(input.repeat && { repeatOf: input.repeat }),
  }
}

function readKept(value: string): KeptFile | undefined {
  const [, id, size, name] = /^([0-9a-f-]{36}):(\d{1,12}):(.{1,300})$/su.exec(value) ?? []
  return id && name ? { id, size: Number(size), name } : undefined
}
