import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { Action } from '../../../regulation/appeal-facts.ts'
import type { RefusalCode } from '../../../regulation/refusals.ts'
import { client, errorWords, faultWords, refusalOf, type Card } from '../client.ts'
import { useSpeech } from '../session.tsx'
import { refresh } from './refresh.ts'
import { undoToast } from './undo-toast.tsx'

export type Act = {
  readonly send: (input: Record<string, unknown>) => void
  readonly busy: boolean
  /** The words of a fault, by field. */
  readonly faults: Readonly<Record<string, string>>
  /** A refusal of the whole step. */
  readonly refusal?: string | undefined
}

/** One step: sent with what was seen, told when done, refused where it went wrong; what was typed stays. */
export function useAct(card: Card, { action, task }: { readonly action: Action; readonly task?: number | undefined }, done: () => void, refused?: (code: RefusalCode | undefined) => void): Act {
  const { words, named, language } = useSpeech()
  const mutation = useMutation({
    mutationFn: (input: Record<string, unknown>) => {
      const call = (client.actions as unknown as Record<string, (input: unknown) => Promise<unknown>>)[action]!
      return call({ appealId: card.id, seen: card.seen, ...(task !== undefined && { task }), ...input })
    },
    onSuccess: async () => {
      done()
      const said = `${card.number}: ${named.happened[action].toLowerCase()}`
      if (action === 'dismiss' || action === 'join') undoToast({ appealId: card.id, said, undo: words.undo, language })
      else notifications.show({ message: said, color: 'petrol' })
      await refresh(card.id)
    },
    onError: async (error) => {
      const code = refusalOf(error)?.code
      refused?.(code)
      if (code === 'changed_meanwhile' || code === 'out_of_turn') await refresh(card.id)
    },
  })
  return {
    send: (input) => mutation.mutate(input), busy: mutation.isPending, faults: faultWords(mutation.error, language),
    refusal: mutation.error ? errorWords(mutation.error, language) : undefined,
  }
}
