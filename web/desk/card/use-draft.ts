import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { RefusalCode } from '../../../regulation/refusals.ts'
import { client, refusalOf } from '../client.ts'

/** A draft as the server keeps it; the revision says over which text the next one is written. */
export type Draft = { readonly body: string; readonly revision: number; readonly savedAt?: string | undefined }
type Place = { readonly appealId: number; readonly task: number }
type Kept = { readonly body: string; readonly over: number }

const pause = 800
const pauseAfterFailure = 5_000

/**
 * The text being written: saved while it is typed, never over another's, and kept in this browser until the server
 * has it, so that neither a lost line nor a closed page loses a word.
 */
export function useDraft(place: Place, initial: Draft) {
  const key = `jauap-desk-draft-${place.appealId}-${place.task}`
  const [kept] = useState(() => readKept(key, initial))
  const [body, setBody] = useState(kept?.body ?? initial.body)
  const [saved, setSaved] = useState<Draft>(initial)
  const [theirs, setTheirs] = useState(kept && kept.over !== initial.revision ? initial : undefined)
  const [left, setLeft] = useState(false)

  const flight = useRef<Promise<{ readonly revision: number }>>(undefined)
  const told = async (code: RefusalCode | undefined) => {
    if (code === 'draft_changed_meanwhile') setTheirs(await client.replies.getDraft(place))
  }
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: (text: string) => (flight.current = client.replies.saveDraft({ ...place, body: text, revision: saved.revision })),
    onSuccess: (done, text) => setSaved({ body: text, revision: done.revision, savedAt: done.savedAt }),
    onError: (failure) => told(refusalOf(failure)?.code),
  })
  useEffect(() => {
    if (body === saved.body) localStorage.removeItem(key)
    if (body === saved.body || theirs || isPending || left) return
    // What was refused once would be refused again: it waits for another text.
    if (refusalOf(error) && variables === body) return
    const timer = setTimeout(() => mutate(body), error ? pauseAfterFailure : pause)
    return () => clearTimeout(timer)
  }, [body, saved, theirs, isPending, left, error, variables, mutate, key])

  return {
    /** Its revision once what is being saved is: one's own text must not look like another's. */
    standing: async () => Math.max(saved.revision, (await flight.current?.catch(() => undefined))?.revision ?? 0),
    /** A refusal: where another text was saved meanwhile, both are there to choose from. */
    told, body, saved, theirs, restored: kept !== undefined, saving: isPending, error: theirs ? undefined : (error ?? undefined),
    write(text: string) {
      setBody(text)
      localStorage.setItem(key, JSON.stringify({ body: text, over: saved.revision } satisfies Kept))
    },
    /** Of two texts one's own: written over the other's revision. */
    keepMine() {
      if (theirs) setSaved({ ...theirs, body: '' })
      setTheirs(undefined)
    },
    takeTheirs() {
      if (!theirs) return
      setBody(theirs.body)
      setSaved(theirs)
      setTheirs(undefined)
    },
    /** The text has been submitted: nothing is left to keep. */
    leave() {
      setLeft(true)
      localStorage.removeItem(key)
    },
  }
}

function readKept(key: string, initial: Draft): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
    return kept && kept.body !== initial.body ? kept : undefined
  } catch {
    return undefined
  }
}
